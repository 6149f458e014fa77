package org.finchnas.data;

import java.util.stream.IntStream;

/**
 * Images in another resolution, by area: a target pixel is the mean of what it covers, weighted in
 * exact integers; enlarging is bilinear between pixel centres. Rounded half up, the same
 * everywhere.
 */
final class Scaling {

  private Scaling() {}

  static ImageSet scaled(ImageSet images, int size) {
    int sourcePlane = images.height() * images.width();
    byte[] pixels = allocate(images, size);
    int plane = size * size;
    Taps rows = Taps.of(images.height(), size);
    Taps columns = Taps.of(images.width(), size);
    IntStream.range(0, images.size())
        .parallel()
        .forEach(
            image -> {
              byte[] source = new byte[images.imageBytes()];
              images.read(image, source, 0);
              for (int channel = 0; channel < images.channels(); channel++) {
                int to = (image * images.channels() + channel) * plane;
                plane(source, channel * sourcePlane, rows, columns, pixels, to);
              }
            });
    return ImageSet.of(pixels, images.labels(), images.channels(), size, size);
  }

  private static byte[] allocate(ImageSet images, int size) {
    long bytes = (long) images.size() * images.channels() * size * size;
    try {
      if (bytes <= Integer.MAX_VALUE) {
        return new byte[(int) bytes];
      }
    } catch (OutOfMemoryError e) {
      // Said below: it is one array, and nothing else has failed.
    }
    throw new DataSetException(
        "%d images of %d x %d take %d bytes, more than there is memory for. Choose a smaller image size."
            .formatted(images.size(), size, size, bytes));
  }

  static void plane(byte[] source, int from, Taps rows, Taps columns, byte[] target, int to) {
    int width = columns.source();
    long whole = rows.whole() * columns.whole();
    for (int y = 0; y < rows.size(); y++) {
      for (int x = 0; x < columns.size(); x++) {
        long sum = whole / 2;
        for (int i = 0; i < rows.count(y); i++) {
          int row = from + (rows.first(y) + i) * width + columns.first(x);
          long line = 0;
          for (int j = 0; j < columns.count(x); j++) {
            line += columns.weight(x, j) * (source[row + j] & 0xff);
          }
          sum += rows.weight(y, i) * line;
        }
        target[to + y * columns.size() + x] = (byte) (sum / whole);
      }
    }
  }
}
