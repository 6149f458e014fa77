package org.finchnas.benchmarks.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A small one of {@link ChaosBenchmark}: coordinator, workers and slots are killed. */
@Timeout(900)
final class ClusterIT {

  private static final int KILLS_OF_EACH = 6;

  @TempDir private Path folder;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = 20_261_126)
  void findsTheSameWhateverIsKilled(long seed) throws Exception {
    Path home = Path.of("..").toRealPath();
    FinchCommand finch = new FinchCommand(home, folder.resolve("cache"));
    Path config = home.resolve("benchmarks/configs/chaos.yaml");
    Setup setup = new Setup(finch, config, List.of("budget.evaluations=40"), 2);
    Siege siege = Siege.prepare(setup, folder, line -> {});
    Kills kills = Kills.ofAll();

    siege.run(
        "kills", Loopback.free(), kills, KILLS_OF_EACH * Victim.values().length, new Random(seed));

    Tally tally = siege.tally();
    assertThat(tally.faults()).isEmpty();
    assertThat(tally.lost()).isZero();
    assertThat(tally.twice()).isZero();
    assertThat(tally.machineFailures()).isZero();
    assertThat(tally.damagedWeights()).isZero();
    assertThat(tally.differing()).isZero();
    for (Victim victim : Victim.values()) {
      assertThat(kills.count(victim)).as(victim.plural()).isEqualTo(KILLS_OF_EACH);
    }
  }
}
