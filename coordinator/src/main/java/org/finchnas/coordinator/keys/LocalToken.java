package org.finchnas.coordinator.keys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;
import org.finchnas.coordinator.SearchInputException;

/**
 * A secret that only processes of one user on one machine know, so that others who can reach the
 * loopback address do not take part. It lies in a file that nobody else can read.
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
      return Files.readString(file).strip();
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
      Files.writeString(fresh, token, StandardCharsets.US_ASCII);
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
    String user = System.getProperty("user.name");
    boolean ours = attributes.owner().getName().equals(user) && attributes.isRegularFile();
    if (!ours || !PRIVATE.containsAll(attributes.permissions())) {
      throw new SearchInputException(
          "%s must be a file of %s that nobody else can read, or others could take part. Delete it, and it is made again."
              .formatted(file, user));
    }
  }
}
