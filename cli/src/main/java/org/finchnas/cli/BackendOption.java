package org.finchnas.cli;

import java.util.List;
import org.finchnas.worker.NativeBackend;
import org.finchnas.worker.NoCudaException;
import org.finchnas.worker.cuda.CudaDevices;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --backend}: whether the CPU or GPUs train. */
final class BackendOption {

  private static final String CPU = "cpu";
  private static final String CUDA = "cuda";

  @Option(
      names = "--backend",
      paramLabel = "cpu|cuda",
      description =
          "What trains; default: NVIDIA GPUs if there are any and Finch was built for them"
              + " (FINCH_BUILD=cuda), else the CPU.")
  private @Nullable String backend;

  boolean isSaid() {
    return backend != null;
  }

  /**
   * The GPUs to train on, as CUDA_VISIBLE_DEVICES names them; none for the CPU.
   *
   * @throws NoCudaException if GPUs were asked for and there is none
   */
  List<String> gpus(Output output) {
    if (backend != null) {
      return asked(backend);
    }
    if (!CudaDevices.areBuiltIn()) {
      return List.of();
    }
    try {
      return visible();
    } catch (NoCudaException e) {
      output.warn("Training on the CPU, as there is %s", String.valueOf(e.getMessage()));
      return List.of();
    }
  }

  /** The same for a run that is resumed: by default what it was begun with. */
  List<String> gpusLike(String numericClass) {
    boolean onGpu = NativeBackend.isOfGpu(numericClass);
    return asked(backend == null ? (onGpu ? CUDA : CPU) : backend);
  }

  private static List<String> asked(String backend) {
    return switch (backend) {
      case CPU -> List.of();
      case CUDA -> visible();
      default -> throw new InputException("--backend (%s) must be cpu or cuda.".formatted(backend));
    };
  }

  private static List<String> visible() {
    return CudaDevices.visible(System.getenv(CudaDevices.VARIABLE));
  }
}
