package org.finchnas.worker.training;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.finchnas.evaluation.Epoch;
import org.finchnas.worker.NativeBackend;
import org.jspecify.annotations.Nullable;

/**
 * What two trainings must have in common to give equal bits: the backend, and how this machine
 * computes with it. oneDNN and OpenBLAS choose among kernels, and split sums, by the model of the
 * CPU and the sizes of its caches, so that equal libraries with equal instruction sets need not
 * agree; a fingerprint of what a {@link SampleTraining} came to tells.
 *
 * <p>It is a sample: layers of sizes that are not in it may differ where it agrees. A GPU has none,
 * as cuDNN may give other bits each time; its class names the model.
 */
public final class NumericClass {

  private NumericClass() {}

  /**
   * The class of this process. Computed once, which loads ND4J.
   *
   * @throws IllegalStateException if it cannot be computed
   */
  public static String here() {
    NativeBackend backend = NativeBackend.select();
    return backend.isOnHost()
        ? backend.description() + ", fingerprint " + Once.ATTEMPT.fingerprint()
        : backend.description();
  }

  /**
   * Makes sure that {@link #here} can be computed.
   *
   * @throws IllegalStateException if not; says why
   */
  public static void requireKnown() {
    here();
  }

  static String fingerprint(Checkpoint end) {
    CRC32C bits = new CRC32C();
    for (float[] values : new float[][] {end.parameters(), end.velocity()}) {
      ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length);
      bytes.asFloatBuffer().put(values);
      bits.update(bytes);
    }
    for (Epoch epoch : end.curve()) {
      ByteBuffer bytes = ByteBuffer.allocate(2 * Double.BYTES);
      bits.update(bytes.putDouble(epoch.trainLoss()).putDouble(epoch.validationAccuracy()).flip());
    }
    return HexFormat.of().toHexDigits((int) bits.getValue());
  }

  /** What came of computing it. */
  private record Attempt(@Nullable String result, @Nullable Throwable problem) {

    static Attempt begin() {
      try {
        return new Attempt(NumericClass.fingerprint(SampleTraining.end()), null);
      } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
        // At the boundary to native code, where a failed class initialiser would hide the reason.
        return new Attempt(null, e);
      }
    }

    String fingerprint() {
      if (result == null) {
        throw new IllegalStateException(
            "This machine cannot train: a small training to see how it computes failed with \"%s\". Give it more memory (execution.memoryPerSlot), or choose another backend with -D%s."
                .formatted(problem, NativeBackend.PROPERTY),
            problem);
      }
      return result;
    }
  }

  /** Initialised once, by the class loader. */
  private static final class Once {
    static final Attempt ATTEMPT = Attempt.begin();
  }
}
