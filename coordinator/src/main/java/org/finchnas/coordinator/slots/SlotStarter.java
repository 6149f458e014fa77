package org.finchnas.coordinator.slots;

import java.io.IOException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.IntFunction;
import org.finchnas.coordinator.SearchInputException;
import org.finchnas.evaluation.TrainingTask;
import org.finchnas.evaluation.slot.SlotMessage;
import org.finchnas.evaluation.slot.SlotMessage.Hello;
import org.finchnas.evaluation.slot.SlotMessage.Prepare;
import org.finchnas.evaluation.slot.SlotMessage.Ready;
import org.finchnas.evaluation.slot.SlotMessage.Unable;
import org.jspecify.annotations.Nullable;

/** Starts slot processes and sees to it that all compute alike, on the same images. */
final class SlotStarter {

  private final IntFunction<ProcessBuilder> command;
  private final TrainingTask task;
  private final SlotPoolParams params;
  private final ScheduledExecutorService timers;

  /** Not final: what the first slot said of itself, which binds all later ones. */
  private @Nullable Introduction agreed;

  SlotStarter(
      IntFunction<ProcessBuilder> command,
      TrainingTask task,
      SlotPoolParams params,
      ScheduledExecutorService timers) {
    this.command = command;
    this.task = task;
    this.params = params;
    this.timers = timers;
  }

  /**
   * @throws SlotFailedException if the operating system refuses, as often as it is tried
   */
  SlotProcess launch(int slot, SlotLog log) {
    for (int attempt = 0; ; attempt++) {
      ProcessBuilder builder = command.apply(slot);
      try {
        return new SlotProcess(builder, log, timers, params);
      } catch (IOException e) {
        // Another try may do: what Java starts processes with is one itself, and may be killed.
        if (attempt >= params.retries()) {
          throw new SlotFailedException(
              "A slot cannot be started: %s The command was: %s"
                  .formatted(e.getMessage(), String.join(" ", builder.command())),
              e);
        }
      }
    }
  }

  /**
   * Waits until the images are there.
   *
   * @throws SearchInputException if the slot says that it cannot work with what it was given
   * @throws SlotFailedException if it is not like the other slots
   */
  void greet(SlotProcess process) throws SlotLostException {
    SlotMessage greeting = process.receiveFirst();
    if (!(greeting instanceof Hello hello)) {
      throw process.unexpected(greeting);
    }
    process.send(new Prepare(task));
    SlotMessage answer = process.receive();
    if (answer instanceof Unable unable) {
      throw new SearchInputException(unable.message());
    }
    if (!(answer instanceof Ready ready)) {
      throw process.unexpected(answer);
    }
    agree(new Introduction(hello.numericClass(), ready));
  }

  /** What all slots said of themselves. */
  synchronized Introduction agreed() {
    if (agreed == null) {
      throw new IllegalStateException("No slot was started.");
    }
    return agreed;
  }

  private synchronized void agree(Introduction said) {
    if (agreed == null) {
      agreed = said;
    }
    if (!agreed.equals(said)) {
      throw new SlotFailedException(
          "All slots of a search must compute alike, but one has %s and another %s. Start them with"
                  .formatted(agreed, said)
              + " the same backend on the same data set.");
    }
  }

  /** What must be the same for all slots of a search. */
  record Introduction(String numericClass, Ready images) {}
}
