package org.finchnas.mobile.coreml;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.finchnas.mobile.ModelContent;

/**
 * The last of a model's own properties: a hash of all bytes, taken while it is itself all zeros, so
 * that a file with a single altered weight is told from the one that was verified.
 */
final class Seal {

  static final String KEY = "sha256OfTheRest";
  static final String UNSEALED = "0".repeat(64);

  private Seal() {}

  /** Seals a model that is one file; its array is written to. */
  static ModelContent file(byte[] model) {
    ModelContent content = ModelContent.ofFile(model);
    write(model, content);
    return content;
  }

  /**
   * Seals a model that is a folder.
   *
   * @param model the file that holds the seal; its array is written to
   */
  static ModelContent folder(Map<String, byte[]> files, String model) {
    byte[] bytes = files.get(model);
    if (bytes == null) {
      throw new IllegalArgumentException("There is no %s to seal.".formatted(model));
    }
    ModelContent content = ModelContent.ofFolder(files);
    write(bytes, content);
    return content;
  }

  private static void write(byte[] model, ModelContent content) {
    byte[] hash = content.sha256().getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(hash, 0, model, place(model), hash.length);
  }

  /** Behind the key, the value's field number and wire type, and its length of one byte. */
  private static int place(byte[] model) {
    byte[] before = (KEY + "\u0012@" + UNSEALED).getBytes(StandardCharsets.US_ASCII);
    for (int start = 0; start + before.length <= model.length; start++) {
      if (startsWith(model, start, before)) {
        return start + before.length - UNSEALED.length();
      }
    }
    throw new IllegalArgumentException("The model has no room for its seal.");
  }

  private static boolean startsWith(byte[] model, int start, byte[] expected) {
    for (int i = 0; i < expected.length; i++) {
      if (model[start + i] != expected[i]) {
        return false;
      }
    }
    return true;
  }
}
