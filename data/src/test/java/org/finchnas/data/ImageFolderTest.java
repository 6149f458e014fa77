package org.finchnas.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {

  @TempDir Path home;
  @TempDir Path cache;

  @Test
  void aFolderIsAClassAndEveryPictureIsOnOneSide() throws IOException {
    fill("cat", 20, "png");
    fill("dog", 30, "jpg");
    fill("bird", 25, "bmp");
    DataSet set = open(8);
    assertThat(set.labels()).containsExactly("bird", "cat", "dog");
    assertThat(set.name()).isEqualTo("images:" + home);
    assertThat(set.warnings()).isEmpty();
    assertThat(set.train().size() + set.test().size()).isEqualTo(75);
    assertThat(set.test().size()).isBetween(6, 26);
    int[] all = new int[3];
    Arrays.stream(set.train().labels()).forEach(label -> all[label]++);
    Arrays.stream(set.test().labels()).forEach(label -> all[label]++);
    assertThat(all).containsExactly(25, 20, 30);
    assertThat(Arrays.stream(set.test().labels()).distinct().count()).isEqualTo(3);
  }

  @Test
  void namesAndOtherFilesDoNotDecideWhatIsTestedOn() throws IOException {
    fill("cat", 20, "png");
    fill("dog", 20, "png");
    DataSet before = open(8);
    Files.move(home.resolve("cat/3.png"), home.resolve("cat/zz top's \"best\" 🐈.png"));
    assertThat(open(8).contentHash()).isEqualTo(before.contentHash());
    for (int i = 20; i < 30; i++) {
      write(home.resolve("dog/" + i + ".png"), i + 7_000, 12, 12, "png");
    }
    DataSet after = open(8);
    assertThat(images(after.test())).containsAll(images(before.test()));
    assertThat(images(after.train())).containsAll(images(before.train()));
  }

  @Test
  void trainAndTestFoldersAreTakenAsTheyAre() throws IOException {
    fill("train/a", 3, "png");
    fill("train/b", 4, "png");
    fill("test/a", 2, "png");
    fill("test/b", 1, "png");
    DataSet set = open(8);
    assertThat(set.labels()).containsExactly("a", "b");
    assertThat(set.train().size()).isEqualTo(7);
    assertThat(set.test().size()).isEqualTo(3);
  }

  @Test
  void trainAndTestMustHaveTheSameClasses() throws IOException {
    fill("train/a", 1, "png");
    fill("train/b", 1, "png");
    fill("test/a", 1, "png");
    fill("test/c", 1, "png");
    assertThatThrownBy(() -> open(8))
        .isInstanceOf(DataSetException.class)
        .hasMessageContaining(home.resolve("train/b").toString())
        .hasMessageContaining(home.resolve("test/c").toString());
  }

  @Test
  void picturesThatDoNotDecodeAreNamedCountedAndLeftOut() throws IOException {
    fill("cat", 10, "jpg");
    fill("dog", 10, "png");
    Files.writeString(home.resolve("cat/text.jpg"), "not a picture");
    Files.write(home.resolve("cat/empty.png"), new byte[0]);
    for (String name : List.of("cat/0.jpg", "dog/0.png")) {
      byte[] whole = Files.readAllBytes(home.resolve(name));
      Files.write(home.resolve(name), Arrays.copyOf(whole, whole.length * 2 / 3));
    }
    DataSet set = open(8);
    assertThat(set.train().size() + set.test().size()).isEqualTo(18);
    assertThat(set.warnings()).hasSize(5);
    assertThat(set.warnings().get(0)).isEqualTo("4 of 22 pictures do not decode and were left out");
    assertThat(String.join("\n", set.warnings()))
        .contains(home.resolve("cat/text.jpg") + " was left out: it is no JPEG, PNG, GIF or BMP")
        .contains(home.resolve("cat/empty.png").toString())
        .contains(home.resolve("cat/0.jpg").toString())
        .contains(home.resolve("dog/0.png").toString());
    assertThat(open(8).warnings()).isEqualTo(set.warnings());
  }

  @Test
  void aClassWithoutPicturesIsNamed() throws IOException {
    fill("cat", 3, "png");
    Files.createDirectory(home.resolve("dog"));
    Files.writeString(home.resolve("dog/notes.txt"), "none yet");
    assertThatThrownBy(() -> open(8))
        .isInstanceOf(DataSetException.class)
        .hasMessageContaining(home.resolve("dog") + " holds no pictures");
  }

  @Test
  void aClassWhosePicturesAllFailIsNamedWithTheCounts() throws IOException {
    fill("cat", 3, "png");
    fill("dog", 1, "png");
    Files.writeString(home.resolve("dog/bad.png"), "x");
    assertThatThrownBy(() -> open(8))
        .isInstanceOf(DataSetException.class)
        .hasMessageContaining(
            home.resolve("dog")
                + " holds 1 pictures that decode (of 2 files), and needs at least 2");
  }

  @Test
  void oneClassOrNoneIsNotEnough() throws IOException {
    assertThatThrownBy(() -> open(8)).hasMessageContaining(home + " holds no class folder");
    fill("cat", 3, "png");
    assertThatThrownBy(() -> open(8))
        .isInstanceOf(DataSetException.class)
        .hasMessageContaining("only the class cat")
        .hasMessageContaining("a folder of its own");
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> DataSets.open("images:" + home + "/no", 8, null, cache))
        .isInstanceOf(DataSetException.class)
        .hasMessageContaining(home + "/no: there is no such folder");
    assertThatThrownBy(() -> DataSets.open("images", 8, null, cache))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a folder after a colon");
  }

  @Test
  void linksAreFollowedLoopsAreCutAndHiddenFilesAreIgnored() throws IOException {
    fill("cat", 4, "png");
    Path elsewhere = Files.createDirectory(cache.resolve("elsewhere"));
    fill(elsewhere, 4, "GIF");
    Files.createSymbolicLink(home.resolve("dog"), elsewhere);
    Files.createSymbolicLink(home.resolve("cat/around"), home.resolve("cat"));
    Files.createDirectory(home.resolve(".git"));
    Files.writeString(home.resolve("cat/.hidden.png"), "x");
    Files.writeString(home.resolve("cat/Thumbs.db"), "x");
    DataSet set = open(8);
    assertThat(set.labels()).containsExactly("cat", "dog");
    assertThat(set.train().size() + set.test().size()).isEqualTo(8);
    assertThat(set.warnings())
        .anySatisfy(line -> assertThat(line).contains("around").contains("folder above"))
        .anySatisfy(line -> assertThat(line).contains("1 files of kind .db"))
        .hasSize(2);
  }

  /** Else every picture would be one of each class, and one of its own. */
  @Test
  void aClassThatLinksToAllClassesIsLeftOut() throws IOException {
    fill("cat", 4, "png");
    fill("dog", 4, "png");
    Files.createSymbolicLink(home.resolve("all"), home);
    Files.createSymbolicLink(home.resolve("above"), home.getParent());
    Files.createSymbolicLink(home.resolve("itself"), home.resolve("itself"));
    Files.writeString(home.resolve("notes.txt"), "of no class");
    DataSet set = open(8);
    assertThat(set.labels()).containsExactly("cat", "dog");
    assertThat(set.train().size() + set.test().size()).isEqualTo(8);
    assertThat(set.warnings())
        .anySatisfy(line -> assertThat(line).contains(home + "/all was left out: it links"))
        .anySatisfy(line -> assertThat(line).contains(home + "/above was left out: it links"))
        .anySatisfy(line -> assertThat(line).contains("2 files beside the class folders"))
        .hasSize(3);
  }

  @Test
  void morePicturesThanAProcessCanNameAreRefused() throws IOException {
    fill("cat", 4, "png");
    assertThat(ImageFiles.below(home.resolve("cat"), 4).files()).hasSize(4);
    assertThatThrownBy(() -> ImageFiles.below(home.resolve("cat"), 3))
        .isInstanceOf(DataSetException.class)
        .hasMessageContaining("more than 2000000 pictures")
        .hasMessageContaining("Name a folder that holds fewer");
  }

  @Test
  void aChangedPictureIsSeen() throws IOException {
    fill("cat", 4, "png");
    fill("dog", 4, "png");
    String before = open(8).contentHash();
    write(home.resolve("cat/1.png"), 99_999, 13, 13, "png");
    assertThat(open(8).contentHash()).isNotEqualTo(before);
  }

  private DataSet open(int size) {
    return DataSets.open("images:" + home, size, null, cache);
  }

  private static Set<String> images(ImageSet set) {
    Set<String> images = new HashSet<>();
    byte[] pixels = new byte[set.imageBytes()];
    for (int i = 0; i < set.size(); i++) {
      set.read(i, pixels, 0);
      images.add(ContentHash.of(pixels));
    }
    return images;
  }

  private void fill(String folder, int count, String kind) throws IOException {
    fill(Files.createDirectories(home.resolve(folder)), count, kind);
  }

  private static void fill(Path folder, int count, String kind) throws IOException {
    for (int i = 0; i < count; i++) {
      write(folder.resolve(i + "." + kind), 100L * folder.hashCode() + i, 12 + i % 3, 12, kind);
    }
  }

  private static void write(Path file, long seed, int width, int height, String kind)
      throws IOException {
    SplitMix random = new SplitMix(seed);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, random.below(1 << 24));
      }
    }
    assertThat(ImageIO.write(image, kind, file.toFile())).isTrue();
  }
}
