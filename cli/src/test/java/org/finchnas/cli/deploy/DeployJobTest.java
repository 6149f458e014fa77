package org.finchnas.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.finchnas.cli.CommandLines;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The SLURM job, with a Finch and a SLURM that only note what they are told. */
final class DeployJobTest {

  private static final Path DEPLOY = Path.of("..", "deploy");
  private static final String WAIT = "while :; do read -t 1 <> <(:); done";

  /** Says so when it starts and when it is told to go. */
  private static final String FINCH =
      """
      echo "finch $*" >> notes
      case "$1" in
        cluster) mkdir -p "$4" ;;
        worker)
          trap 'echo worker ends >> notes; exit 143' TERM
          echo $$ > worker.pid
          %s ;;
        search)
          trap 'echo search ends >> notes; exit 143' TERM
          until [[ -s worker.pid ]]; do read -t 0.1 <> <(:); done
          touch searching
          echo up
          %s ;;
      esac
      """;

  @TempDir private Path folder;

  @BeforeEach
  void installSlurm() throws IOException {
    command("deploy/coordinator.sh", Files.readString(DEPLOY.resolve("coordinator.sh")));
    command("bin/srun", "while [[ $1 == --* ]]; do shift; done; exec \"$@\"");
    command("bin/squeue", "echo RUNNING");
    command("bin/scancel", "echo \"scancel $*\" >> notes; kill -TERM $(< worker.pid)");
    command(
        "bin/scontrol", "[[ $1 == show ]] && echo node-1 || echo \"scontrol $*\" >> notes; exit 0");
  }

  private void command(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/usr/bin/env bash\n" + text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private Process start(String worker, String search) throws IOException {
    command("finch", FINCH.formatted(worker, search));
    Path script = DEPLOY.resolve("slurm").resolve("finch-search.sbatch").toAbsolutePath();
    ProcessBuilder builder = new ProcessBuilder("bash", script.toString(), "c.yaml", "run");
    builder.directory(folder.toFile());
    builder.redirectError(folder.resolve("errors").toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "PATH", folder.resolve("bin") + ":" + System.getenv("PATH"),
                "SLURM_SUBMIT_DIR", folder.toString(),
                "SLURM_JOB_ID", "7",
                "SLURM_JOB_NODELIST", "node-[1-4]",
                "SLURM_JOB_NUM_NODES", "4",
                "SLURM_CPUS_PER_TASK", "16"));
    return builder.start();
  }

  private List<String> notes() throws IOException {
    return Files.readAllLines(folder.resolve("notes"));
  }

  @Test
  void aSearchThatIsOverEndsItsWorkers() throws Exception {
    assertThat(start(WAIT, "exit 0").waitFor()).isZero();

    assertThat(notes()).endsWith("scancel --signal=TERM 7.0", "worker ends");
    assertThat(folder.resolve("run.keys-7")).doesNotExist();
    assertThat(notes().stream().filter(line -> line.startsWith("finch ")))
        .hasSize(4)
        .allSatisfy(
            line ->
                assertThat(CommandLines.problem(List.of(line.substring(6).split(" ")))).isEmpty());
  }

  @Test
  void whenTimeIsUpWorkersDeliverFirst() throws Exception {
    Process job = start(WAIT, WAIT);
    assertThat(lines(job, "up")).isTrue();
    job.toHandle().destroy();

    assertThat(job.waitFor()).isEqualTo(143);
    assertThat(notes()).containsSubsequence("worker ends", "search ends", "scontrol requeue 7");
  }

  @Test
  void withoutWorkersThereIsNoSearch() throws Exception {
    assertThat(
            start("until [[ -e searching ]]; do read -t 0.1 <> <(:); done; exit 2", WAIT).waitFor())
        .isEqualTo(1);

    assertThat(notes()).contains("search ends").noneMatch(line -> line.contains("requeue"));
  }

  private static boolean lines(Process job, String wanted) throws IOException {
    String line = job.inputReader().readLine();
    while (line != null && !line.equals(wanted)) {
      line = job.inputReader().readLine();
    }
    return line != null;
  }
}
