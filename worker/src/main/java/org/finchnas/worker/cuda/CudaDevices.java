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

  /**
   * Whoever loads CUDA into a process that sees them all computes on the first.
   *
   * @param usable what {@link #visible} answered
   * @param variable the value of {@value #VARIABLE} in this process's environment
   * @throws NoCudaException if the first that CUDA shows is not among the usable ones
   */
  public static void requireFirst(List<String> usable, @Nullable String variable) {
    String first = name(0, entries(variable));
    if (!usable.contains(first)) {
      throw new NoCudaException(
          "the first GPU, %s, cannot be used, but %s can: set %s=%s"
              .formatted(first, String.join(", ", usable), VARIABLE, usable.get(0)));
    }
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
    String[] entries = entries(variable);
    List<String> usable = new ArrayList<>();
    String problem = "CUDA counts none";
    for (int i = 0; i < answers.size(); i++) {
      if (answers.get(i).problem().isEmpty()) {
        usable.add(name(i, entries));
      } else {
        problem = answers.get(i).problem();
      }
    }
    if (usable.isEmpty()) {
      throw new NoCudaException(problem);
    }
    return usable;
  }

  private static String[] entries(@Nullable String variable) {
    return variable == null ? new String[0] : variable.split(",");
  }

  private static String name(int index, String[] entries) {
    return index < entries.length ? entries[index].strip() : Integer.toString(index);
  }
}
