package org.finchnas.coordinator.run;

import java.nio.file.Path;
import java.util.Optional;

/** A process that looks who holds a run, without a rest, and says so when it sees another. */
final class RunLooker {

  private RunLooker() {}

  /**
   * @param arguments the run
   */
  public static void main(String[] arguments) {
    Path path = Path.of(arguments[0]);
    System.out.println("looking");
    Optional<String> last = Optional.empty();
    while (true) {
      Optional<String> holder = RunLock.holder(path);
      if (holder.isPresent() && !holder.equals(last)) {
        System.out.println("held by " + holder.get());
      }
      last = holder;
    }
  }

  static ProcessBuilder command(Path run) {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            RunLooker.class.getName(),
            run.toString())
        .redirectErrorStream(true);
  }
}
