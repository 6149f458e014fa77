package org.finchnas.coordinator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.finchnas.coordinator.Toy;
import org.finchnas.evaluation.ZeroCostProxy;
import org.finchnas.searchspace.Architecture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProxyFileTest {

  private static final Architecture SMALL = Toy.architecture(1, 8);
  private static final Architecture LARGE = Toy.architecture(2, 8);

  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("proxies.jsonl");
  }

  private void writeTwo() {
    try (ProxyFile proxies = ProxyFile.open(file())) {
      proxies.put(
          SMALL, Map.of(ZeroCostProxy.SYNFLOW, 0.1, ZeroCostProxy.GRADIENT_NORM, 1e300), false);
      proxies.put(LARGE, Map.of(ZeroCostProxy.SYNFLOW, Double.NaN), true);
    }
  }

  @Test
  void saysOfWhichAMachineIsTheReason() throws IOException {
    writeTwo();

    assertThat(Files.readAllLines(file()))
        .satisfiesExactly(
            line -> assertThat(line).doesNotContain("lost"),
            line -> assertThat(line).contains("\"lost\":true"));
  }

  @Test
  void keepsEveryValueBitForBit() {
    writeTwo();
    try (ProxyFile proxies = ProxyFile.open(file())) {
      proxies.put(SMALL, Map.of(ZeroCostProxy.NASWOT, Double.NEGATIVE_INFINITY), false);
    }

    try (ProxyFile proxies = ProxyFile.open(file())) {
      assertThat(proxies.find(SMALL.id()))
          .isEqualTo(
              Map.of(
                  ZeroCostProxy.SYNFLOW, 0.1,
                  ZeroCostProxy.GRADIENT_NORM, 1e300,
                  ZeroCostProxy.NASWOT, Double.NEGATIVE_INFINITY));
      assertThat(proxies.find(LARGE.id())).isEqualTo(Map.of(ZeroCostProxy.SYNFLOW, Double.NaN));
      assertThat(proxies.find(Toy.architecture(3, 8).id())).isEmpty();
    }
  }

  @Test
  void isNotThereBeforeTheFirst() {
    ProxyFile.open(file()).close();

    assertThat(file()).doesNotExist();
  }

  @Test
  void writesOverATornLastLine() throws IOException {
    writeTwo();
    String whole = Files.readString(file());
    for (int kept = 0; kept <= whole.length(); kept++) {
      Files.writeString(file(), whole.substring(0, kept));
      try (ProxyFile proxies = ProxyFile.open(file())) {
        proxies.put(LARGE, Map.of(ZeroCostProxy.NASWOT, 3.0), false);
      }

      try (ProxyFile proxies = ProxyFile.open(file())) {
        assertThat(proxies.find(LARGE.id())).containsEntry(ZeroCostProxy.NASWOT, 3.0);
        assertThat(proxies.find(SMALL.id()).isEmpty()).isEqualTo(kept <= whole.indexOf('\n'));
      }
    }
  }

  @Test
  void namesADamagedLine() throws IOException {
    writeTwo();
    Files.writeString(file(), "{oops}\n{}\n", StandardOpenOption.APPEND);

    assertThatThrownBy(() -> ProxyFile.open(file()))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("line 3");
  }
}
