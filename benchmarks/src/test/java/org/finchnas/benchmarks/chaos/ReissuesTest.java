package org.finchnas.benchmarks.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReissuesTest {

  private static final Instant KILLED = Instant.parse("2026-01-01T00:00:00Z");
  private static final String LOG =
      """
      2026-01-01T00:00:01Z Worker worker-1 (host, process 12) joined: 1 slot on CPU.
      2026-01-01T00:00:14Z Worker worker-0 (host, process 11) was not heard of for 15 seconds; its candidate goes to others.
      2026-01-01T00:00:15.250Z Worker worker-1 (host, process 12) was not heard of for 15 seconds; its 2 candidates go to others.
      2026-01-01T00:00:16Z Worker worker-2 (host, process 13) was not heard of for 15 seconds.
      """;

  @TempDir private Path run;

  @Test
  void timesTheWorkOfKilledWorkersAlone() throws Exception {
    Files.createDirectory(run.resolve("cluster"));
    Files.writeString(run.resolve("cluster/log.txt"), LOG);

    assertThat(Reissues.read(run, Map.of(12L, KILLED, 13L, KILLED)))
        .containsExactly(Duration.ofMillis(15_250));
  }

  @Test
  void aRunWithoutALogHasNone() {
    assertThat(Reissues.read(run, Map.of(12L, KILLED))).isEmpty();
  }
}
