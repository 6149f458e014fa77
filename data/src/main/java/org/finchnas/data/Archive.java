package org.finchnas.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** A packed folder: {@code .tar.gz}. */
final class Archive {

  private Archive() {}

  /**
   * Unpacks the plain files that lie directly in one folder of the archive, and nothing else of it.
   * A file has its name only once it is whole; one that is there already stays as it is.
   *
   * @param folder called as the one in the archive
   */
  static void unpack(Path archive, Path folder) throws IOException {
    Path part =
        folder.resolveSibling(
            "%s.%d.part".formatted(folder.getFileName(), ProcessHandle.current().pid()));
    try {
      Files.createDirectories(part);
      try (InputStream raw = new BufferedInputStream(Files.newInputStream(archive));
          TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(raw))) {
        for (TarArchiveEntry entry = tar.getNextEntry();
            entry != null;
            entry = tar.getNextEntry()) {
          String name = nameIn(folder.getFileName().toString(), entry);
          if (!name.isEmpty()) {
            Files.copy(tar, part.resolve(name));
          }
        }
      }
      take(part, folder);
    } finally {
      delete(part);
    }
  }

  private static void take(Path part, Path folder) throws IOException {
    if (!Files.exists(folder)) {
      Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
      return;
    }
    List<Path> files;
    try (Stream<Path> paths = Files.list(part)) {
      files = paths.toList();
    }
    for (Path file : files) {
      Path place = folder.resolve(file.getFileName());
      if (!Files.exists(place)) {
        Files.move(file, place, StandardCopyOption.ATOMIC_MOVE);
      }
    }
  }

  /** The name of a plain file directly in the folder; empty for all else. */
  private static String nameIn(String folder, TarArchiveEntry entry) {
    String[] parts = entry.getName().split("/", -1);
    boolean inside = parts.length == 2 && parts[0].equals(folder);
    boolean plain = entry.isFile() && !entry.isSymbolicLink() && !entry.isLink();
    return inside && plain && !parts[1].startsWith(".") && !parts[1].contains("\\") ? parts[1] : "";
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> inside;
    try (Stream<Path> paths = Files.walk(folder)) {
      inside = paths.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : inside) {
      Files.delete(path);
    }
  }
}
