package org.finchnas.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code finch} command. */
@Command(name = "finch", mixinStandardHelpOptions = true)
public final class Finch implements Runnable {

  private Finch() {}

  @Override
  public void run() {
    CommandLine.usage(this, System.out);
  }

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Finch()).execute(arguments));
  }
}
