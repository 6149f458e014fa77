package org.finchnas.coordinator.pictures;

import java.nio.file.Path;
import java.util.regex.Pattern;

/** What a run over a folder of pictures is called. */
public final class PictureRunName {

  private PictureRunName() {}

  /** The name of the folder, as far as a run may be called so. */
  public static String of(Path pictures) {
    Path folder = pictures.toAbsolutePath().normalize().getFileName();
    String plain =
        String.valueOf(folder == null ? "" : folder)
            .replaceAll("[^A-Za-z0-9._-]+", "-")
            .replaceAll("^[^A-Za-z]+|-+$", "");
    return Pattern.matches("[A-Za-z][A-Za-z0-9._-]*", plain) ? plain : "pictures";
  }
}
