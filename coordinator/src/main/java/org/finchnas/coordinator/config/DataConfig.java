package org.finchnas.coordinator.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.finchnas.data.DataSets;

/**
 * The images a search trains on.
 *
 * @param set {@code shapes} (default; {@code shapes:SEED} for other pictures), {@code cifar10} or
 *     another {@linkplain DataSets published one}, or {@code images:DIR}; a relative DIR starts at
 *     the folder of the configuration file, or on the command line where that is given
 * @param image rows and columns the images are scaled to; default 32
 * @param validation share of the training images held out to score candidates; default 0.1, as
 *     published for CIFAR
 * @param splitSeed decides which images; default 0, apart from the search's seed so that searches
 *     with different seeds can be compared
 */
public record DataConfig(String set, int image, double validation, long splitSeed) {

  public static final DataConfig DEFAULT = new DataConfig("shapes", 32, 0.1, 0);

  /** What {@code set} begins with if it names a folder of images. */
  public static final String IMAGES = "images:";

  private static final int LARGEST_IMAGE = 4096;

  /** Rows and columns that an image has at least. */
  static final int SMALLEST_IMAGE = 8;

  private static final List<String> SETS =
      DataSets.list(null).stream().map(DataSets.Entry::name).toList();

  private static final Pattern SET =
      Pattern.compile(
          "shapes(:-?[0-9]{1,18})?|%s|images:.+".formatted(String.join("|", DataSets.published())));

  public DataConfig {
    if (set.isBlank() || image < SMALLEST_IMAGE || !(validation > 0 && validation < 1)) {
      throw new IllegalArgumentException(
          "data needs a set (%s), an image size (%d) of at least %d and a validation share (%s)"
                  .formatted(set, image, SMALLEST_IMAGE, validation)
              + " above 0 and below 1.");
    }
  }

  static DataConfig read(Section section) {
    String set = section.read("set", DEFAULT.set, ValueRule.text(SETS, SET));
    int image =
        section.read("image", DEFAULT.image, ValueRule.integer(SMALLEST_IMAGE, LARGEST_IMAGE + 1));
    double validation =
        section.read(
            "validation",
            DEFAULT.validation,
            ValueRule.number("above 0 and below 1", share -> share > 0 && share < 1));
    long splitSeed = section.read("splitSeed", DEFAULT.splitSeed, ValueRule.seed());
    return section.finish(() -> new DataConfig(set, image, validation, splitSeed), DEFAULT);
  }

  Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("set", set);
    settings.put("image", image);
    settings.put("validation", validation);
    settings.put("splitSeed", splitSeed);
    return settings;
  }

  /** The same with a folder of images as an absolute path, which can be used from anywhere. */
  DataConfig from(Path folder) {
    if (!set.startsWith(IMAGES)) {
      return this;
    }
    Path images = folder.resolve(set.substring(IMAGES.length())).toAbsolutePath().normalize();
    return new DataConfig(IMAGES + images, image, validation, splitSeed);
  }
}
