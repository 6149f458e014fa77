package org.finchnas.cli.deploy;

import java.util.List;

/** How long a worker that is told to go may take. */
final class Draining {

  private static final int DEFAULT_SECONDS = 30;

  /** Its last deliveries, 5 seconds, and two calls that are not answered, 15 seconds each. */
  private static final int LAST_WORDS_SECONDS = 35;

  private Draining() {}

  /**
   * After so many seconds it has gone by itself.
   *
   * @param command its command line
   */
  static int seconds(List<String> command) {
    int option = command.indexOf("--drain");
    int drain = option < 0 ? DEFAULT_SECONDS : Integer.parseInt(command.get(option + 1));
    return drain + LAST_WORDS_SECONDS;
  }
}
