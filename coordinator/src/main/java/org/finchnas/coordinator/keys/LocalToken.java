package org.finchnas.coordinator.keys;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.security.SecureRandom;
import java.util.Set;
import org.finchnas.coordinator.SearchInputException;

/**
 * A secret that only processes of one user on one machine know, so that others who can reach the
 * loopback address do not take part. It lies in a file that nobody else can read.
 *
 * <p>On a plain connection a worker shows a hash of it to whoever listens at the port. Another user
 * of the machine who takes the port first can show that hash to the coordinator in turn. Where
 * users do not trust each other, use keys: a TLS handshake gives nothing away.
 */
public final class LocalToken {

  static final String FILE = "cluster-token";

  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rw-------");

  private LocalToken() {}

  /**
   * The token, made when it is first asked for.
   *
   * @param folder where it is kept; made if need be
   * @throws SearchInputException if it cannot be kept there, or others could know it
   */
  public static String in(Path folder) {
    Path file = folder.resolve(FILE);
    try {
      Files.createDirectories(folder);
      if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        make(file);
      }
      requirePrivate(file);
      String token = Files.readString(file).strip();
      if (!token.matches("[0-9a-f]+") || token.length() != 2 * Secrets.BYTES) {
        throw new SearchInputException(
            "%s holds no token, perhaps since the machine went down. Delete it, and it is made again."
                .formatted(file));
      }
      return token;
    } catch (IOException e) {
      throw new SearchInputException(
          "The token of this machine's clusters cannot be kept in %s (%s). Give search and workers one in FINCH_CLUSTER_TOKEN."
              .formatted(file, e));
    }
  }

  /** Under its name it is whole from the first moment; whoever comes second takes the first's. */
  private static void make(Path file) throws IOException {
    Path fresh =
        Files.createTempFile(
            file.resolveSibling(""), FILE, ".new", PosixFilePermissions.asFileAttribute(PRIVATE));
    try {
      String token = Secrets.hex(new SecureRandom(), Secrets.BYTES) + "\n";
      try (FileOutputStream out = new FileOutputStream(fresh.toFile())) {
        out.write(token.getBytes(StandardCharsets.US_ASCII));
        out.getFD().sync();
      }
      Files.createLink(file, fresh);
    } catch (FileAlreadyExistsException e) {
      return;
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private static void requirePrivate(Path file) throws IOException {
    PosixFileAttributes attributes =
        Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    boolean ours =
        attributes.owner().getName().equals(System.getProperty("user.name"))
            || attributes.owner().equals(self(file));
    if (!ours || !attributes.isRegularFile() || !PRIVATE.containsAll(attributes.permissions())) {
      throw new SearchInputException(
          "%s must be a file of your own that nobody else can read, or others could take part. Delete it, and it is made again; or give search and workers a token in FINCH_CLUSTER_TOKEN."
              .formatted(file));
    }
  }

  /** Who this process is to the disk: in a container its user may have no name. */
  private static UserPrincipal self(Path file) throws IOException {
    Path probe = Files.createTempFile(file.resolveSibling(""), FILE, ".new");
    try {
      return Files.getOwner(probe);
    } finally {
      Files.deleteIfExists(probe);
    }
  }
}
