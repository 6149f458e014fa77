package org.finchnas.cli.dashboard;

/** How another finch is started. */
public interface FinchCommand {

  /**
   * @param words what follows {@code finch}
   */
  ProcessBuilder of(String... words);
}
