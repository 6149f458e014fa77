package org.finchnas.coordinator.cluster.worker;

import java.nio.file.Path;
import org.finchnas.coordinator.TrainingSite;
import org.finchnas.coordinator.cluster.message.Reply.SlotSettings;
import org.finchnas.evaluation.TrainingTask;

/** Makes a worker's slots ready. */
@FunctionalInterface
public interface SiteStarter {

  /**
   * Starts slots and waits until they are ready.
   *
   * @param logDirectory where what they say goes
   * @throws java.util.concurrent.CancellationException if the thread is interrupted; then none is
   *     left
   * @throws RuntimeException if they cannot work
   */
  TrainingSite start(TrainingTask task, SlotSettings settings, Path logDirectory);
}
