package org.finchnas.mobile;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The bytes of an exported model: those of one file, or of a folder's files by their place in it.
 */
public final class ModelContent {

  /** The place of a model that is one file. */
  private static final String ITSELF = "";

  private final SortedMap<String, byte[]> files;

  private ModelContent(Map<String, byte[]> files) {
    this.files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }

  public static ModelContent ofFile(byte[] bytes) {
    return new ModelContent(Map.of(ITSELF, bytes));
  }

  /**
   * @param files by their path inside the folder, parts divided by {@code /}
   */
  public static ModelContent ofFolder(Map<String, byte[]> files) {
    if (files.isEmpty() || files.containsKey(ITSELF)) {
      throw new IllegalArgumentException("A folder needs files, each with a name.");
    }
    return new ModelContent(files);
  }

  /**
   * Reads a model as it lies on disk.
   *
   * @throws IOException if it is not there or cannot be read
   */
  public static ModelContent read(Path model) throws IOException {
    if (!Files.isDirectory(model)) {
      return ofFile(Files.readAllBytes(model));
    }
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(model)) {
      for (Path file : paths.filter(Files::isRegularFile).toList()) {
        files.put(
            model.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/"),
            Files.readAllBytes(file));
      }
    }
    return new ModelContent(files);
  }

  /** All files by their place; a model that is one file has the empty place. */
  public SortedMap<String, byte[]> files() {
    return files;
  }

  /** The bytes of a model that is one file: treat them as read-only. */
  public byte[] bytes() {
    byte[] bytes = files.get(ITSELF);
    if (bytes == null) {
      throw new IllegalStateException("This model is a folder of " + files.keySet());
    }
    return bytes;
  }

  /** Bytes of all files together. */
  public long size() {
    return files.values().stream().mapToLong(bytes -> bytes.length).sum();
  }

  /** Of the file's bytes, or of the places and bytes of all files; hexadecimal. */
  public String sha256() {
    MessageDigest digest = digest();
    files.forEach(
        (place, bytes) -> {
          if (!place.equals(ITSELF)) {
            digest.update((place + "\n" + bytes.length + "\n").getBytes(StandardCharsets.UTF_8));
          }
          digest.update(bytes);
        });
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Writes everything and waits until it is on the disk. */
  public void write(Path target) throws IOException {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = file.getKey().equals(ITSELF) ? target : target.resolve(file.getKey());
      Files.createDirectories(path.toAbsolutePath().getParent());
      Files.write(path, file.getValue());
      try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
    }
  }

  /**
   * Gives what was written another place; what was there before is replaced.
   *
   * @throws FileAlreadyExistsException if a folder is where a file belongs
   */
  static void move(Path from, Path to) throws IOException {
    if (Files.isDirectory(to)) {
      if (!Files.isDirectory(from)) {
        throw new FileAlreadyExistsException(
            to.toString(), null, "it is a folder. Rename it, or write elsewhere (--out)");
      }
      // A folder that holds files cannot be replaced in one step.
      Path old = from.resolveSibling(from.getFileName() + ".old");
      delete(old);
      Files.move(to, old, StandardCopyOption.ATOMIC_MOVE);
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
      delete(old);
    } else {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Deletes a model, if there is one. */
  static void delete(Path model) throws IOException {
    if (!Files.exists(model)) {
      return;
    }
    List<Path> inside;
    try (Stream<Path> paths = Files.walk(model)) {
      inside = paths.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : inside) {
      Files.delete(path);
    }
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }
}
