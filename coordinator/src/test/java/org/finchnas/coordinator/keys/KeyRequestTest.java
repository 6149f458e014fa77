package org.finchnas.coordinator.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KeyRequestTest {

  @Test
  void namesThisMachineAndEachHostOnce() {
    assertThat(
            new KeyRequest(List.of("GPU-1", "localhost", "gpu-1", "fd00::7", "1.gpu"), 1).hosts())
        .containsExactly("localhost", "127.0.0.1", "gpu-1", "fd00::7", "1.gpu");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "gpu 1",
        "gpu-1:28460",
        "https://gpu-1",
        "300.1.1.1",
        "-gpu",
        "gpu-.example",
        "a..b",
        "*.example",
        "a,b"
      })
  void hostsThatAreNoneAreNamed(String host) {
    assertThatThrownBy(() -> new KeyRequest(List.of(host), 365))
        .isInstanceOf(KeyException.class)
        .hasMessageContaining("host (" + host + ") must be a DNS name or an IP address");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 3651})
  void daysOutOfRangeAreNamed(int days) {
    assertThatThrownBy(() -> new KeyRequest(List.of(), days))
        .isInstanceOf(KeyException.class)
        .hasMessageContaining("days (" + days + ") must be at least 1 and at most 3650");
  }
}
