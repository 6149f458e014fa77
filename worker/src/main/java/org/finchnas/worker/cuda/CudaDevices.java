package org.finchnas.worker.cuda;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.finchnas.worker.NativeBackend;
import org.finchnas.worker.NoCudaException;
import org.jspecify.annotations.Nullable;

/**
 * The NVIDIA GPUs that may be trained on, each by what makes it the only one that a process sees:
 * its entry in {@value #VARIABLE}.
 *
 * <p>CUDA is asked in a process of its own: a broken driver may crash or hang there, and this
 * process can still choose what native code it loads.
 */
public final class CudaDevices {

  /** The environment variable that tells CUDA which GPUs to show, in which order. */
  public static final String VARIABLE = "CUDA_VISIBLE_DEVICES";

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private CudaDevices() {}

  /** Whether this build of Finch could use a GPU. */
  public static boolean areBuiltIn() {
    return NativeBackend.isBuiltWithCuda();
  }

  /**
   * Asks CUDA.
   *
   * @param variable the value of {@value #VARIABLE} in this process's environment
   * @return at least one
   * @throws NoCudaException if there is no GPU that this build can use
   */
  public static List<String> visible(@Nullable String variable) {
    if (!areBuiltIn()) {
      throw new NoCudaException(
          "this build of Finch has no CUDA: FINCH_BUILD=cuda ./finch --version builds one that has,"
              + " which downloads 2.4 GB once");
    }
    return usable(ask(new ProcessBuilder(command())), variable);
  }

  private static List<String> command() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx256m",
        "-cp",
        System.getProperty("java.class.path"),
        CudaProbe.class.getName());
  }

  /** The answer of a {@link CudaProbe}. */
  static List<CudaProbe.Answer> ask(ProcessBuilder command) {
    command.redirectError(ProcessBuilder.Redirect.DISCARD);
    try {
      Process process = command.start();
      process.getOutputStream().close();
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new NoCudaException(
            "CUDA did not answer for %d seconds".formatted(PATIENCE.toSeconds()));
      }
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.exitValue() != 0) {
        throw new NoCudaException(
            "CUDA ended the process that asked, with code " + process.exitValue());
      }
      return said.lines().map(CudaProbe.Answer::parse).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NoCudaException("the wait for CUDA was interrupted", e);
    }
  }

  /**
   * @param variable the value of {@value #VARIABLE}, which chooses and orders what CUDA counts
   */
  static List<String> usable(List<CudaProbe.Answer> answers, @Nullable String variable) {
    String[] entries = variable == null ? new String[0] : variable.split(",");
    List<String> usable = new ArrayList<>();
    String problem = "CUDA counts none";
    for (int i = 0; i < answers.size(); i++) {
      if (answers.get(i).problem().isEmpty()) {
        usable.add(i < entries.length ? entries[i].strip() : Integer.toString(i));
      } else {
        problem = answers.get(i).problem();
      }
    }
    if (usable.isEmpty()) {
      throw new NoCudaException(problem);
    }
    return usable;
  }
}
