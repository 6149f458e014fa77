package org.finchnas.coordinator.slots;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Epoch;

/**
 * {@code state.json} in a run's {@code slots} folder: what each slot of this machine is at, for
 * those who only look. Not durable, and no reason for a search to fail: it is written again and
 * again.
 */
public final class SlotBoard implements SlotListener {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private final Path folder;
  private final Map<Integer, Work> works = new TreeMap<>();

  /**
   * What a slot began last.
   *
   * @param number of the candidate
   * @param sinceMillis when it began, in milliseconds since 1970
   * @param epochsDone of those it trains
   * @param epochs when it ends
   */
  public record Work(int slot, int number, long sinceMillis, int epochsDone, int epochs) {}

  /**
   * @param folder the run's {@code slots} folder
   */
  public SlotBoard(Path folder) {
    this.folder = folder;
  }

  @Override
  public void started(int slot, Candidate candidate) {
    int done = candidate.start() == null ? 0 : candidate.start().epochs();
    put(
        new Work(
            slot,
            candidate.number(),
            System.currentTimeMillis(),
            done,
            candidate.fidelity().epochs() * candidate.fidelity().folds()));
  }

  @Override
  public synchronized void epoch(int slot, Candidate candidate, int epochs, Epoch last) {
    Work work = works.get(slot);
    if (work != null && work.number() == candidate.number()) {
      put(new Work(slot, work.number(), work.sinceMillis(), epochs, work.epochs()));
    }
  }

  private synchronized void put(Work work) {
    works.put(work.slot(), work);
    try {
      Path next = folder.resolve("state.json.next");
      Files.write(next, MAPPER.writeValueAsBytes(works.values()));
      Files.move(
          next,
          folder.resolve("state.json"),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      // Whoever looks sees what was written before.
      return;
    }
  }

  /** What was last written, if anything was; the slots may have ended since. */
  public static List<Work> read(Path folder) throws IOException {
    try {
      byte[] bytes = Files.readAllBytes(folder.resolve("state.json"));
      return MAPPER.readValue(bytes, new TypeReference<List<Work>>() {});
    } catch (NoSuchFileException | JacksonException e) {
      return List.of();
    }
  }
}
