package org.finchnas.coordinator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Searches on clusters where everything goes wrong that can: workers die, are cut off and come back
 * with what they had finished; messages are lost before or after they were acted on, come late and
 * twice; machines fail trainings; the coordinator dies, also between keeping a result and saying
 * so. All in one thread and in made-up time, so that a seed tells it all.
 */
class SimulatedClusterTest {

  @TempDir Path directory;

  @ParameterizedTest(name = "seeds {0} to {1}")
  @CsvSource({"0, 49", "50, 99", "100, 149", "150, 199"})
  void everyCandidateSettlesOnce(long first, long last) throws IOException {
    for (long seed = first; seed <= last; seed++) {
      Random random = new Random(seed);
      SimulatedCluster.Trouble trouble = SimulatedCluster.Trouble.of(random);
      Path weights = Files.createDirectory(directory.resolve("weights-" + seed));
      SimulatedCluster cluster = new SimulatedCluster(random, trouble, weights, 5000 * seed);
      assertThat(cluster.run()).as("seed %d, %s", seed, trouble).isEmpty();
    }
  }
}
