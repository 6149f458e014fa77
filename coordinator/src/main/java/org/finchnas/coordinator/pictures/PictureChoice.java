package org.finchnas.coordinator.pictures;

import java.time.Duration;
import java.util.List;
import org.finchnas.coordinator.config.SearchConfig;

/**
 * A search for a folder of pictures.
 *
 * @param reasons what was chosen and why, a line each, for people
 * @param setup expected until the first candidate is trained
 * @param search expected for all candidates
 * @param finals expected for training the best for use
 * @param wrapUp expected for files, their verification and the report
 */
public record PictureChoice(
    SearchConfig config,
    List<String> reasons,
    Duration setup,
    Duration search,
    Duration finals,
    Duration wrapUp) {

  public PictureChoice {
    reasons = List.copyOf(reasons);
  }

  /** From the beginning to the report. */
  public Duration expected() {
    return setup.plus(search).plus(finals).plus(wrapUp);
  }
}
