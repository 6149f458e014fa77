package org.finchnas.data;

import java.awt.image.Raster;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A JPEG of four inks, cyan, magenta, yellow and black, as print shops send them; the JDK gives
 * their samples only. What the four bytes mean is said by Adobe's APP14 segment (Adobe technical
 * note 5116, 1992): with it inks are stored as 255 - ink, and its transform 2 has the first three
 * as luminance and colour differences. Colour profiles are not applied: a picture comes out as the
 * plain product of ink and black.
 *
 * @param inverted whether 255 is no ink
 * @param differences whether the first three samples are YCbCr
 */
record InkedJpeg(boolean inverted, boolean differences) {

  private static final int INKS = 4;
  private static final int ADOBE = 0xffee;
  private static final int ADOBE_BYTES = 12;
  private static final int TRANSFORM_AT = 11;

  /** What the segments of a file say, or null if it is no JPEG of four inks. */
  static @Nullable InkedJpeg of(byte[] file) {
    try {
      return ofSegments(ByteBuffer.wrap(file));
    } catch (RuntimeException e) {
      return null; // past the end: whether the picture itself is whole, its reader will say
    }
  }

  private static @Nullable InkedJpeg ofSegments(ByteBuffer bytes) {
    if (bytes.getShort() != (short) 0xffd8) {
      return null;
    }
    boolean adobe = false;
    int transform = 0;
    while (true) {
      int marker = bytes.getShort() & 0xffff;
      int start = bytes.position();
      int length = bytes.getShort() & 0xffff;
      if (marker == ADOBE && length >= 2 + ADOBE_BYTES && bytes.get(start + 2) == 'A') {
        adobe = true;
        transform = bytes.get(start + 2 + TRANSFORM_AT);
      }
      if (isFrame(marker)) {
        return bytes.get(start + 7) == INKS ? new InkedJpeg(adobe, transform == 2) : null;
      }
      bytes.position(start + length);
    }
  }

  /** Of the markers from SOF0 to SOF15 three are no frames: DHT, JPG and DAC. */
  private static boolean isFrame(int marker) {
    return marker >= 0xffc0
        && marker <= 0xffcf
        && marker != 0xffc4
        && marker != 0xffc8
        && marker != 0xffcc;
  }

  /** Red, green and blue planes of a square of the picture. */
  byte[] planes(Raster samples, int left, int top, int side) {
    byte[] planes = new byte[3 * side * side];
    int[] row = new int[side * INKS];
    for (int y = 0; y < side; y++) {
      samples.getPixels(left, top + y, side, 1, row);
      for (int x = 0; x < side; x++) {
        put(row, x * INKS, planes, y * side + x, side * side);
      }
    }
    return planes;
  }

  private void put(int[] row, int from, byte[] planes, int at, int plane) {
    int black = light(row[from + 3]);
    for (int channel = 0; channel < 3; channel++) {
      int stored = differences ? colour(row, from, channel) : row[from + channel];
      planes[channel * plane + at] = (byte) ((light(stored) * black + 127) / 255);
    }
  }

  /** How much light an ink lets through, in [0, 255]. */
  private int light(int stored) {
    return inverted ? stored : 255 - stored;
  }

  /** ITU-T T.871, section 7. */
  private static int colour(int[] row, int from, int channel) {
    double blue = row[from + 1] - 128;
    double red = row[from + 2] - 128;
    double value =
        switch (channel) {
          case 0 -> row[from] + 1.402 * red;
          case 1 -> row[from] - 0.344136 * blue - 0.714136 * red;
          default -> row[from] + 1.772 * blue;
        };
    return (int) Math.max(0, Math.min(255, Math.round(value)));
  }
}
