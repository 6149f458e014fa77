package org.finchnas.coordinator.ignite;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.finchnas.coordinator.keys.ClusterKeys;
import org.jspecify.annotations.Nullable;

/**
 * How the nodes of a cluster know each other.
 *
 * @param token the same on all; keeps apart clusters that meet by mistake
 * @param keys for mutual TLS; null for plain connections
 */
public record ClusterSecurity(String token, @Nullable ClusterKeys keys) {

  /** What is shown of the token to others. */
  String tokenHash() {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(("finch cluster " + token).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }

  @Override
  public String toString() {
    return keys == null ? "plain connections" : "mutual TLS";
  }
}
