package org.finchnas.cli;

import org.finchnas.coordinator.TrainingSite;

/** Who trains for a search. */
interface Crew {

  /** Says who it is and makes it ready; its class of numbers and its images may take longer. */
  TrainingSite start();
}
