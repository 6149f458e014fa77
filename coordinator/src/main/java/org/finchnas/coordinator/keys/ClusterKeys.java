package org.finchnas.coordinator.keys;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/**
 * What a node shows and trusts in mutual TLS, read and checked. Holds secrets, which {@link
 * #toString} does not show.
 *
 * @param identityStore PKCS#12 store of the node's private key and its certificates
 * @param trustStore PKCS#12 store of the authority that signs for all nodes
 * @param password opens both stores and the key
 * @param token the same for all nodes of a cluster, at least 128 bits in hexadecimal digits
 * @param notAfter when the first of the certificates ends to be valid
 * @param warnings what a user should know of the folder: secrets that others can read
 */
public record ClusterKeys(
    Path identityStore,
    Path trustStore,
    String password,
    String token,
    Instant notAfter,
    List<String> warnings) {

  /** The type of both stores, as {@link java.security.KeyStore} names it. */
  public static final String STORE_TYPE = "PKCS12";

  static final String IDENTITY_STORE = "identity.p12";
  static final String TRUST_STORE = "trust.p12";
  static final String PASSWORD = "password";
  static final String TOKEN = "token";

  public ClusterKeys {
    warnings = List.copyOf(warnings);
  }

  /**
   * Reads a node's folder: all files are there, the stores open with the password, and the
   * certificate is vouched for by the trust store and valid now.
   *
   * @throws KeyException if one of these does not hold
   */
  public static ClusterKeys read(Path folder) {
    return read(folder, Clock.systemUTC());
  }

  /** As {@link #read(Path)}, at the time of a clock. */
  public static ClusterKeys read(Path folder, Clock clock) {
    return new KeyReader(folder).read(clock.instant());
  }

  @Override
  public String toString() {
    return "ClusterKeys[identityStore=%s, trustStore=%s, notAfter=%s]"
        .formatted(identityStore, trustStore, notAfter);
  }
}
