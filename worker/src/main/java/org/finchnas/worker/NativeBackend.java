package org.finchnas.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.function.DoubleSupplier;
import org.finchnas.evaluation.slot.SlotCommand;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The build of ND4J's native library that this CPU can run. Several lie on the class path; a build
 * for a larger instruction set than the CPU's dies with an illegal instruction, so {@link #select}
 * must run before the first ND4J class is loaded.
 *
 * <p>Training uses one OpenMP thread a process: teams of several trainings slow each other down.
 * Whoever starts a process that trains sets {@code OMP_NUM_THREADS=1} there, as OpenMP reads it
 * when it is loaded.
 */
public enum NativeBackend {
  AVX512("-onednn-avx512"),
  AVX2("-onednn-avx2"),
  ONEDNN("-onednn"),
  /** No oneDNN: other CPUs than x86-64, and on request. */
  PLAIN(""),
  /** An NVIDIA GPU with cuDNN; only on request. */
  CUDA("-cudnn");

  /** System property that forces a build by name, such as {@code avx2} or {@code cuda}. */
  public static final String PROPERTY = SlotCommand.BACKEND_PROPERTY;

  /**
   * Raised by whoever changes a bit of what a training computes: kernels, initialisation, order and
   * augmentation of images, update. Then a run begun before is not gone on with, half of each.
   */
  private static final int ARITHMETIC = 4;

  private static final String GPU_ARTIFACT = "nd4j-cuda-11.6";
  private static final Set<String> AVX512_FLAGS =
      Set.of("avx512f", "avx512cd", "avx512bw", "avx512dq", "avx512vl");
  private static final Set<String> AVX2_FLAGS = Set.of("avx2", "fma", "f16c");

  private final String extension;

  NativeBackend(String extension) {
    this.extension = extension;
  }

  /**
   * Makes ND4J load the best build for this CPU, or the one named by {@link #PROPERTY}. Later calls
   * change nothing.
   *
   * @throws IllegalArgumentException if the property names no build
   */
  public static NativeBackend select() {
    String forced = System.getProperty(PROPERTY);
    if (forced != null) {
      named(forced);
    }
    return Selected.BACKEND;
  }

  /**
   * Makes ND4J use a GPU in this process.
   *
   * @throws IllegalStateException if another build was selected before
   */
  public static NativeBackend selectCuda() {
    System.setProperty(PROPERTY, CUDA.name());
    NativeBackend selected = select();
    if (selected != CUDA) {
      throw new IllegalStateException("%s was selected before CUDA.".formatted(selected));
    }
    return selected;
  }

  /** Whether arrays lie in the memory of this process, where Java can read them. */
  public boolean isOnHost() {
    return this != CUDA;
  }

  /** Whether oneDNN can be called in this process. */
  public boolean hasOneDnn() {
    return this == AVX512 || this == AVX2 || this == ONEDNN;
  }

  /**
   * Loads ND4J and computes something on a GPU, where more can be wrong than on a CPU; does nothing
   * for a CPU.
   *
   * @throws NoCudaException if that does not work
   */
  public void requireWorking() {
    if (!isOnHost()) {
      requireSix(() -> Nd4j.ones(DataType.FLOAT, 2, 3).sumNumber().doubleValue());
    }
  }

  static void requireSix(DoubleSupplier sumOfSixOnes) {
    double sum;
    try {
      sum = sumOfSixOnes.getAsDouble();
    } catch (LinkageError e) {
      throw new NoCudaException("ND4J cannot be loaded: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      // ND4J tells all that goes wrong on a GPU by exceptions of no type of their own.
      throw new NoCudaException("ND4J cannot compute on it: " + e.getMessage(), e);
    }
    if (sum != 6) {
      throw new NoCudaException("it adds six ones up to " + sum);
    }
  }

  /** What follows the platform in the name of the build. */
  String extension() {
    return extension;
  }

  /** The best build for a CPU of the given architecture and instruction sets. */
  static NativeBackend best(String architecture, Set<String> flags) {
    if (!architecture.equals("amd64") && !architecture.equals("x86_64")) {
      return PLAIN;
    }
    if (flags.containsAll(AVX512_FLAGS) && flags.containsAll(AVX2_FLAGS)) {
      return AVX512;
    }
    return flags.containsAll(AVX2_FLAGS) ? AVX2 : ONEDNN;
  }

  static NativeBackend named(String name) {
    return Arrays.stream(values())
        .filter(backend -> backend.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s (%s) must be one of %s. Leave it out to let the CPU decide."
                        .formatted(
                            PROPERTY, name, Arrays.toString(values()).toLowerCase(Locale.ROOT))));
  }

  /**
   * What computes: backend, instruction set, versions, Finch's own arithmetic. Trainings of another
   * description give other bits; those of the same one may, on another model of CPU.
   */
  public String description() {
    if (this == CUDA) {
      return "%s %s linux-x86_64%s, cuda %s, %s, arithmetic %d"
          .formatted(
              GPU_ARTIFACT,
              version("org.nd4j", GPU_ARTIFACT),
              extension,
              version("org.bytedeco", "cuda"),
              CudaRuntime.devices().get(0),
              ARITHMETIC);
    }
    return "nd4j-native %s linux-%s, openblas %s, onednn %s, arithmetic %d"
        .formatted(
            version("org.nd4j", "nd4j-native"),
            System.getProperty("os.arch") + extension,
            version("org.bytedeco", "openblas"),
            version("org.bytedeco", "dnnl"),
            ARITHMETIC);
  }

  /** Whether this build of Finch could use a GPU. */
  public static boolean isBuiltWithCuda() {
    return BackendServices.isPresent(BackendServices.CUDA);
  }

  /** Whether a numeric class is one of a GPU. */
  public static boolean isOfGpu(String numericClass) {
    return numericClass.startsWith(GPU_ARTIFACT + " ");
  }

  private static String version(String group, String artifact) {
    String resource = "/META-INF/maven/%s/%s/pom.properties".formatted(group, artifact);
    try (var stream = NativeBackend.class.getResourceAsStream(resource)) {
      if (stream == null) {
        return "of unknown version";
      }
      var properties = new Properties();
      properties.load(stream);
      return properties.getProperty("version", "of unknown version");
    } catch (IOException e) {
      return "of unknown version";
    }
  }

  private static Set<String> cpuFlags() {
    Path cpus = Path.of("/proc/cpuinfo");
    try (var lines = Files.lines(cpus)) {
      return lines
          .filter(line -> line.startsWith("flags"))
          .findFirst()
          .map(
              line ->
                  Set.copyOf(
                      Arrays.asList(line.substring(line.indexOf(':') + 1).trim().split("\\s+"))))
          .orElse(Set.of());
    } catch (IOException e) {
      return Set.of();
    }
  }

  /** Initialised once, by the class loader. */
  private static final class Selected {
    static final NativeBackend BACKEND = choose();

    private static NativeBackend choose() {
      String forced = System.getProperty(PROPERTY);
      NativeBackend backend =
          forced == null ? best(System.getProperty("os.arch"), cpuFlags()) : named(forced);
      System.setProperty("org.bytedeco.javacpp.platform.extension", backend.extension);
      BackendServices.showOnly(backend.isOnHost() ? BackendServices.CPU : BackendServices.CUDA);
      setDefault("org.nd4j.log.initialization", "false");
      setDefault("org.slf4j.simpleLogger.log.org.nd4j", "warn");
      setDefault("org.slf4j.simpleLogger.log.org.deeplearning4j", "warn");
      // One JavaCPP serves this module's natives and, in the same process, younger ones; it would
      // tell every user of each library that was made with an older version.
      setDefault("org.bytedeco.javacpp.logger", "slf4j");
      setDefault("org.slf4j.simpleLogger.log.org.bytedeco.javacpp", "error");
      return backend;
    }

    private static void setDefault(String property, String value) {
      if (System.getProperty(property) == null) {
        System.setProperty(property, value);
      }
    }
  }
}
