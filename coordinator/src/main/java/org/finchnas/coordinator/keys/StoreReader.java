package org.finchnas.coordinator.keys;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Opens the stores that one password opens. */
final class StoreReader {

  private final String password;
  private final Path passwordFile;

  StoreReader(String password, Path passwordFile) {
    this.password = password;
    this.passwordFile = passwordFile;
  }

  /** The certificates of the one private key in a store, its own first. */
  List<X509Certificate> chain(Path file) {
    KeyStore store = open(file);
    try {
      List<String> keys = new ArrayList<>();
      for (String alias : Collections.list(store.aliases())) {
        if (store.isKeyEntry(alias)) {
          keys.add(alias);
        }
      }
      if (keys.size() != 1) {
        throw new KeyException(
            "%s must hold one private key, but holds %d. Make keys with: %s"
                .formatted(file, keys.size(), KeyReader.NEW_KEYS));
      }
      store.getKey(keys.get(0), password.toCharArray());
      return x509(store.getCertificateChain(keys.get(0)));
    } catch (UnrecoverableKeyException e) {
      throw wrongPassword(file, e);
    } catch (GeneralSecurityException e) {
      throw damaged(file, e);
    }
  }

  /** A store that vouches for at least one authority. */
  KeyStore trusted(Path file) {
    KeyStore store = open(file);
    try {
      for (String alias : Collections.list(store.aliases())) {
        if (store.isCertificateEntry(alias)) {
          return store;
        }
      }
    } catch (GeneralSecurityException e) {
      throw damaged(file, e);
    }
    throw new KeyException(
        "%s must hold the certificate of an authority, but holds none. Make keys with: %s"
            .formatted(file, KeyReader.NEW_KEYS));
  }

  static KeyException unreadable(Path file, IOException cause) {
    String reason =
        cause instanceof AccessDeniedException
            ? "it belongs to another user or its permissions forbid it"
            : String.valueOf(cause.getMessage());
    return new KeyException(
        "%s cannot be read: %s. Mind who may read it, or copy it again.".formatted(file, reason),
        cause);
  }

  private KeyStore open(Path file) {
    byte[] content;
    try {
      content = Files.readAllBytes(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    try (InputStream stream = new ByteArrayInputStream(content)) {
      KeyStore store = KeyStore.getInstance(ClusterKeys.STORE_TYPE);
      store.load(stream, password.toCharArray());
      return store;
    } catch (IOException e) {
      throw e.getCause() instanceof UnrecoverableKeyException
          ? wrongPassword(file, e)
          : damaged(file, e);
    } catch (GeneralSecurityException e) {
      throw damaged(file, e);
    }
  }

  private static List<X509Certificate> x509(Certificate[] chain) {
    List<X509Certificate> certificates = new ArrayList<>();
    for (Certificate each : chain) {
      certificates.add((X509Certificate) each);
    }
    return certificates;
  }

  private KeyException wrongPassword(Path file, Exception cause) {
    return new KeyException(
        "%s does not open with the password in %s. Copy both from the same folder again."
            .formatted(file, passwordFile),
        cause);
  }

  private static KeyException damaged(Path file, Exception cause) {
    return new KeyException(
        "%s is damaged or no PKCS#12 store (%s). Copy it again, or make keys with: %s"
            .formatted(file, cause.getMessage(), KeyReader.NEW_KEYS),
        cause);
  }
}
