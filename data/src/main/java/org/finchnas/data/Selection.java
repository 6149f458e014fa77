package org.finchnas.data;

import java.nio.ByteBuffer;

/** Chosen images of a set, in a chosen order, where they lie. */
final class Selection implements ImageSet {

  private final ImageSet images;
  private final int[] chosen;

  Selection(ImageSet images, int[] chosen) {
    this.images = images;
    this.chosen = chosen.clone();
  }

  @Override
  public int size() {
    return chosen.length;
  }

  @Override
  public int channels() {
    return images.channels();
  }

  @Override
  public int height() {
    return images.height();
  }

  @Override
  public int width() {
    return images.width();
  }

  @Override
  public int label(int image) {
    return images.label(chosen[image]);
  }

  @Override
  public void read(int image, byte[] target, int offset) {
    images.read(chosen[image], target, offset);
  }

  /** A copy: chosen images do not lie in a row. */
  @Override
  public ByteBuffer pixels() {
    byte[] pixels = new byte[Math.multiplyExact(size(), imageBytes())];
    for (int image = 0; image < size(); image++) {
      read(image, pixels, image * imageBytes());
    }
    return ByteBuffer.wrap(pixels).asReadOnlyBuffer();
  }
}
