package org.finchnas.mobile.coreml.decoder;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** Whether a model is still what was written, down to the last bit. */
final class SealCheck {

  private static final int DIGITS = 64;

  private final byte[] model;
  private final String seal;
  private final int place;

  /**
   * @throws MalformedModelException if the model carries no seal
   */
  SealCheck(byte[] model) {
    WireMessage properties = WireMessage.of(model).message(2).message(100);
    WireMessage entry = properties.map(100).get("sha256OfTheRest");
    if (entry == null || entry.text(2).length() != DIGITS) {
      throw new MalformedModelException("it does not carry the hash that Finch writes");
    }
    this.model = model;
    this.seal = entry.text(2);
    this.place = entry.start(2);
  }

  boolean holdsForFile() {
    MessageDigest digest = digest();
    updateWithModel(digest);
    return matches(digest);
  }

  boolean holdsForFolder(Map<String, byte[]> files, String modelPlace) {
    MessageDigest digest = digest();
    new TreeMap<>(files)
        .forEach(
            (name, bytes) -> {
              digest.update((name + "\n" + bytes.length + "\n").getBytes(StandardCharsets.UTF_8));
              if (name.equals(modelPlace)) {
                updateWithModel(digest);
              } else {
                digest.update(bytes);
              }
            });
    return matches(digest);
  }

  /** The seal itself counts as zeros: it was not there yet when the hash was taken. */
  private void updateWithModel(MessageDigest digest) {
    digest.update(model, 0, place);
    digest.update("0".repeat(DIGITS).getBytes(StandardCharsets.US_ASCII));
    digest.update(model, place + DIGITS, model.length - place - DIGITS);
  }

  private boolean matches(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest()).equals(seal);
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }
}
