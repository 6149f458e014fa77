package org.finchnas.mobile.latency.profile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.finchnas.searchspace.DidYouMean;

/**
 * The profiles in a folder, each in a file of its name.
 *
 * @param folder that need not exist: then there are none
 */
public record DeviceProfiles(Path folder) {

  private static final String SUFFIX = ".yaml";

  /** The names of all, in order. */
  public List<String> names() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(SUFFIX))
          .map(name -> name.substring(0, name.length() - SUFFIX.length()))
          .sorted()
          .toList();
    }
  }

  /**
   * All of them, in the order of their names.
   *
   * @throws UnreadableProfileException if a file is none
   */
  public List<DeviceProfile> all() throws IOException {
    List<DeviceProfile> profiles = new ArrayList<>();
    for (String name : names()) {
      profiles.add(ProfileFile.read(folder.resolve(name + SUFFIX)));
    }
    return profiles;
  }

  /**
   * The profile of a name, or that in a file.
   *
   * @throws UnreadableProfileException if there is none (says the nearest names), or the file is
   *     none
   */
  public DeviceProfile find(String nameOrFile) throws IOException {
    Path file = Path.of(nameOrFile);
    boolean isFile = nameOrFile.endsWith(SUFFIX) || nameOrFile.contains("/");
    if (isFile && Files.isRegularFile(file)) {
      return ProfileFile.read(file);
    }
    List<String> names = names();
    if (names.contains(nameOrFile)) {
      return ProfileFile.read(folder.resolve(nameOrFile + SUFFIX));
    }
    throw new UnreadableProfileException(
        isFile
            ? "There is no file %s with a device profile.".formatted(nameOrFile)
            : "There is no device profile \"%s\". %s A file is named with its end, %s."
                .formatted(nameOrFile, DidYouMean.sentence(nameOrFile, names), SUFFIX),
        null);
  }
}
