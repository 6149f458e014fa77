package org.finchnas.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How a camera was held: tag 0x0112 of the first directory of a JPEG's Exif segment (Exif 2.3,
 * JEITA CP-3451C, section 4.6.4). Pictures of phones lie on their side without it.
 */
final class ExifOrientation {

  private static final int NORMAL = 1;
  private static final int TAG = 0x0112;
  private static final int APP1 = 0xffe1;
  private static final int START_OF_SCAN = 0xffda;
  private static final int EXIF = 0x45786966;

  private ExifOrientation() {}

  /**
   * The orientation a file states, 1 to 8.
   *
   * @return 1, upright, also for what is no JPEG, states none or is damaged
   */
  static int of(byte[] file) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(file);
      if (bytes.getShort() != (short) 0xffd8) {
        return NORMAL;
      }
      int marker = bytes.getShort() & 0xffff;
      while (marker >> 8 == 0xff && marker != START_OF_SCAN) {
        int length = (bytes.getShort() & 0xffff) - Short.BYTES;
        if (marker == APP1 && length > 6 && bytes.getInt(bytes.position()) == EXIF) {
          return ofTiff(bytes.slice(bytes.position() + 6, length - 6));
        }
        bytes.position(bytes.position() + length);
        marker = bytes.getShort() & 0xffff;
      }
      return NORMAL;
    } catch (RuntimeException e) {
      return NORMAL; // past the end: whether the picture itself is whole, its reader will say
    }
  }

  /** Turns square planes upright. */
  static byte[] upright(byte[] planes, int size, int orientation) {
    if (orientation == NORMAL) {
      return planes;
    }
    byte[] turned = new byte[planes.length];
    for (int at = 0; at < planes.length; at++) {
      int x = at % size;
      int y = at / size % size;
      turned[at] = planes[at - y * size - x + source(orientation, x, y, size - 1)];
    }
    return turned;
  }

  private static int ofTiff(ByteBuffer tiff) {
    tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int directory = tiff.getInt(4);
    int entries = tiff.getShort(directory) & 0xffff;
    for (int entry = directory + 2; entry < directory + 2 + 12 * entries; entry += 12) {
      if ((tiff.getShort(entry) & 0xffff) == TAG) {
        int value = tiff.getShort(entry + 8);
        return value >= 1 && value <= 8 ? value : NORMAL;
      }
    }
    return NORMAL;
  }

  private static int source(int orientation, int x, int y, int last) {
    int size = last + 1;
    return switch (orientation) {
      case 2 -> y * size + last - x;
      case 3 -> (last - y) * size + last - x;
      case 4 -> (last - y) * size + x;
      case 5 -> x * size + y;
      case 6 -> (last - x) * size + y;
      case 7 -> (last - x) * size + last - y;
      case 8 -> x * size + last - y;
      default -> y * size + x;
    };
  }
}
