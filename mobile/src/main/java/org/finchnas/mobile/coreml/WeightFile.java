package org.finchnas.mobile.coreml;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The file beside an ML program that holds its weights: a header of 64 bytes, then blobs, each of
 * 64 bytes that describe it and its data, both at multiples of 64 bytes.
 */
final class WeightFile {

  static final int HALF = 1;
  static final int SINGLE = 2;
  static final int SIGNED_BYTE = 4;

  private static final int ALIGNMENT = 64;
  private static final int VERSION = 2;
  private static final int SENTINEL = 0xDEADBEEF;

  private final ByteArrayOutputStream blobs = new ByteArrayOutputStream();
  private int count;

  /** Adds a blob; the answer is where in the file its description begins. */
  long add(int type, byte[] data) {
    int offset = ALIGNMENT + blobs.size();
    byte[] description = new byte[ALIGNMENT];
    little(description)
        .putInt(SENTINEL)
        .putInt(type)
        .putLong(data.length)
        .putLong(offset + ALIGNMENT);
    blobs.writeBytes(description);
    blobs.writeBytes(data);
    blobs.writeBytes(new byte[Math.floorMod(-data.length, ALIGNMENT)]);
    count++;
    return offset;
  }

  byte[] bytes() {
    byte[] file = new byte[ALIGNMENT + blobs.size()];
    little(file).putInt(count).putInt(VERSION).position(ALIGNMENT).put(blobs.toByteArray());
    return file;
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
