package org.finchnas.coordinator.slots;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.finchnas.coordinator.Toy;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Epoch;
import org.finchnas.evaluation.Fidelity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlotBoardTest {

  private static final Epoch EPOCH = new Epoch(1.5, 0.5);

  private static Candidate candidate(int number) {
    return new Candidate(number, Toy.architecture(1, 8), new Fidelity(4, 0, 0), number, null, null);
  }

  @Test
  void tellsWhatEachSlotIsAt(@TempDir Path folder) throws IOException {
    SlotBoard board = new SlotBoard(folder);
    assertThat(SlotBoard.read(folder)).isEmpty();

    board.started(1, candidate(7));
    board.started(0, candidate(8));
    board.epoch(1, candidate(7), 3, EPOCH);
    // An epoch of what the slot no longer trains.
    board.epoch(0, candidate(6), 4, EPOCH);

    List<SlotBoard.Work> works = SlotBoard.read(folder);
    assertThat(works).extracting(SlotBoard.Work::slot).containsExactly(0, 1);
    assertThat(works).extracting(SlotBoard.Work::number).containsExactly(8, 7);
    assertThat(works).extracting(SlotBoard.Work::epochsDone).containsExactly(0, 3);
    assertThat(works).extracting(SlotBoard.Work::epochs).containsOnly(4);
    assertThat(works).allMatch(work -> work.sinceMillis() > 0);
  }

  @Test
  void aFolderThatIsGoneFailsNoTraining(@TempDir Path folder) throws IOException {
    SlotBoard board = new SlotBoard(folder.resolve("gone"));
    board.started(0, candidate(1));
    assertThat(SlotBoard.read(folder.resolve("gone"))).isEmpty();
    Files.writeString(folder.resolve("state.json"), "{ torn");
    assertThat(SlotBoard.read(folder)).isEmpty();
  }
}
