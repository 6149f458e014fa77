package org.finchnas.coordinator.slots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryPlanTest {

  private static final long GIB = 1L << 30;

  @ParameterizedTest(name = "{0} slots of {1} GiB on {2} GiB: {3}")
  @CsvSource({
    "2, 2, 16, 2",
    "8, 2, 18, 8",
    "8, 2, 16, 7",
    "4, 8, 8, 1",
    "4, 24, 8, 1",
    "1, 2, 1, 1"
  })
  void asManySlotsAsFit(int wanted, long each, long machine, int slots) {
    assertThat(new MemoryPlan(wanted, each * GIB, machine * GIB).slots()).isEqualTo(slots);
  }

  @Test
  void itSaysWhatIsPlannedAndWhatToDoAboutLess() {
    assertThat(new MemoryPlan(2, 2 * GIB, 16 * GIB)).hasToString("2 x 2.0 GiB of 16.0 GiB");
    assertThat(new MemoryPlan(8, 2 * GIB, 16 * GIB).toString())
        .startsWith("7 x 2.0 GiB of 16.0 GiB")
        .contains("8 slots and the search itself (1.5 GiB)")
        .contains("lower execution.memoryPerSlot");
    assertThat(new MemoryPlan(1, 24 * GIB, 16 * GIB).toString()).contains("will be lost");
  }

  @Test
  void thisMachineHasMemory() {
    MemoryPlan plan = MemoryPlan.here(2, 1);

    assertThat(plan.machineBytes()).isGreaterThan(1L << 28);
    assertThat(plan.slots()).isEqualTo(2);
  }

  @Test
  void nothingIsPlannedWithoutSlots() {
    assertThatThrownBy(() -> new MemoryPlan(0, GIB, GIB))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 1 slot (0)");
  }
}
