package org.finchnas.mobile.latency.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.finchnas.searchspace.Blueprint;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostTimingsTest {

  private static Network network(int size) {
    return new Blueprint("mobilenet-v1@0.25", new Shape(3, size, size), 10).assemble();
  }

  @Test
  void aNetworkOfManyTimesTheWorkTakesLonger(@TempDir Path folder) throws IOException {
    List<Integer> rounds = new ArrayList<>();
    List<Double> millis =
        new HostTimings(3, 0)
            .measure(List.of(network(32), network(224)), "test", folder, rounds::add);
    assertThat(millis).hasSize(2);
    assertThat(millis.get(0)).isPositive().isLessThan(millis.get(1));
    assertThat(rounds).containsExactly(1, 2, 3);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void needsARound() {
    assertThatThrownBy(() -> new HostTimings(0, 1)).hasMessageContaining("1 round (0)");
  }

  @Test
  void sampledNetworksAreAFunctionOfTheSeed() {
    assertThat(CalibrationNetworks.sampled(5, 3)).isEqualTo(CalibrationNetworks.sampled(5, 3));
    assertThat(CalibrationNetworks.sampled(5, 3)).isNotEqualTo(CalibrationNetworks.sampled(5, 4));
  }
}
