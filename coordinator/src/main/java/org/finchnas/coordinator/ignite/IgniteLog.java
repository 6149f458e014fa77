package org.finchnas.coordinator.ignite;

import java.util.List;
import java.util.function.Consumer;
import org.apache.ignite.IgniteLogger;
import org.jspecify.annotations.Nullable;

/** Passes on what Ignite warns of; the rest is its own business. */
final class IgniteLog implements IgniteLogger {

  /** What Ignite says at every start to those who would keep data in it, or of our own probes. */
  private static final List<String> ADVICE =
      List.of(
          "java.net.preferIPv4Stack",
          "Initial heap size is",
          "Message queue limit is set to 0",
          "Persistence store directory is in the temp directory",
          "Failed to read magic header",
          "Failed to initialize connection (missing SSL",
          "Received state finish message with unexpected ID");

  private final Consumer<String> lines;

  IgniteLog(Consumer<String> lines) {
    this.lines = lines;
  }

  @Override
  public IgniteLogger getLogger(@Nullable Object category) {
    return this;
  }

  @Override
  public void trace(@Nullable String message) {}

  @Override
  public void debug(@Nullable String message) {}

  @Override
  public void info(@Nullable String message) {}

  @Override
  public void warning(@Nullable String message, @Nullable Throwable e) {
    say("warning", message, e);
  }

  @Override
  public void error(@Nullable String message, @Nullable Throwable e) {
    say("error", message, e);
  }

  private void say(String level, @Nullable String message, @Nullable Throwable e) {
    String text = String.valueOf(message);
    if (ADVICE.stream().anyMatch(text::contains)) {
      return;
    }
    lines.accept("ignite %s: %s%s".formatted(level, message, e == null ? "" : " (" + e + ")"));
  }

  @Override
  public boolean isTraceEnabled() {
    return false;
  }

  @Override
  public boolean isDebugEnabled() {
    return false;
  }

  @Override
  public boolean isInfoEnabled() {
    return false;
  }

  @Override
  public boolean isQuiet() {
    return false;
  }

  @Override
  public @Nullable String fileName() {
    return null;
  }
}
