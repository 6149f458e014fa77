package org.finchnas.coordinator.keys;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Random words that nobody guesses. */
final class Secrets {

  /** Bytes of a password or a token: 256 bits. */
  static final int BYTES = 32;

  private Secrets() {}

  static String hex(SecureRandom random, int bytes) {
    byte[] drawn = new byte[bytes];
    random.nextBytes(drawn);
    return HexFormat.of().formatHex(drawn);
  }
}
