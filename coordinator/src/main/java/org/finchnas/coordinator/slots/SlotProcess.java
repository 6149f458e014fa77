package org.finchnas.coordinator.slots;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.finchnas.evaluation.slot.SlotChannel;
import org.finchnas.evaluation.slot.SlotMessage;

/** A running slot: sends, and waits for messages no longer than agreed. */
final class SlotProcess {

  /** How long a process that closed its output, and its log, get to end by themselves. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  private final Process process;
  private final SlotChannel channel;
  private final Thread logThread;
  private final ScheduledExecutorService timers;
  private final SlotPoolParams params;
  private volatile boolean hung;

  /**
   * @param timers runs what ends a silent process
   * @throws IOException if the operating system cannot start it
   */
  SlotProcess(
      ProcessBuilder command, SlotLog log, ScheduledExecutorService timers, SlotPoolParams params)
      throws IOException {
    this.process = command.start();
    this.channel = new SlotChannel(process.getInputStream(), process.getOutputStream());
    this.timers = timers;
    this.params = params;
    this.logThread = new Thread(() -> log.drain(process.getErrorStream()), "slot-log");
    logThread.setDaemon(true);
    logThread.start();
  }

  long pid() {
    return process.pid();
  }

  void send(SlotMessage message) throws SlotLostException {
    try {
      channel.send(message);
    } catch (IOException e) {
      throw lost(e, params.silence());
    }
  }

  /** The first message: it comes after seconds, so it is not waited for as long as others. */
  SlotMessage receiveFirst() throws SlotLostException {
    return receive(params.start());
  }

  SlotMessage receive() throws SlotLostException {
    return receive(params.silence());
  }

  /** The answer to a question about an untrained network. */
  SlotMessage receiveScore() throws SlotLostException {
    return receive(params.scoreSilence());
  }

  private SlotMessage receive(Duration limit) throws SlotLostException {
    ScheduledFuture<?> timer = timers.schedule(this::giveUp, limit.toNanos(), TimeUnit.NANOSECONDS);
    try {
      return channel.receive().orElseThrow(() -> new IOException("It closed its output."));
    } catch (IOException e) {
      throw lost(e, limit);
    } finally {
      timer.cancel(false);
    }
  }

  /** Ends it because of what it said. */
  SlotLostException dismiss(String reason) {
    kill();
    return new SlotLostException("Process %d was ended: %s".formatted(pid(), reason));
  }

  SlotLostException unexpected(SlotMessage message) {
    return dismiss("it sent " + message + " out of turn.");
  }

  /** Ends it at once, whatever it does. */
  void kill() {
    process.destroyForcibly();
  }

  /** Ends it at once and waits until the operating system has done so. */
  void end() {
    kill();
    process
        .onExit()
        .completeOnTimeout(process, LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)
        .join();
  }

  private void giveUp() {
    hung = true;
    kill();
  }

  private SlotLostException lost(IOException cause, Duration limit) {
    try {
      boolean ended = process.waitFor(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
      kill();
      logThread.join(LAST_WORDS.toMillis());
      return new SlotLostException("Process %d %s".formatted(pid(), fate(ended, cause, limit)));
    } catch (InterruptedException e) {
      kill();
      Thread.currentThread().interrupt();
      return new SlotLostException("Process %d was given up.".formatted(pid()));
    }
  }

  private String fate(boolean ended, IOException cause, Duration limit) {
    if (hung) {
      return "said nothing for %d seconds and was killed.".formatted(limit.toSeconds());
    }
    return ended
        ? "ended with exit code %d.".formatted(process.exitValue())
        : "was killed: " + cause.getMessage();
  }
}
