package org.finchnas.evaluation.slot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SlotCommandTest {

  private static final String GPU = "CUDA_VISIBLE_DEVICES";

  @Test
  void eachSlotSeesOneGpuInTurn() {
    SlotCommand command = new SlotCommand("java", "classes", 1L << 30, List.of("0", "GPU-5a"));
    assertThat(command.processBuilder(0).environment()).containsEntry(GPU, "0");
    assertThat(command.processBuilder(1).environment()).containsEntry(GPU, "GPU-5a");
    assertThat(command.processBuilder(2).environment()).containsEntry(GPU, "0");
    assertThat(command.processBuilder(1).command())
        .contains("-Dfinch.backend=cuda", "-Dorg.bytedeco.javacpp.maxphysicalbytes=0");
  }

  @Test
  void onTheCpuMemoryIsLimitedAndNoGpuNamed() {
    ProcessBuilder builder = new SlotCommand("java", "classes", 7, List.of()).processBuilder(1);
    assertThat(builder.command())
        .contains("-Dorg.bytedeco.javacpp.maxphysicalbytes=7")
        .doesNotContain("-Dfinch.backend=cuda");
    assertThat(builder.environment().get(GPU)).isEqualTo(System.getenv(GPU));
  }
}
