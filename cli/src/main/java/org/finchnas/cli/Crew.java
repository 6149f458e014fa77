package org.finchnas.cli;

import java.util.List;
import org.finchnas.coordinator.TrainingSite;

/** Who trains for a search. */
interface Crew {

  /** Options of {@code finch resume} that get the same crew again. */
  default List<String> resumeOptions() {
    return List.of();
  }

  /** Says who it is and makes it ready; its class of numbers and its images may take longer. */
  TrainingSite start();
}
