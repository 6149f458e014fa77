package org.finchnas.cli;

import org.finchnas.coordinator.TrainingSite;
import org.finchnas.coordinator.config.ExecutionConfig;
import org.finchnas.coordinator.slots.MemoryPlan;
import org.finchnas.coordinator.slots.SlotBoard;
import org.finchnas.coordinator.slots.SlotListener;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Epoch;

/** Slots of this machine. */
final class SlotsHere implements Crew {

  private final SearchParts parts;
  private final Output output;

  SlotsHere(SearchParts parts, Output output) {
    this.parts = parts;
    this.output = output;
  }

  @Override
  public TrainingSite start() {
    MemoryPlan plan = parts.memory(slotsHere());
    output.say(
        "Finch %s · run %s · seed %d · %s · memory %s",
        Version.current(),
        parts.run().path(),
        parts.config().seed(),
        Quantity.of(plan.slots(), "slot"),
        plan);
    return parts.slots(plan.slots(), new LostSlots());
  }

  private int slotsHere() {
    ExecutionConfig execution = parts.config().execution();
    int cores = Runtime.getRuntime().availableProcessors();
    int here = execution.slotsOn(cores);
    if (here < execution.slots()) {
      output.warn(
          "The run was begun with %d slots, but this machine has %d cores: %d slots are used, which"
              + " changes the time and not the result.",
          execution.slots(), cores, here);
    }
    return here;
  }

  /**
   * Tells of slots that died: whoever kills them by mistake, or has too little memory, wonders.
   * What they are at stands in a file for those who look.
   */
  private final class LostSlots implements SlotListener {

    private final SlotBoard board = new SlotBoard(parts.run().slots());

    @Override
    public void started(int slot, Candidate candidate) {
      board.started(slot, candidate);
    }

    @Override
    public void epoch(int slot, Candidate candidate, int epochs, Epoch last) {
      board.epoch(slot, candidate, epochs, last);
    }

    @Override
    public void lost(int slot, Candidate candidate, String message) {
      output.warn(
          "Slot %d was lost with candidate %d and is started afresh. %s",
          slot, candidate.number(), message);
    }
  }
}
