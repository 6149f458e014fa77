package org.finchnas.mobile.latency.calibration;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Text files as spreadsheets save them: in UTF-8 or UTF-16, with or without a byte order mark. */
final class SpreadsheetText {
  private SpreadsheetText() {}

  private static final String MARK = "\ufeff";

  /**
   * @throws IllegalArgumentException if the file is in another encoding
   */
  static String read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    try {
      String text = encoding(bytes).newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith(MARK) ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "%s is not in UTF-8. Save it as \"CSV UTF-8\".".formatted(file), e);
    }
  }

  private static Charset encoding(byte[] bytes) {
    int first = bytes.length < 2 ? 0 : (bytes[0] & 0xff) << 8 | (bytes[1] & 0xff);
    return switch (first) {
      case 0xfffe -> StandardCharsets.UTF_16LE;
      case 0xfeff -> StandardCharsets.UTF_16BE;
      default -> StandardCharsets.UTF_8;
    };
  }
}
