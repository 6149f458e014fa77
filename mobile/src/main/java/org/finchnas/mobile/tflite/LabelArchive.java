package org.finchnas.mobile.tflite;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * A zip archive of one file behind a model, as TensorFlow Lite's metadata has it: readers of zip
 * find the archive, readers of models the model. Places inside count from the start of the model.
 * Format: PKWARE's APPNOTE, 4.3.7 to 4.3.16.
 */
final class LabelArchive {

  static final String NAME = "labels.txt";

  /** How long the end of an archive is, behind its last entry. */
  static final int END_BYTES = 22;

  /** Kind of extra field; not one of those that have been given away. */
  private static final short OURS = 0x4e46;

  private static final int LOCAL = 0x04034b50;
  private static final int CENTRAL = 0x02014b50;
  private static final int END = 0x06054b50;

  /** Version 2.0, nothing special, stored; the first moment that zip can tell. */
  private static final short VERSION = 20;

  private static final short FIRST_DAY = 0x21;

  private LabelArchive() {}

  /**
   * @param model bytes of the model before it
   * @param note goes right before the last {@link #END_BYTES}, as an extra field that readers skip:
   *     some know no archives with a comment
   */
  static byte[] of(int model, String labels, String note) {
    byte[] name = NAME.getBytes(StandardCharsets.US_ASCII);
    byte[] text = labels.getBytes(StandardCharsets.UTF_8);
    byte[] extra = note.getBytes(StandardCharsets.US_ASCII);
    int localBytes = 30 + name.length + text.length;
    int centralBytes = 46 + name.length + 4 + extra.length;
    ByteBuffer out =
        ByteBuffer.allocate(localBytes + centralBytes + END_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    entry(out.putInt(LOCAL), text).putShort((short) name.length).putShort((short) 0);
    out.put(name).put(text);
    entry(out.putInt(CENTRAL).putShort(VERSION), text).putShort((short) name.length);
    out.putShort((short) (4 + extra.length)).put(new byte[10]).putInt(model).put(name);
    out.putShort(OURS).putShort((short) extra.length).put(extra);
    out.putInt(END).putInt(0).putShort((short) 1).putShort((short) 1);
    out.putInt(centralBytes).putInt(model + localBytes).putShort((short) 0);
    return out.array();
  }

  /** What both headers of a file say of it. */
  private static ByteBuffer entry(ByteBuffer out, byte[] text) {
    CRC32 crc = new CRC32();
    crc.update(text);
    out.putShort(VERSION).putShort((short) 0).putShort((short) 0);
    out.putShort((short) 0).putShort(FIRST_DAY).putInt((int) crc.getValue());
    return out.putInt(text.length).putInt(text.length);
  }
}
