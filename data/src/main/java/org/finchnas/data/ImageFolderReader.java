package org.finchnas.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.finchnas.data.ImageFolder.ClassFolder;
import org.finchnas.data.ImageFolder.Side;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the pictures of an {@link ImageFolder} to squares of one size. They are ordered by the
 * hash of their files, which mixes the classes and survives renaming. Pictures that do not decode
 * are left out and named.
 */
final class ImageFolderReader {

  /** Of the 256 values of a hash's first byte, those that go to the test images: one fifth. */
  private static final int TEST_BYTES = 51;

  /** A file, its place in the scratch file, and what became of it. */
  private record Picture(
      Path file, int place, ClassFolder folder, String hash, @Nullable String problem) {

    boolean tested() {
      return switch (folder.side()) {
        case TRAIN -> false;
        case TEST -> true;
        case BY_CONTENT -> Integer.parseInt(hash.substring(0, 2), 16) < TEST_BYTES;
      };
    }
  }

  private final ImageFolder folder;
  private final int size;

  ImageFolderReader(ImageFolder folder, int size) {
    this.folder = folder;
    this.size = size;
  }

  /**
   * Decodes everything.
   *
   * @param scratch directory for a temporary file as large as all images
   */
  DataSet read(Path scratch) {
    List<Picture> files = new ArrayList<>();
    for (ClassFolder of : folder.folders()) {
      of.files().forEach(file -> files.add(new Picture(file, files.size(), of, "", null)));
    }
    try {
      ByteBuffer pixels = allocate(scratch, files.size());
      List<Picture> pictures = files.parallelStream().map(p -> decode(p, pixels)).toList();
      int[] labels = pictures.stream().mapToInt(p -> p.folder().label()).toArray();
      ImageSet all = PackedImages.of(pixels, labels, 3, size, size);
      List<Picture> sound = pictures.stream().filter(p -> p.problem() == null).toList();
      boolean[] tested = tested(sound);
      return DataSet.of(
          "images",
          folder.labels(),
          select(all, sound, tested, false),
          select(all, sound, tested, true),
          warnings(pictures));
    } catch (IOException e) {
      throw new DataSetException(
          "The pictures cannot be decoded into %s (%s). Free some space there, or choose another cache directory."
              .formatted(scratch, e),
          e);
    }
  }

  /** What pictures take when they are decoded. */
  static long bytes(long count, int size) {
    return 3L * size * size * count;
  }

  private ByteBuffer allocate(Path directory, int count) throws IOException {
    long bytes = bytes(count, size);
    if (bytes > Integer.MAX_VALUE) {
      throw new DataSetException(
          "%d pictures of %d x %d take %d bytes; a data set may take %d. Choose a smaller image size or fewer pictures."
              .formatted(count, size, size, bytes, Integer.MAX_VALUE));
    }
    Path file = Files.createTempFile(directory, "decoding.", DataSetCache.PARTIAL);
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE)) {
      return channel.map(MapMode.READ_WRITE, 0, bytes);
    }
  }

  private Picture decode(Picture picture, ByteBuffer pixels) {
    String hash = "";
    String problem = null;
    try {
      byte[] file = Files.readAllBytes(picture.file());
      hash = ContentHash.of(file);
      byte[] image = new ImageDecoder(size).decode(file);
      pixels.put(picture.place() * image.length, image);
    } catch (IOException e) {
      problem = Objects.requireNonNullElse(e.getMessage(), e.toString());
    }
    return new Picture(picture.file(), picture.place(), picture.folder(), hash, problem);
  }

  /** A class that chance left without a test or a training image gets its first or last there. */
  private boolean[] tested(List<Picture> sound) {
    boolean[] tested = new boolean[sound.size()];
    for (ClassFolder of : folder.folders()) {
      int[] members =
          IntStream.range(0, sound.size())
              .filter(i -> sound.get(i).folder().folder().equals(of.folder()))
              .boxed()
              .sorted(Comparator.comparing(i -> sound.get(i).hash()))
              .mapToInt(Integer::intValue)
              .toArray();
      checkEnough(of, members.length);
      Arrays.stream(members).forEach(i -> tested[i] = sound.get(i).tested());
      if (of.side() == Side.BY_CONTENT) {
        tested[members[0]] = true;
        tested[members[members.length - 1]] = false;
      }
    }
    return tested;
  }

  private static void checkEnough(ClassFolder of, int sound) {
    int needed = of.side() == Side.BY_CONTENT ? 2 : 1;
    if (sound < needed) {
      throw new DataSetException(
          "%s holds %d pictures that decode (of %d files), and needs at least %d%s. Add some, or remove the folder."
              .formatted(
                  of.folder(),
                  sound,
                  of.files().size(),
                  needed,
                  needed == 2 ? ", one to learn from and one to be tested on" : ""));
    }
  }

  private static ImageSet select(
      ImageSet all, List<Picture> sound, boolean[] tested, boolean wanted) {
    return new Selection(
        all,
        IntStream.range(0, sound.size())
            .filter(i -> tested[i] == wanted)
            .mapToObj(sound::get)
            .sorted(Comparator.comparing(Picture::hash).thenComparing(p -> p.folder().label()))
            .mapToInt(Picture::place)
            .toArray());
  }

  private static List<String> warnings(List<Picture> pictures) {
    List<String> named =
        pictures.stream()
            .filter(p -> p.problem() != null)
            .map(p -> "%s was left out: %s".formatted(p.file(), p.problem()))
            .toList();
    String count =
        "%d of %d pictures do not decode and were left out"
            .formatted(named.size(), pictures.size());
    return named.isEmpty() ? named : Stream.concat(Stream.of(count), named.stream()).toList();
  }
}
