package org.finchnas.mobile.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
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
    VerificationImages images = VerificationImages.of(new Numbers(10), 4);
    assertThat(images.pixels()).containsExactly(0, 2, 5, 7);
    assertThat(images.classes()).containsExactly(0, 4, 10, 14);
    assertThat(images.image(2)).containsExactly(5);
  }

  @Test
  void aSmallSetIsTakenWhole() {
    assertThat(VerificationImages.of(new Numbers(3), 200).count()).isEqualTo(3);
  }

  @Test
  void aSmallSetIsCompletedFromAnother() {
    VerificationImages images = VerificationImages.of(new Numbers(3), 200);
    VerificationImages completed = images.completedFrom(new Numbers(10), 5);
    assertThat(completed.pixels()).containsExactly(0, 1, 2, 0, 5);
    assertThat(completed.classes()).containsExactly(0, 2, 4, 0, 10);
    assertThat(images.completedFrom(new Numbers(10), 3)).isSameAs(images);
  }
}
