package org.finchnas.data;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;

/**
 * The pictures below a folder, sorted by path, links followed, and what is left out: hidden files
 * in silence, other kinds of files and loops of links with a warning.
 */
final class ImageFiles extends SimpleFileVisitor<Path> {

  private static final Set<String> KINDS = Set.of("jpg", "jpeg", "png", "gif", "bmp");

  /** What the names of so many pictures take of the memory of a process is all it may take. */
  static final int MOST = 2_000_000;

  private final Path root;
  private final int most;
  private final List<Path> files = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final TreeMap<String, Integer> others = new TreeMap<>();

  private ImageFiles(Path root, int most) {
    this.root = root;
    this.most = most;
  }

  /**
   * Looks through a folder.
   *
   * @param most how many pictures it may hold
   * @throws DataSetException if it holds more, or cannot be read
   */
  static ImageFiles below(Path root, int most) {
    ImageFiles found = new ImageFiles(root, most);
    try {
      Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, found);
    } catch (IOException e) {
      throw new DataSetException(
          "%s cannot be read (%s). Check that you may read it.".formatted(root, e), e);
    }
    found.files.sort((a, b) -> a.toString().compareTo(b.toString()));
    found.others.forEach(
        (kind, count) ->
            found.warnings.add(
                "%s: %d files of kind %s were left out; JPEG, PNG, GIF and BMP are read"
                    .formatted(root, count, kind)));
    return found;
  }

  List<Path> files() {
    return List.copyOf(files);
  }

  List<String> warnings() {
    return List.copyOf(warnings);
  }

  static boolean hidden(Path path) {
    return name(path).startsWith(".");
  }

  /** The last part of a path. */
  static String name(Path path) {
    Path name = path.getFileName();
    return name == null ? "" : name.toString();
  }

  @Override
  public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
    boolean skipped = !directory.equals(root) && hidden(directory);
    return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    String name = name(file);
    String kind = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    if (hidden(file)) {
      return FileVisitResult.CONTINUE;
    }
    if (KINDS.contains(kind) && attributes.isRegularFile()) {
      requireRoom();
      files.add(file);
    } else {
      others.merge(name.contains(".") ? "." + kind : "without ending", 1, Integer::sum);
    }
    return FileVisitResult.CONTINUE;
  }

  private void requireRoom() {
    if (files.size() >= most) {
      throw new DataSetException(
          "There are more than %d pictures up to %s; at most that many are read. Name a folder that holds fewer."
              .formatted(MOST, root));
    }
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException e) {
    String reason = e instanceof FileSystemLoopException ? "it links to a folder above it" : "" + e;
    warnings.add("%s was left out: %s".formatted(file, reason));
    return FileVisitResult.CONTINUE;
  }
}
