package org.finchnas.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.finchnas.data.PictureSurvey.ClassCount;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureSurveyTest {

  @TempDir private Path home;

  @Test
  void countsSizesAndImbalanceAreThoseThatWereWritten() throws IOException {
    fill("cat", 40, 30, 60);
    fill("the \"best\" dog's 🐕", 10, 50, 20);

    PictureSurvey survey = PictureSurvey.of(home);

    assertThat(survey.classes())
        .containsExactly(
            new ClassCount("cat", 32, 8), new ClassCount("the \"best\" dog's 🐕", 8, 2));
    assertThat(survey.pictures()).isEqualTo(50);
    assertThat(survey.trainPictures()).isEqualTo(40);
    assertThat(survey.imbalance()).isEqualTo(4);
    assertThat(survey.smallest().label()).contains("🐕");
    assertThat(survey.largest().label()).isEqualTo("cat");
    assertThat(survey.tested()).isFalse();
    assertThat(survey.sampled()).isEqualTo(50);
    assertThat(survey.shorterSides()).hasSize(50).isSorted().contains(20, 30);
    assertThat(survey.medianSide()).isEqualTo(30);
    assertThat(survey.damaged()).isEmpty();
    assertThat(survey.warnings()).isEmpty();
    assertThat(survey.perPicture()).isPositive();
    assertThat(survey.fits(64)).isTrue();
  }

  @Test
  void whatTheFolderSaysIsTestedOnIsCountedSo() throws IOException {
    fill("train/a", 3, 8, 8);
    fill("train/b", 4, 8, 8);
    fill("test/a", 2, 8, 8);
    fill("test/b", 1, 8, 8);

    PictureSurvey survey = PictureSurvey.of(home);

    assertThat(survey.tested()).isTrue();
    assertThat(survey.classes())
        .containsExactly(new ClassCount("a", 3, 2), new ClassCount("b", 4, 1));
  }

  @Test
  void damagedPicturesOfTheSampleAreNamedWithTheReason() throws IOException {
    fill("cat", 6, 30, 30);
    fill("dog", 6, 30, 30);
    byte[] whole = Files.readAllBytes(home.resolve("cat/0.png"));
    Files.write(home.resolve("cat/0.png"), Arrays.copyOf(whole, whole.length / 2));
    Files.writeString(home.resolve("dog/1.png"), "not a picture");

    PictureSurvey survey = PictureSurvey.of(home);

    assertThat(survey.sampled()).isEqualTo(12);
    assertThat(survey.shorterSides()).hasSize(10);
    assertThat(survey.damaged())
        .hasSize(2)
        .anySatisfy(line -> assertThat(line).startsWith(home.resolve("cat/0.png").toString()))
        .anySatisfy(line -> assertThat(line).contains("no JPEG, PNG, GIF or BMP"));
  }

  /** However many there are, some are opened, spread over each class. */
  @Test
  void manyPicturesAreCountedAndFewOpened() throws IOException {
    fill("first", 1, 20, 20);
    fill("second", 1, 40, 40);
    for (String label : new String[] {"first", "second"}) {
      for (int i = 1; i < 300; i++) {
        Files.createLink(
            home.resolve(label).resolve(i + ".png"), home.resolve(label).resolve("0.png"));
      }
    }

    PictureSurvey survey = PictureSurvey.of(home);

    assertThat(survey.pictures()).isEqualTo(600);
    assertThat(survey.sampled()).isLessThanOrEqualTo(PictureSurvey.SAMPLE);
    assertThat(survey.shorterSides()).contains(20, 40);
  }

  @Test
  void aFolderThatCannotBeLearntFromIsRefused() throws IOException {
    assertThatThrownBy(() -> PictureSurvey.of(home))
        .isInstanceOf(DataSetException.class)
        .hasMessageContaining("no class folder");
    fill("cat", 3, 8, 8);
    assertThatThrownBy(() -> PictureSurvey.of(home))
        .isInstanceOf(DataSetException.class)
        .hasMessageContaining("only the class cat");
    Files.createDirectory(home.resolve("dog"));
    assertThatThrownBy(() -> PictureSurvey.of(home))
        .isInstanceOf(DataSetException.class)
        .hasMessageContaining("dog holds no pictures");
  }

  @Test
  void picturesOfWhichNoneDecodesAreRefused() throws IOException {
    for (String label : new String[] {"cat", "dog"}) {
      Files.writeString(
          Files.createDirectories(home.resolve(label)).resolve("1.jpg"), "not a picture");
    }
    assertThatThrownBy(() -> PictureSurvey.of(home))
        .isInstanceOf(DataSetException.class)
        .hasMessageContaining("none of 2 pictures")
        .hasMessageContaining("no JPEG, PNG, GIF or BMP");
  }

  private void fill(String folder, int count, int width, int height) throws IOException {
    Path files = Files.createDirectories(home.resolve(folder));
    for (int i = 0; i < count; i++) {
      BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
      for (int at = 0; at < width * height; at++) {
        image.setRGB(at % width, at / width, (at * 7919 + i) * 104_729);
      }
      assertThat(ImageIO.write(image, "png", files.resolve(i + ".png").toFile())).isTrue();
    }
  }
}
