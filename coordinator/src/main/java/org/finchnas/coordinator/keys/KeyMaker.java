package org.finchnas.coordinator.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Makes the keys of a new cluster: an authority, a coordinator's folder and a worker's. */
public final class KeyMaker {

  static final String AUTHORITY = "authority";
  static final String COORDINATOR = "coordinator";
  static final String WORKER = "worker";

  private final Clock clock;
  private final SecureRandom random;

  public KeyMaker(Clock clock, SecureRandom random) {
    this.clock = clock;
    this.random = random;
  }

  /**
   * Writes all or, if it fails, nothing. A new folder appears with all keys in it; in one that is
   * there already, each node's keys appear as a whole.
   *
   * @param folder does not exist, or is empty
   * @throws KeyException if there is something in the folder
   */
  public MadeKeys make(Path folder, KeyRequest request) throws IOException {
    requireFree(folder);
    KeyAuthority authority = KeyAuthority.create(clock.instant(), request.days(), random);
    try {
      write(folder, authority, request.hosts());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java cannot write PKCS#12 stores.", e);
    } catch (UnsupportedOperationException e) {
      throw new KeyException(
          "%s is on a file system that cannot keep keys from others. Name a folder on another."
              .formatted(folder),
          e);
    }
    return new MadeKeys(
        folder.resolve(AUTHORITY),
        folder.resolve(COORDINATOR),
        folder.resolve(WORKER),
        authority.notAfter());
  }

  private static void requireFree(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    if (!Files.isDirectory(folder)) {
      throw new KeyException("%s is a file. Name a new folder.".formatted(folder));
    }
    try (Stream<Path> content = Files.list(folder)) {
      if (content.findAny().isPresent()) {
        throw new KeyException(
            "%s is not empty, and keys are never overwritten. Name a new folder, or move this one."
                .formatted(folder));
      }
    }
  }

  private void write(Path folder, KeyAuthority authority, List<String> hosts)
      throws IOException, GeneralSecurityException {
    boolean fills = Files.exists(folder);
    Path target = fills ? folder.toRealPath() : folder.toAbsolutePath().normalize();
    String name = ".%s.tmp".formatted(UUID.randomUUID());
    Path unfinished = fills ? target.resolve(name) : target.resolveSibling(name);
    Files.createDirectories(target.resolveSibling(""));
    try {
      writeKeys(unfinished, authority, hosts);
      if (fills) {
        fill(target, unfinished);
      } else {
        Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
      }
    } finally {
      delete(unfinished);
    }
  }

  private void writeKeys(Path folder, KeyAuthority authority, List<String> hosts)
      throws IOException, GeneralSecurityException {
    PrivateFolder.create(folder);
    PrivateFolder.createWithPassword(folder.resolve(AUTHORITY), random)
        .writeIdentity("authority.p12", AUTHORITY, authority.identity());
    String token = Secrets.hex(random, Secrets.BYTES);
    for (String node : List.of(COORDINATOR, WORKER)) {
      PrivateFolder own = PrivateFolder.createWithPassword(folder.resolve(node), random);
      own.writeIdentity(ClusterKeys.IDENTITY_STORE, node, authority.issue("Finch " + node, hosts));
      own.writeTrust(ClusterKeys.TRUST_STORE, AUTHORITY, authority.certificate());
      own.writeText(ClusterKeys.TOKEN, token);
    }
  }

  /** Keeps the folder itself, since it may be mounted or the one that the user stands in. */
  private static void fill(Path target, Path unfinished) throws IOException {
    PrivateFolder.close(target);
    for (String each : List.of(AUTHORITY, COORDINATOR, WORKER)) {
      Files.move(unfinished.resolve(each), target.resolve(each), StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /** What is left of an attempt that failed; nothing after one that did not. */
  private static void delete(Path unfinished) throws IOException {
    if (Files.exists(unfinished)) {
      try (Stream<Path> content = Files.walk(unfinished)) {
        for (Path each : content.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
  }
}
