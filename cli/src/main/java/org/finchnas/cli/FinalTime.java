package org.finchnas.cli;

import java.time.Duration;
import java.util.List;
import org.finchnas.coordinator.config.SearchConfig;
import org.finchnas.evaluation.Evaluation.Completed;
import org.finchnas.evaluation.Execution;

/** How long final trainings will take, from how long the same networks took in the search. */
final class FinalTime {

  private FinalTime() {}

  /**
   * What to say of it; empty where nothing is known.
   *
   * @param trainImages how many there are
   * @param missing how many of the front's first are still to be trained
   * @param slots that train side by side
   */
  static String of(FrontTable front, SearchConfig config, int trainImages, int missing, int slots) {
    List<Completed> chosen = front.members().stream().limit(config.export().models()).toList();
    int images = config.finals().images() == 0 ? trainImages : config.finals().images();
    double seconds = 0;
    for (Completed member : chosen) {
      Execution execution = member.execution();
      if (execution == null || member.trainedImages() == 0) {
        return "";
      }
      double perImage = execution.took().toNanos() / 1e9 / member.trainedImages();
      seconds += perImage * images * config.finals().epochs();
    }
    int atOnce = Math.max(1, Math.min(slots, missing));
    long whole = Math.round(seconds * missing / chosen.size() / atOnce);
    return " (about %s)".formatted(Quantity.duration(Duration.ofSeconds(Math.max(1, whole))));
  }
}
