package org.finchnas.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.finchnas.cli.view.GeneratedRun;
import org.finchnas.coordinator.ToldEvaluation;
import org.finchnas.coordinator.run.RunDirectory;
import org.finchnas.evaluation.Evaluation.Completed;
import org.finchnas.evaluation.Objective;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubjectTest {

  private static final List<ToldEvaluation> TOLD = GeneratedRun.told(120, 3);

  @TempDir private Path folder;

  private static List<Completed> trainedForLongest() {
    List<Completed> all =
        TOLD.stream()
            .filter(told -> told.duplicateOf() == null)
            .map(ToldEvaluation::evaluation)
            .filter(Completed.class::isInstance)
            .map(Completed.class::cast)
            .toList();
    int most =
        all.stream().mapToInt(each -> each.candidate().fidelity().epochs()).max().orElseThrow();
    return all.stream().filter(each -> each.candidate().fidelity().epochs() == most).toList();
  }

  private static double accuracy(Completed evaluation) {
    return evaluation.score(Objective.VALIDATION_ACCURACY);
  }

  private static String design(Completed evaluation) {
    return evaluation.candidate().architecture().notation();
  }

  @Test
  void theBestOfARunIsTheMostAccurateOfThoseTrainedForLongest() throws IOException {
    Path run = folder.resolve("run");
    GeneratedRun.write(run, 150, TOLD);
    double highest =
        trainedForLongest().stream().mapToDouble(SubjectTest::accuracy).max().orElseThrow();

    String best = Subject.of(run + "#best").blueprint().design();

    assertThat(trainedForLongest())
        .filteredOn(each -> accuracy(each) == highest)
        .extracting(SubjectTest::design)
        .contains(best);
  }

  @Test
  void whatWasTrainedForUseComesFirst() throws IOException {
    Path path = folder.resolve("run");
    Completed modest = trainedForLongest().get(0);
    try (RunDirectory run = GeneratedRun.begin(path, 150)) {
      TOLD.forEach(run.log()::append);
      run.finals()
          .put(
              modest.candidate().architecture().id().hex(),
              new Completed(
                  modest.candidate(),
                  modest.scores(),
                  modest.learningCurve(),
                  "0".repeat(64),
                  1,
                  0,
                  modest.execution()));
    }

    assertThat(Subject.of(path + "#best").blueprint().design()).isEqualTo(design(modest));
  }

  @Test
  void aFolderWithoutAModelIsToldHowARunsCandidatesAreNamed() throws IOException {
    Path empty = Files.createDirectories(folder.resolve("run"));

    assertThatThrownBy(() -> Subject.of(empty.toString()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("without a model.safetensors")
        .hasMessageContaining(empty + "#best");
  }
}
