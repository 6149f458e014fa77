package org.finchnas.data;

import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.Objects;

/** Images one after the other in one buffer, on the heap or mapped from a file. */
record PackedImages(ByteBuffer pixels, IntBuffer classes, int channels, int height, int width)
    implements ImageSet {

  PackedImages {
    pixels = pixels.asReadOnlyBuffer();
    classes = classes.asReadOnlyBuffer();
    long needed = (long) classes.remaining() * channels * height * width;
    if (channels < 1 || height < 1 || width < 1 || pixels.remaining() != needed) {
      throw new IllegalArgumentException(
          "pixels hold %d bytes; %d images of %d x %d x %d need %d"
              .formatted(pixels.remaining(), classes.remaining(), channels, height, width, needed));
    }
  }

  static PackedImages of(ByteBuffer pixels, int[] labels, int channels, int height, int width) {
    return new PackedImages(pixels, IntBuffer.wrap(labels.clone()), channels, height, width);
  }

  @Override
  public int size() {
    return classes.remaining();
  }

  @Override
  public int label(int image) {
    return classes.get(classes.position() + Objects.checkIndex(image, size()));
  }

  @Override
  public void read(int image, byte[] target, int offset) {
    int start = Objects.checkIndex(image, size()) * imageBytes();
    pixels.get(pixels.position() + start, target, offset, imageBytes());
  }

  @Override
  public ByteBuffer pixels() {
    return pixels.slice();
  }
}
