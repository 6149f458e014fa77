package org.finchnas.mobile.onnx.runtime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Starts ONNX Runtime on a thread with a large stack. Version 1.29.0 runs a recursive regular
 * expression over the command line of the process when it starts, and a class path of some ten
 * thousand characters in it overflows an ordinary stack, which ends the JVM without a word.
 */
public final class OrtStart {

  private static final long STACK_BYTES = 256L << 20;

  private OrtStart() {}

  /** The environment, started on the first call. */
  public static OrtEnvironment environment() {
    FutureTask<OrtEnvironment> start = new FutureTask<>(OrtEnvironment::getEnvironment);
    Thread thread = new Thread(null, start, "onnxruntime-start", STACK_BYTES);
    thread.start();
    boolean interrupted = false;
    while (true) {
      try {
        OrtEnvironment environment = start.get();
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
        return environment;
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (ExecutionException e) {
        throw new IllegalStateException("ONNX Runtime cannot be started here.", e.getCause());
      }
    }
  }

  /**
   * Opens a model for one thread that does not spin: a phone's single core, and no harm to
   * trainings beside it. Products of bytes are those of a phone: an x86 processor without VNNI
   * would saturate some of them in 16 bits, unless it is told not to.
   */
  public static OrtSession session(byte[] model) throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      options.addConfigEntry("session.x64quantprecision", "1");
      return environment().createSession(model, options);
    }
  }
}
