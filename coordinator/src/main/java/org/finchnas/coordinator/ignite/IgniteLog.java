package org.finchnas.coordinator.ignite;

import java.util.function.Consumer;
import org.apache.ignite.IgniteLogger;
import org.jspecify.annotations.Nullable;

/** Passes on what Ignite warns of; the rest is its own business. */
final class IgniteLog implements IgniteLogger {

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
