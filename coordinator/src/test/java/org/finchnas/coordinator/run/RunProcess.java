package org.finchnas.coordinator.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.finchnas.coordinator.ToldEvaluation;

/** A process that tells {@link #COUNT} evaluations to a run and says on each line how far it is. */
final class RunProcess {

  static final int COUNT = 120;
  static final List<ToldEvaluation> TOLD = Samples.told(COUNT, 11);

  private RunProcess() {}

  /**
   * @param arguments the run, and optionally a file that is deleted when the disk is full, to go on
   */
  public static void main(String[] arguments) throws IOException {
    Path path = Path.of(arguments[0]);
    try {
      tellRest(path);
    } catch (RunStorageException e) {
      System.out.println("full: " + e.getMessage());
      if (arguments.length > 1) {
        Files.delete(Path.of(arguments[1]));
        tellRest(path);
      }
    }
  }

  static ProcessBuilder command(List<String> before, Object... arguments) {
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // The file it would write for jps counts towards the limits these tests set.
    command.add("-XX:-UsePerfData");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(RunProcess.class.getName());
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    return new ProcessBuilder(command).redirectErrorStream(true);
  }

  private static void tellRest(Path path) {
    boolean begun = Files.exists(path.resolve("provenance.json"));
    try (RunDirectory run = begun ? RunDirectory.open(path) : Samples.run(path)) {
      int told = run.log().told().size();
      System.out.println("told " + told);
      for (ToldEvaluation next : TOLD.subList(told, COUNT)) {
        run.finished().put(next.evaluation());
        run.log().append(next);
        System.out.println("told " + (next.number() + 1));
      }
    }
  }
}
