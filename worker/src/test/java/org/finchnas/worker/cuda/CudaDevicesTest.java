package org.finchnas.worker.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.finchnas.worker.CudaRuntime;
import org.finchnas.worker.NoCudaException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CudaDevicesTest {

  private static final CudaProbe.Answer GOOD = new CudaProbe.Answer("");
  private static final CudaProbe.Answer TOO_NEW =
      CudaProbe.Answer.of(new CudaRuntime.Device("NVIDIA H100", 9, 0));

  @Test
  void namesGpusAsTheirNumbersOrAsTheVariableDoes() {
    assertThat(CudaDevices.usable(List.of(GOOD, GOOD), null)).containsExactly("0", "1");
    assertThat(CudaDevices.usable(List.of(GOOD, GOOD), "3, GPU-5a")).containsExactly("3", "GPU-5a");
    // CUDA stops counting at the first entry that is none.
    assertThat(CudaDevices.usable(List.of(GOOD), "2,-1,1")).containsExactly("2");
  }

  @Test
  void leavesOutWhatNd4jHasNoCodeFor() {
    assertThat(CudaProbe.Answer.of(new CudaRuntime.Device("NVIDIA A100", 8, 0))).isEqualTo(GOOD);
    assertThat(CudaDevices.usable(List.of(TOO_NEW, GOOD), null)).containsExactly("1");
    assertThatThrownBy(() -> CudaDevices.usable(List.of(TOO_NEW), null))
        .isInstanceOf(NoCudaException.class)
        .hasMessageContaining("NVIDIA H100 (compute capability 9.0) is newer");
  }

  @Test
  void whoUsesTheFirstGpuIsToldWhichOneToMakeTheFirst() {
    assertThatCode(() -> requireFirst(List.of(GOOD, TOO_NEW), null)).doesNotThrowAnyException();
    assertThatCode(() -> requireFirst(List.of(GOOD), "GPU-5a")).doesNotThrowAnyException();
    assertThatThrownBy(() -> requireFirst(List.of(TOO_NEW, GOOD), null))
        .isInstanceOf(NoCudaException.class)
        .hasMessageContaining("first GPU, 0, cannot")
        .hasMessageContaining("set CUDA_VISIBLE_DEVICES=1");
    assertThatThrownBy(() -> requireFirst(List.of(TOO_NEW, TOO_NEW, GOOD), "3, 2,GPU-5a"))
        .isInstanceOf(NoCudaException.class)
        .hasMessageContaining("set CUDA_VISIBLE_DEVICES=GPU-5a");
  }

  private static void requireFirst(List<CudaProbe.Answer> answers, @Nullable String variable) {
    CudaDevices.requireFirst(CudaDevices.usable(answers, variable), variable);
  }

  @Test
  void readsAnAnswerForEachLine() {
    assertThat(CudaDevices.ask(shell("printf '\\n\\nbroken\\n'")))
        .containsExactly(GOOD, GOOD, new CudaProbe.Answer("broken"));
    assertThat(CudaDevices.ask(shell("exit 0"))).isEmpty();
  }

  @Test
  void aCrashOfTheOneWhoAsksIsNoCrashHere() {
    assertThatThrownBy(() -> CudaDevices.ask(shell("kill -SEGV $$")))
        .isInstanceOf(NoCudaException.class)
        .hasMessageStartingWith("no CUDA device (CUDA ended the process that asked, with code")
        .hasMessageEndingWith("; use --backend cpu.");
  }

  @Test
  void aBuildWithoutCudaSaysHowToGetOne() {
    assumeFalse(CudaDevices.areBuiltIn(), "This build has CUDA.");
    assertThatThrownBy(() -> CudaDevices.visible(null))
        .isInstanceOf(NoCudaException.class)
        .hasMessageContaining("FINCH_BUILD=cuda")
        .hasMessageEndingWith("; use --backend cpu.");
  }

  @Test
  void aBuildWithCudaSaysWhenThereIsNoGpu() throws Exception {
    assumeTrue(CudaDevices.areBuiltIn(), "This build has no CUDA.");
    try (Stream<Path> devices = Files.list(Path.of("/dev"))) {
      assumeTrue(devices.noneMatch(path -> path.endsWith("nvidiactl")), "There is a GPU.");
    }
    assertThatThrownBy(() -> CudaDevices.visible(null))
        .isInstanceOf(NoCudaException.class)
        .hasMessageStartingWith("no CUDA device (");
  }

  private static ProcessBuilder shell(String script) {
    return new ProcessBuilder("/bin/sh", "-c", script);
  }
}
