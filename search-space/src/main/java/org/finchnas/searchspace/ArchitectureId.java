package org.finchnas.searchspace;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Names the network an architecture decodes to: equal for architectures that differ only in dead
 * blocks, the order of inputs or the numbering of states.
 *
 * @param hex sixteen hexadecimal digits of the SHA-256 of the canonical form
 */
public record ArchitectureId(String hex) {

  /** The id of what has this canonical form. */
  static ArchitectureId of(byte[] form) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(form);
      return new ArchitectureId(HexFormat.of().formatHex(hash, 0, 8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }

  @Override
  public String toString() {
    return hex;
  }
}
