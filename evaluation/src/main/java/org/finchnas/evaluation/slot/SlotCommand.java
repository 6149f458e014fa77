package org.finchnas.evaluation.slot;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How a slot process is started. Its standard input and output carry a {@link SlotChannel}; what it
 * has to say to people goes to its standard error.
 *
 * <p>One training uses one core: several OpenMP teams on one machine slow each other down by a
 * factor of three to six, and with one thread the same seed gives the same weights bit for bit. The
 * Java heap is small because images are mapped from a file and weights live in native memory; its
 * young generation is smaller still, as garbage that waits to be collected is resident memory.
 *
 * @param java the executable
 * @param classPath with the worker module and the native libraries of this platform
 * @param maxBytes native memory it may use; 0 for no limit. Not enforced on a GPU, whose libraries
 *     alone take some 3 GB of address space in a process
 * @param gpus none to train on the CPU; otherwise slot i sees the one GPU at i modulo their number,
 *     each given as CUDA_VISIBLE_DEVICES names it
 */
public record SlotCommand(String java, String classPath, long maxBytes, List<String> gpus) {

  /** System property of the slot: which of ND4J's native libraries it uses. */
  public static final String BACKEND_PROPERTY = "finch.backend";

  /** The class with the slot's main method, named here because its module is not seen from here. */
  public static final String MAIN_CLASS = "org.finchnas.worker.slot.SlotMain";

  /**
   * A training leaves little behind on the Java heap between collections, so a small young
   * generation serves it. Left to itself Java starts with a 64th of the machine's memory, and the
   * process grows for hundreds of candidates until each page of that was touched once.
   */
  private static final List<String> JVM_ARGUMENTS =
      List.of("-Xms64m", "-Xmn32m", "-Xmx1g", "-XX:+UseSerialGC", "-XX:+DisplayVMOutputToStderr");

  /**
   * What native libraries read when they are loaded. One thread computes. One thread allocates, so
   * an arena for each of Java's own would only keep memory apart; and memory that an operation
   * frees is kept for the next one until the training is over, as fresh pages are dear.
   */
  public static final Map<String, String> ENVIRONMENT =
      Map.of(
          "OMP_NUM_THREADS", "1",
          "OPENBLAS_NUM_THREADS", "1",
          "MALLOC_ARENA_MAX", "1",
          "MALLOC_MMAP_THRESHOLD_", Integer.toString(32 << 20),
          "MALLOC_TRIM_THRESHOLD_", Integer.toString(1 << 30));

  /**
   * Starts the rest of its arguments with the pipe of messages as descriptor 3 and whatever native
   * code prints on its standard output sent to the standard error, out of the messages' way. The
   * process stays the shell's own, so its id and its end are those of the slot. Signals that a
   * terminal or a supervisor sends to a whole group are for the owner alone, who may let trainings
   * end first; a slot ends when its input does.
   */
  private static final List<String> REDIRECTING_SHELL =
      List.of("/bin/sh", "-c", "trap '' INT TERM HUP; exec \"$@\" 3>&1 1>&2", "finch-slot");

  private static final String MESSAGE_PIPE = "/dev/fd/3";

  public SlotCommand {
    gpus = List.copyOf(gpus);
  }

  /** Slots on the CPU with the Java and the class path of this process. */
  public static SlotCommand likeThisProcess(long maxBytes) {
    return likeThisProcess(maxBytes, List.of());
  }

  /** Slots with the Java and the class path of this process. */
  public static SlotCommand likeThisProcess(long maxBytes, List<String> gpus) {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return new SlotCommand(java.toString(), System.getProperty("java.class.path"), maxBytes, gpus);
  }

  /** The process of the first slot. */
  public ProcessBuilder processBuilder() {
    return processBuilder(0);
  }

  /**
   * A process to start, all three streams piped.
   *
   * @param slot counted from 0
   */
  public ProcessBuilder processBuilder(int slot) {
    ProcessBuilder builder = new ProcessBuilder(arguments());
    builder.environment().putAll(ENVIRONMENT);
    if (!gpus.isEmpty()) {
      builder.environment().put("CUDA_VISIBLE_DEVICES", gpus.get(slot % gpus.size()));
    }
    return builder;
  }

  private List<String> arguments() {
    boolean redirected = Files.isExecutable(Path.of(REDIRECTING_SHELL.get(0)));
    List<String> arguments = new ArrayList<>(redirected ? REDIRECTING_SHELL : List.of());
    arguments.add(java);
    arguments.addAll(JVM_ARGUMENTS);
    // JavaCPP's limits; without them it refuses to use more than the Java heap's size.
    long limit = gpus.isEmpty() ? maxBytes : 0;
    arguments.add("-Dorg.bytedeco.javacpp.maxbytes=" + limit);
    arguments.add("-Dorg.bytedeco.javacpp.maxphysicalbytes=" + limit);
    if (!gpus.isEmpty()) {
      arguments.add("-D" + BACKEND_PROPERTY + "=cuda");
    }
    arguments.add("-cp");
    arguments.add(classPath);
    arguments.add(MAIN_CLASS);
    if (redirected) {
      arguments.add(MESSAGE_PIPE);
    }
    return arguments;
  }
}
