package org.finchnas.worker.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.finchnas.data.DataSetException;
import org.finchnas.evaluation.TrainingParams;
import org.finchnas.evaluation.TrainingTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
