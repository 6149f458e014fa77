package org.finchnas.data;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A user's own pictures, a folder per class. Folders {@code train} and {@code test} with the same
 * classes in both are taken as they are; otherwise the content of a file decides whether it is
 * tested on (one in five), so that neither its name nor other files matter.
 */
final class ImageFolder {

  /** Pictures of one class, and the side they must be on. */
  record ClassFolder(Path folder, int label, Side side, List<Path> files) {
    ClassFolder {
      files = List.copyOf(files);
    }
  }

  /** What a picture is for. */
  enum Side {
    TRAIN,
    TEST,
    BY_CONTENT
  }

  private final Path root;
  private final List<String> labels;
  private final boolean split;
  private final List<ClassFolder> folders = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  /**
   * Looks through a folder.
   *
   * @throws DataSetException unless there are at least two classes with pictures
   */
  ImageFolder(Path root) {
    this.root = root;
    if (!Files.isDirectory(root)) {
      throw new DataSetException(
          "images:%s: there is no such folder. Name one that holds a folder of pictures per class."
              .formatted(root));
    }
    Path train = root.resolve("train");
    Path test = root.resolve("test");
    this.split = Files.isDirectory(train) && Files.isDirectory(test);
    this.labels = classes(split ? train : root);
    checkClasses(split ? train : root);
    if (split) {
      checkSame(train, test);
      add(train, Side.TRAIN);
      add(test, Side.TEST);
    } else {
      add(root, Side.BY_CONTENT);
    }
  }

  List<String> labels() {
    return labels;
  }

  List<ClassFolder> folders() {
    return List.copyOf(folders);
  }

  /** Whether the folder itself says what is tested on. */
  boolean isSplit() {
    return split;
  }

  /** What was left out without opening it. */
  List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** Changes when the files do. */
  String fingerprint() {
    return Fingerprint.of(root, folders.stream().flatMap(f -> f.files().stream()).toList());
  }

  private void add(Path parent, Side side) {
    for (int label = 0; label < labels.size(); label++) {
      Path folder = parent.resolve(labels.get(label));
      int known = folders.stream().mapToInt(other -> other.files().size()).sum();
      ImageFiles found = ImageFiles.below(folder, ImageFiles.MOST - known);
      warnings.addAll(found.warnings());
      if (found.files().isEmpty()) {
        throw new DataSetException(
            "%s holds no pictures, and a class needs some. Put JPEG, PNG, GIF or BMP files there, or remove the folder."
                .formatted(folder));
      }
      folders.add(new ClassFolder(folder, label, side, found.files()));
    }
  }

  private void checkClasses(Path parent) {
    if (labels.size() < 2) {
      throw new DataSetException(
          "%s holds %s, and telling apart needs at least two. Put the pictures of each class into a folder of its own: %s, %s."
              .formatted(
                  parent,
                  labels.isEmpty() ? "no class folder" : "only the class " + labels.get(0),
                  parent.resolve("cat").resolve("1.jpg"),
                  parent.resolve("dog").resolve("1.jpg")));
    }
  }

  private void checkSame(Path train, Path test) {
    List<String> tested = classes(test);
    List<String> lonely =
        Stream.concat(
                labels.stream().filter(label -> !tested.contains(label)).map(train::resolve),
                tested.stream().filter(label -> !labels.contains(label)).map(test::resolve))
            .map(Path::toString)
            .toList();
    if (!lonely.isEmpty()) {
      throw new DataSetException(
          "%s and %s must hold the same classes; only on one side: %s. Add the folder on the other side, or remove it."
              .formatted(train, test, String.join(", ", lonely)));
    }
  }

  /** The folders in a folder; what lies beside them is of no class and left out. */
  private List<String> classes(Path parent) {
    List<String> names = new ArrayList<>();
    int beside = 0;
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(parent, entry -> !ImageFiles.hidden(entry))) {
      for (Path entry : entries) {
        if (!Files.isDirectory(entry)) {
          beside++;
        } else if (isAround(entry, parent)) {
          warnings.add("%s was left out: it links to a folder above it".formatted(entry));
        } else {
          names.add(ImageFiles.name(entry));
        }
      }
    } catch (IOException e) {
      throw new DataSetException(
          "%s cannot be read (%s). Check that you may read it.".formatted(parent, e), e);
    }
    if (beside > 0) {
      warnings.add("%s: %d files beside the class folders were left out".formatted(parent, beside));
    }
    names.sort(Comparator.naturalOrder());
    return List.copyOf(names);
  }

  /** Whether a link leads to where it was found or above, so that it would hold all classes. */
  private static boolean isAround(Path entry, Path parent) throws IOException {
    return parent.toRealPath().startsWith(entry.toRealPath());
  }
}
