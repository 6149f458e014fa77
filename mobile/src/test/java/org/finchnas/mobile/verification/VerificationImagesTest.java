package org.finchnas.mobile.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import org.finchnas.data.ImageSet;
import org.junit.jupiter.api.Test;

class VerificationImagesTest {

  /** Images of one pixel whose value is their number and whose class its double. */
  private record Numbers(int size) implements ImageSet {
    @Override
    public int channels() {
      return 1;
    }

    @Override
    public int height() {
      return 1;
    }

    @Override
    public int width() {
      return 1;
    }

    @Override
    public int label(int image) {
      return 2 * image;
    }

    @Override
    public void read(int image, byte[] target, int offset) {
      target[offset] = (byte) image;
    }

    @Override
    public ByteBuffer pixels() {
      return ByteBuffer.allocate(0);
    }
  }

  @Test
  void imagesAreSpreadOverTheSet() {
    VerificationImages images = VerificationImages.of(new Numbers(100), 4);
    for (int i = 0; i < 4; i++) {
      assertThat((int) images.image(i)[0]).isBetween(25 * i, 25 * i + 24);
      assertThat(images.classes().get(i)).isEqualTo(2 * images.image(i)[0]);
    }
    assertThat(VerificationImages.of(new Numbers(100), 4).pixels()).isEqualTo(images.pixels());
  }

  @Test
  void classesThatTakeTurnsAreAllSeen() {
    List<Integer> classes = VerificationImages.of(new Numbers(2000), 200).classes();
    assertThat(classes.stream().map(twice -> twice / 2 % 10).distinct()).hasSize(10);
  }

  @Test
  void aSmallSetIsTakenWhole() {
    assertThat(VerificationImages.of(new Numbers(3), 200).count()).isEqualTo(3);
  }

  @Test
  void aSmallSetIsCompletedFromAnother() {
    VerificationImages images = VerificationImages.of(new Numbers(3), 200);
    VerificationImages completed = images.completedFrom(new Numbers(2), 5);
    assertThat(completed.pixels()).containsExactly(0, 1, 2, 0, 1);
    assertThat(completed.classes()).containsExactly(0, 2, 4, 0, 2);
    assertThat(images.completedFrom(new Numbers(10), 3)).isSameAs(images);
  }

  @Test
  void tooFewImagesAreCompletedWithMovedCopies() {
    byte[] pixels = {1, 2, 3, 4, 5, 6};
    VerificationImages images = new VerificationImages(pixels, 2, List.of(7, 8));
    VerificationImages completed = images.completedWithCopies(5);
    assertThat(completed.pixels()).containsExactly(1, 2, 3, 4, 5, 6, 3, 1, 2, 6, 4, 5, 2, 3, 1);
    assertThat(completed.classes()).containsExactly(7, 8, 7, 8, 7);
    assertThat(images.completedWithCopies(2)).isSameAs(images);
  }
}
