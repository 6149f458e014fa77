package org.finchnas.worker.slot;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.finchnas.evaluation.slot.SlotChannel;
import org.finchnas.worker.NativeBackend;
import org.finchnas.worker.training.NumericClass;

/**
 * A slot process: trains the candidates that arrive on its standard input, one at a time, until
 * that ends. {@link org.finchnas.evaluation.slot.SlotCommand} says how it is started.
 */
public final class SlotMain {

  /** System property: how long a training runs before its epochs are saved; 60 if not set. */
  static final String CHECKPOINT_AFTER_SECONDS = "finch.slot.checkpointAfterSeconds";

  private static final int STOPPED = 0;
  private static final int MISUSED = 2;

  private SlotMain() {}

  /**
   * @param arguments the file to write messages to, or nothing for the standard output
   */
  public static void main(String[] arguments) throws IOException {
    OutputStream messages =
        arguments.length > 0
            ? new FileOutputStream(arguments[0])
            : new FileOutputStream(FileDescriptor.out);
    // Before any library is loaded that greets its user on the standard output.
    System.setOut(System.err);
    SlotChannel channel = new SlotChannel(new FileInputStream(FileDescriptor.in), messages);
    ExecutorService training = Executors.newSingleThreadExecutor();
    Duration checkpointAfter = Duration.ofSeconds(Long.getLong(CHECKPOINT_AFTER_SECONDS, 60));
    int code = STOPPED;
    try {
      new Slot(channel, training, checkpointAfter).serve(numericClass());
    } catch (IOException e) {
      System.err.println("finch slot: " + e.getMessage());
      code = MISUSED;
    }
    // Without waiting for a training that nobody wants any more, nor for native clean-up.
    Runtime.getRuntime().halt(code);
  }

  /** Computed before the first message, as it is part of it. */
  private static String numericClass() {
    NativeBackend backend = NativeBackend.select();
    try {
      return NumericClass.here();
    } catch (IllegalStateException e) {
      // The owner hears of it in answer to Prepare.
      System.err.println("finch slot: " + e.getMessage());
      return backend.description();
    }
  }
}
