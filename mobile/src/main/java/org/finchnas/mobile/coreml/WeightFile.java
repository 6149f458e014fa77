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
    ByteBuffer description = record();
    description.putInt(SENTINEL).putInt(type).putLong(data.length).putLong(offset + ALIGNMENT);
    blobs.writeBytes(description.array());
    blobs.writeBytes(data);
    blobs.writeBytes(new byte[Math.floorMod(-data.length, ALIGNMENT)]);
    count++;
    return offset;
  }

  byte[] bytes() {
    ByteBuffer file = ByteBuffer.allocate(ALIGNMENT + blobs.size()).order(ByteOrder.LITTLE_ENDIAN);
    file.put(record().putInt(count).putInt(VERSION).array());
    return file.put(blobs.toByteArray()).array();
  }

  private static ByteBuffer record() {
    return ByteBuffer.allocate(ALIGNMENT).order(ByteOrder.LITTLE_ENDIAN);
  }
}
