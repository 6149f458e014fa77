package org.finchnas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Evaluation;
import org.finchnas.evaluation.Evaluation.Completed;
import org.finchnas.evaluation.Evaluation.Failed;
import org.finchnas.evaluation.FailureReason;
import org.finchnas.evaluation.Fidelity;
import org.finchnas.searchspace.Design;
import org.junit.jupiter.api.Test;

class BaselineTableTest {

  private static Candidate candidate(String name) {
    return new Candidate(
        Candidate.FIRST_BASELINE, Design.of(name), new Fidelity(2, 500, 0), 1, null, null);
  }

  private static Completed completed(String name) {
    return new Completed(
        candidate(name),
        Map.of(
            "validationAccuracy", 0.625,
            "macs", 1_234_567.0,
            "params", 61_706.0,
            "peakActivationBytes", 4_096.0),
        List.of(),
        "0".repeat(64),
        1_000,
        0,
        null);
  }

  private static Failed failed(String name, FailureReason reason, String message) {
    return new Failed(candidate(name), reason, message, null);
  }

  @Test
  void thoseThatNoMachineCouldTrainStandBesideTheOthersInTheOrderAsked() {
    Map<String, Evaluation> recorded = new LinkedHashMap<>();
    recorded.put("lenet", completed("lenet"));
    recorded.put("vgg-16", failed("vgg-16", FailureReason.MEMORY, "it needs 9 GiB"));
    BaselineTable table =
        BaselineTable.of(
            List.of("resnet-18", "vgg-16", "mlp", "lenet"),
            recorded,
            Map.of("resnet-18", failed("resnet-18", FailureReason.MACHINE, "its slot died")));

    assertThat(table.outcomes().keySet()).containsExactly("resnet-18", "vgg-16", "lenet");
    assertThat(table.completed().keySet()).containsExactly("lenet");
    List<String> lines = table.lines();
    assertThat(lines).hasSize(5);
    assertThat(lines.get(2))
        .contains("lenet")
        .contains("62.5 %")
        .contains("1.23 M")
        .contains("61.7 k");
    assertThat(lines.subList(3, 5))
        .containsExactly(
            "resnet-18 failed (%s): its slot died".formatted(FailureReason.MACHINE),
            "vgg-16 failed (%s): it needs 9 GiB".formatted(FailureReason.MEMORY));
  }

  @Test
  void aProgramGetsScoresOrTheReason() {
    BaselineTable table =
        BaselineTable.of(
            List.of("lenet", "mlp"),
            Map.of("lenet", completed("lenet")),
            Map.of("mlp", failed("mlp", FailureReason.MACHINE, "its slot died")));
    assertThat(table.json().get(0))
        .containsEntry("name", "lenet")
        .containsEntry("validationAccuracy", 0.625)
        .containsEntry("macs", 1_234_567L)
        .doesNotContainKey("failed");
    assertThat(table.json().get(1))
        .containsEntry("name", "mlp")
        .containsEntry("failed", "machine")
        .containsEntry("message", "its slot died")
        .doesNotContainKey("validationAccuracy");
  }

  @Test
  void whatIsRecordedMeanwhileReplacesTheFailure() {
    BaselineTable table =
        BaselineTable.of(
            List.of("lenet"),
            Map.of("lenet", completed("lenet")),
            Map.of("lenet", failed("lenet", FailureReason.MACHINE, "its slot died")));
    assertThat(table.completed()).containsKey("lenet");
  }

  @Test
  void nothingComparedIsNoTable() {
    BaselineTable table = BaselineTable.of(List.of("lenet"), Map.of(), Map.of());
    assertThat(table.lines()).isEmpty();
    assertThat(table.json()).isEmpty();
  }
}
