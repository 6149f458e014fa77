package org.finchnas.coordinator.config;

import java.util.LinkedHashMap;
import java.util.Map;
import org.finchnas.evaluation.Fidelity;

/**
 * How those of the front that are exported are trained for use when the search is over.
 *
 * @param epochs default 30; 0 exports them as the search trained them
 * @param images how many training images are used; default 0 for all
 * @param inheritWeights whether a training begins with the weights the search left; default false,
 *     fresh ones
 */
public record FinalConfig(int epochs, int images, boolean inheritWeights) {

  public static final FinalConfig DEFAULT = new FinalConfig(30, 0, false);

  /** As the search trained them. */
  public static final FinalConfig NONE = new FinalConfig(0, 0, false);

  public FinalConfig {
    if (epochs < 0 || images < 0) {
      throw new IllegalArgumentException(
          "epochs (%d) must be 0 (no final training) or more, images (%d) 0 (all) or more."
              .formatted(epochs, images));
    }
  }

  static FinalConfig read(Section section) {
    int epochs = section.read("epochs", DEFAULT.epochs, ValueRule.integer(0));
    int images = section.read("images", DEFAULT.images, ValueRule.integer(0));
    boolean inherit = section.read("inheritWeights", DEFAULT.inheritWeights, ValueRule.flag());
    return section.finish(() -> new FinalConfig(epochs, images, inherit), DEFAULT);
  }

  /** Whether there is a final training. */
  public boolean isAsked() {
    return epochs > 0;
  }

  /**
   * @param searched the fidelity of the search, whose resolution is kept
   */
  public Fidelity fidelity(Fidelity searched) {
    return new Fidelity(epochs, images, searched.resolution());
  }

  Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("epochs", epochs);
    settings.put("images", images);
    settings.put("inheritWeights", inheritWeights);
    return settings;
  }
}
