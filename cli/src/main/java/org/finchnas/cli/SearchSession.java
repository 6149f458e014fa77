package org.finchnas.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.finchnas.coordinator.ArchitectureProxies;
import org.finchnas.coordinator.SearchInputException;
import org.finchnas.coordinator.SearchListener;
import org.finchnas.coordinator.SearchLoop;
import org.finchnas.coordinator.SearchResult;
import org.finchnas.coordinator.config.SearchConfig;
import org.finchnas.coordinator.run.Provenance;
import org.finchnas.coordinator.run.RunDirectory;
import org.finchnas.coordinator.slots.MemoryPlan;
import org.finchnas.coordinator.slots.SlotListener;
import org.finchnas.coordinator.slots.SlotPool;
import org.finchnas.data.DataSet;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.CostModel;
import org.finchnas.evaluation.slot.SlotMessage.Ready;
import org.jspecify.annotations.Nullable;

/** One search from its slots to its exported models, fresh or resumed. */
final class SearchSession {

  private final RunDirectory run;
  private final SearchConfig config;
  private final SearchParts parts;
  private final Output output;

  /**
   * @param gpus to train on, as CUDA_VISIBLE_DEVICES names them; none for the CPU
   */
  SearchSession(RunDirectory run, @Nullable Path dataDirectory, List<String> gpus, Output output) {
    this.run = run;
    this.config = run.config();
    this.parts = new SearchParts(run, dataDirectory, gpus);
    this.output = output;
  }

  int begin() throws IOException {
    try (Interruption interruption = Interruption.ends(this::sayNotBegun)) {
      return beginWithSlots(interruption);
    } catch (SearchInputException e) {
      // What was given cannot be searched: mended, it may start in the same folder.
      run.withdraw();
      throw e;
    }
  }

  private int beginWithSlots(Interruption interruption) throws IOException {
    try (SlotPool slots = startSlots()) {
      Ready ready = slots.images();
      run.begin(Provenance.here(Version.current(), config, ready.dataHash(), slots.numericClass()));
      return search(slots, interruption);
    }
  }

  int resume() throws IOException {
    try (Interruption interruption = Interruption.ends(this::sayGoOn);
        SlotPool slots = startSlots()) {
      run.provenance().requireSame(slots.images().dataHash(), slots.numericClass());
      return search(slots, interruption);
    }
  }

  private void sayNotBegun() {
    output.warn("Stopped before the search began. Begin it again with the same command.");
  }

  private void sayGoOn() {
    output.warn("Stopped. Go on with it: %s", resumeCommand());
  }

  private String resumeCommand() {
    return Places.command("resume", run.path());
  }

  private SlotPool startSlots() {
    MemoryPlan plan = parts.memory(slotsHere());
    output.say(
        "Finch %s · run %s · seed %d · %d slots · memory %s",
        Version.current(), run.path(), config.seed(), plan.slots(), plan);
    return parts.slots(plan.slots(), new LostSlots());
  }

  /** Tells of slots that died: whoever kills them by mistake, or has too little memory, wonders. */
  private final class LostSlots implements SlotListener {

    @Override
    public void lost(int slot, Candidate candidate, String message) {
      output.warn(
          "Slot %d was lost with candidate %d and is started afresh. %s",
          slot, candidate.number(), message);
    }
  }

  private int slotsHere() {
    int slots = config.execution().slots();
    int cores = Runtime.getRuntime().availableProcessors();
    int here = config.execution().slotsOn(cores);
    if (here < slots) {
      output.warn(
          "The run was begun with %d slots, but this machine has %d cores: %d slots are used, which"
              + " changes the time and not the result.",
          slots, cores, here);
    }
    return here;
  }

  private int search(SlotPool slots, Interruption interruption) throws IOException {
    interruption.nowEnds(this::sayGoOn);
    Ready ready = slots.images();
    output.say(
        "%s: %s images to train, %s to validate, %dx%d, %d classes",
        config.data().set(),
        Quantity.count(ready.trainImages()),
        Quantity.count(ready.validationImages()),
        config.data().image(),
        config.data().image(),
        ready.labels().size());
    DataSet data = parts.data();
    output.warnOf(data);
    CostModel costs = parts.costs(ready);
    ArchitectureProxies proxies = parts.proxies(costs, slots);
    SearchLoop loop = parts.loop(slots, costs, proxies);
    interruption.nowStops(
        () -> {
          loop.stop();
          proxies.stop();
        });
    SearchResult result = run(loop);
    if (result.end() == SearchResult.End.STOPPED) {
      return conclude(result, data);
    }
    interruption.nowEnds(this::sayExportsLater);
    int code = conclude(result, data);
    run.discardCheckpoints();
    return code;
  }

  private void sayExportsLater() {
    output.warn("Stopped during the export. %s exports what was found.", resumeCommand());
  }

  private SearchResult run(SearchLoop loop) {
    if (output.isJson()) {
      return loop.run(SearchListener.NONE);
    }
    ProgressLine progress =
        new ProgressLine(
            output.out(), output.isTerminal(), config.budget().evaluations(), config.rungs());
    try {
      return loop.run(progress);
    } finally {
      progress.end();
    }
  }

  private int conclude(SearchResult result, DataSet data) throws IOException {
    SearchSummary summary = SearchSummary.of(run.path(), config, result);
    summary.lines().forEach(output::say);
    if (result.end() == SearchResult.End.STOPPED) {
      output.say("Stopped. Go on with it: %s", resumeCommand());
      output.answer(summary.json(List.of()));
      return Finch.DONE;
    }
    FrontExport export = new FrontExport(run, output);
    export.write(summary.front(), data);
    summary.next().forEach(output::say);
    output.answer(summary.json(export.models()));
    boolean found = !summary.front().members().isEmpty();
    return found && export.isWhole() ? Finch.DONE : Finch.FAILED;
  }
}
