package org.finchnas.coordinator.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads a node's folder of keys and says what is wrong with it. */
final class KeyReader {

  static final String NEW_KEYS = "finch cluster keys --out DIR";

  private static final List<String> FILES =
      List.of(
          ClusterKeys.IDENTITY_STORE,
          ClusterKeys.TRUST_STORE,
          ClusterKeys.PASSWORD,
          ClusterKeys.TOKEN);
  private static final Pattern TOKEN = Pattern.compile("[0-9a-fA-F]{32,}");

  /** A group may read: that is how Kubernetes gives a secret to a process that is not root. */
  private static final Set<PosixFilePermission> OF_OTHERS =
      PosixFilePermissions.fromString("----w-rw-");

  private final Path folder;

  KeyReader(Path folder) {
    this.folder = folder;
  }

  ClusterKeys read(Instant now) {
    requireFiles();
    String password = text(ClusterKeys.PASSWORD);
    StoreReader stores = new StoreReader(password, folder.resolve(ClusterKeys.PASSWORD));
    Path identityStore = folder.resolve(ClusterKeys.IDENTITY_STORE);
    Path trustStore = folder.resolve(ClusterKeys.TRUST_STORE);
    List<X509Certificate> chain = stores.chain(identityStore);
    KeyStore trusted = stores.trusted(trustStore);
    Instant notAfter =
        new CertificateCheck(identityStore, trustStore, now).requireValid(chain, trusted);
    return new ClusterKeys(identityStore, trustStore, password, token(), notAfter, warnings());
  }

  private void requireFiles() {
    if (!Files.isDirectory(folder)) {
      throw new KeyException(
          "There is no folder of keys %s. Make keys with: %s".formatted(folder, NEW_KEYS));
    }
    Path worker = folder.resolve(KeyMaker.WORKER);
    if (Files.isDirectory(worker)) {
      throw new KeyException(
          "%s holds the keys of a whole cluster, not of one node. Name %s or %s."
              .formatted(folder, folder.resolve(KeyMaker.COORDINATOR), worker));
    }
    for (String file : FILES) {
      if (!Files.isRegularFile(folder.resolve(file))) {
        throw new KeyException(
            "%s is missing: a node's keys are %s. Copy the whole folder, or make keys with: %s"
                .formatted(folder.resolve(file), String.join(", ", FILES), NEW_KEYS));
      }
    }
  }

  private String text(String file) {
    Path path = folder.resolve(file);
    try {
      return Files.readString(path).strip();
    } catch (IOException e) {
      throw StoreReader.unreadable(path, e);
    }
  }

  private String token() {
    String token = text(ClusterKeys.TOKEN);
    if (!TOKEN.matcher(token).matches()) {
      // Its length alone: most of a token is a secret too.
      throw new KeyException(
          ("%s must hold at least 32 hexadecimal digits and nothing else, but holds %d characters"
                  + " that are not. Copy it again from where the keys were made.")
              .formatted(folder.resolve(ClusterKeys.TOKEN), token.length()));
    }
    return token;
  }

  private List<String> warnings() {
    return FILES.stream().map(folder::resolve).flatMap(file -> warning(file).stream()).toList();
  }

  private static Optional<String> warning(Path file) {
    try {
      if (Files.getFileAttributeView(file, PosixFileAttributeView.class) == null) {
        return Optional.empty();
      }
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      return Collections.disjoint(permissions, OF_OTHERS)
          ? Optional.empty()
          : Optional.of(
              "%s is open to other users (%s). Close it: chmod 600 %s"
                  .formatted(file, PosixFilePermissions.toString(permissions), file));
    } catch (IOException e) {
      throw StoreReader.unreadable(file, e);
    }
  }
}
