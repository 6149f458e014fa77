package org.finchnas.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class NativeBackendTest {

  private static final Set<String> HASWELL = Set.of("sse4_2", "avx", "avx2", "fma", "f16c");
  private static final Set<String> SKYLAKE_SERVER =
      Set.of("avx2", "fma", "f16c", "avx512f", "avx512cd", "avx512bw", "avx512dq", "avx512vl");
  private static final Set<String> KNIGHTS_LANDING =
      Set.of("avx2", "fma", "f16c", "avx512f", "avx512cd", "avx512er", "avx512pf");

  @Test
  void picksTheLargestInstructionSetThatTheCpuHas() {
    assertThat(NativeBackend.best("amd64", SKYLAKE_SERVER)).isEqualTo(NativeBackend.AVX512);
    assertThat(NativeBackend.best("amd64", KNIGHTS_LANDING)).isEqualTo(NativeBackend.AVX2);
    assertThat(NativeBackend.best("amd64", HASWELL)).isEqualTo(NativeBackend.AVX2);
    assertThat(NativeBackend.best("amd64", Set.of("sse4_2"))).isEqualTo(NativeBackend.ONEDNN);
    assertThat(NativeBackend.best("amd64", Set.of())).isEqualTo(NativeBackend.ONEDNN);
    assertThat(NativeBackend.best("aarch64", Set.of("asimd"))).isEqualTo(NativeBackend.PLAIN);
  }

  @Test
  void isForcedByName() {
    assertThat(NativeBackend.named("avx2")).isEqualTo(NativeBackend.AVX2);
    assertThatThrownBy(() -> NativeBackend.named("avx1024"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "finch.backend (avx1024) must be one of [avx512, avx2, onednn, plain, cuda]");
  }

  @Test
  void theLibraryThatIsLoadedIsTheSelectedOne() throws IOException {
    NativeBackend backend = NativeBackend.select();
    assertThat(Nd4j.ones(2, 2).mmul(Nd4j.ones(2, 2)).getDouble(0)).isEqualTo(2);
    Path maps = Path.of("/proc/self/maps");
    assumeTrue(Files.exists(maps), "Only Linux tells which libraries are loaded.");
    String folder = "linux-" + (System.getProperty("os.arch").equals("amd64") ? "x86_64" : "arm64");
    try (Stream<String> lines = Files.lines(maps)) {
      assertThat(lines.filter(line -> line.endsWith("libnd4jcpu.so")))
          .isNotEmpty()
          .allMatch(line -> line.contains("/" + folder + backend.extension() + "/"));
    }
    assertThat(backend.description())
        .contains("nd4j-native 1.0.0-M2.1 ")
        .contains(backend.extension() + ", openblas 0.3.19")
        .contains(", onednn 2.5.2");
  }

  @Test
  void aNumericClassTellsAGpu() {
    assertThat(NativeBackend.isOfGpu("nd4j-cuda-11.6 1.0.0-M2.1 linux-x86_64-cudnn, arithmetic 4"))
        .isTrue();
    assertThat(NativeBackend.isOfGpu(NativeBackend.select().description())).isFalse();
  }

  @Test
  void whateverAGpuDoesWrongIsToldAsNoCuda() {
    assertThatCode(() -> NativeBackend.requireSix(() -> 6)).doesNotThrowAnyException();
    assertThatThrownBy(() -> NativeBackend.requireSix(() -> 5))
        .isInstanceOf(NoCudaException.class)
        .hasMessageContaining("up to 5.0");
    assertThatThrownBy(
            () ->
                NativeBackend.requireSix(
                    () -> {
                      throw new RuntimeException("no kernel image is available");
                    }))
        .isInstanceOf(NoCudaException.class)
        .hasMessageContaining("no kernel image is available");
  }
}
