package org.finchnas.worker.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.finchnas.data.DataSetException;
import org.finchnas.evaluation.Fidelity;
import org.finchnas.evaluation.TrainingParams;
import org.finchnas.evaluation.TrainingTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreparedTaskTest {

  @TempDir private Path directory;

  @Test
  void imagesTooFewToHoldSomeOutAreRefused() throws IOException {
    pictures(4);

    assertThatThrownBy(() -> PreparedTask.of(task(0.01)))
        .isInstanceOf(DataSetException.class)
        .hasMessageContaining("validation share of 0.01")
        .hasMessageContaining("0 to validate");
    assertThat(PreparedTask.of(task(0.5)).validationImages()).isPositive();
  }

  @ParameterizedTest(name = "{0} folds")
  @ValueSource(ints = {2, 3, 5})
  void everyTrainingPictureIsHeldOutInExactlyOneFoldAndLearntFromInTheOthers(int folds)
      throws IOException {
    pictures(8);
    PreparedTask prepared = PreparedTask.of(task(0.2));
    int pictures = prepared.data().train().size();
    int[] held = new int[pictures];
    int[] learnt = new int[pictures];

    List<TrainingImages> all = prepared.folds(new Fidelity(1, 0, 0, folds));

    assertThat(all).hasSize(folds);
    for (TrainingImages fold : all) {
      Arrays.stream(fold.held().chosen()).forEach(image -> held[image]++);
      Arrays.stream(fold.train().chosen()).forEach(image -> learnt[image]++);
      assertThat(fold.normalization()).isEqualTo(Standardization.of(fold.train()));
    }
    assertThat(held).containsOnly(1);
    assertThat(learnt).containsOnly(folds - 1);
  }

  @Test
  void oneFoldIsTheSplitOfTheTask() throws IOException {
    pictures(8);
    PreparedTask prepared = PreparedTask.of(task(0.2));
    Fidelity once = new Fidelity(1, 0, 0);

    TrainingImages only = prepared.folds(once).get(0);

    assertThat(prepared.folds(once)).hasSize(1);
    assertThat(only.held().chosen()).isEqualTo(prepared.images(once).held().chosen());
    assertThat(only.train().chosen()).isEqualTo(prepared.images(once).train().chosen());
  }

  @Test
  void moreFoldsThanPicturesAreRefused() throws IOException {
    pictures(4);
    PreparedTask prepared = PreparedTask.of(task(0.5));

    assertThatThrownBy(() -> prepared.folds(new Fidelity(1, 0, 0, 20)))
        .isInstanceOf(DataSetException.class)
        .hasMessageContaining("too few for 20 folds");
  }

  private void pictures(int each) throws IOException {
    for (String label : new String[] {"finch", "robin"}) {
      Path folder = Files.createDirectories(directory.resolve("images").resolve(label));
      for (int i = 0; i < each; i++) {
        BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
        image.setRGB(i, label.length() % 8, 0xff0000 + label.charAt(0));
        ImageIO.write(image, "png", folder.resolve(i + ".png").toFile());
      }
    }
  }

  private TrainingTask task(double validationShare) {
    return new TrainingTask(
        "images:" + directory.resolve("images"),
        null,
        directory.resolve("cache").toString(),
        8,
        validationShare,
        0,
        TrainingParams.DEFAULT,
        directory.toString(),
        directory.toString(),
        0,
        0);
  }
}
