package org.finchnas.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.finchnas.coordinator.ArchitectureProxies;
import org.finchnas.coordinator.ProxyRecordingEvaluator;
import org.finchnas.coordinator.RunRecord;
import org.finchnas.coordinator.SearchInputException;
import org.finchnas.coordinator.SearchListener;
import org.finchnas.coordinator.SearchLoop;
import org.finchnas.coordinator.SearchPlan;
import org.finchnas.coordinator.SearchResult;
import org.finchnas.coordinator.config.SearchConfig;
import org.finchnas.coordinator.run.Provenance;
import org.finchnas.coordinator.run.RunDirectory;
import org.finchnas.coordinator.slots.MemoryPlan;
import org.finchnas.coordinator.slots.SlotListener;
import org.finchnas.coordinator.slots.SlotPool;
import org.finchnas.coordinator.slots.SlotPoolParams;
import org.finchnas.data.DataSet;
import org.finchnas.data.DataSets;
import org.finchnas.evaluation.CostModel;
import org.finchnas.evaluation.NetworkCostModel;
import org.finchnas.evaluation.TrainingTask;
import org.finchnas.evaluation.ZeroCostProxy;
import org.finchnas.evaluation.slot.SlotCommand;
import org.finchnas.evaluation.slot.SlotMessage.Ready;
import org.finchnas.evolution.BatchChoice;
import org.finchnas.evolution.SearchProblem;
import org.finchnas.evolution.SearchStrategies;
import org.finchnas.evolution.SearchStrategy;
import org.finchnas.mobile.ExportedModel;
import org.finchnas.searchspace.network.Shape;
import org.jspecify.annotations.Nullable;

/** One search from its slots to its exported models, fresh or resumed. */
final class SearchSession {

  private final RunDirectory run;
  private final SearchConfig config;
  private final @Nullable Path dataDirectory;
  private final List<String> gpus;
  private final Output output;

  /**
   * @param gpus to train on, as CUDA_VISIBLE_DEVICES names them; none for the CPU
   */
  SearchSession(RunDirectory run, @Nullable Path dataDirectory, List<String> gpus, Output output) {
    this.run = run;
    this.gpus = List.copyOf(gpus);
    this.config = run.config();
    this.dataDirectory = dataDirectory;
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
    output.warn("Stopped. Go on with it: finch resume %s", run.path());
  }

  private SlotPool startSlots() {
    long memory = config.execution().memoryPerSlot();
    MemoryPlan plan = MemoryPlan.here(slotsHere(), memory);
    output.say(
        "Finch %s · run %s · seed %d · %d slots · memory %s",
        Version.current(), run.path(), config.seed(), plan.slots(), plan);
    SlotPoolParams params =
        new SlotPoolParams(
            plan.slots(),
            config.execution().retries(),
            SlotPoolParams.DEFAULT_START,
            Duration.ofMinutes(config.execution().timeoutMinutes()),
            run.slots(),
            Places.host());
    return SlotPool.start(
        SlotCommand.likeThisProcess(memory, gpus)::processBuilder,
        task(),
        params,
        SlotListener.NONE);
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

  private TrainingTask task() {
    return new TrainingTask(
        config.data().set(),
        dataDirectory == null ? null : dataDirectory.toAbsolutePath().toString(),
        Places.cacheDirectory().toString(),
        config.data().image(),
        config.data().validation(),
        config.data().splitSeed(),
        config.training(),
        run.weights().toAbsolutePath().toString(),
        run.checkpoints().toAbsolutePath().toString(),
        config.execution().maxSteps(),
        config.execution().memoryPerSlot());
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
    DataSet data = data();
    output.warnOf(data);
    CostModel costs = costs(ready);
    ArchitectureProxies proxies =
        new ArchitectureProxies(costs, slots, run.proxies(), config.fidelity(), config.seed());
    SearchLoop loop = loop(slots, costs, proxies);
    interruption.nowStops(
        () -> {
          loop.stop();
          proxies.stop();
        });
    SearchResult result = run(loop);
    if (result.end() != SearchResult.End.STOPPED) {
      interruption.nowEnds(this::sayExportsLater);
    }
    return conclude(result, data);
  }

  private void sayExportsLater() {
    output.warn("Stopped during the export. finch resume %s exports what was found.", run.path());
  }

  /** As the slots opened it, so it is decoded already. */
  private DataSet data() {
    return DataSets.open(
        config.data().set(), config.data().image(), dataDirectory, Places.cacheDirectory());
  }

  private CostModel costs(Ready ready) {
    int size = config.data().image();
    return new NetworkCostModel(new Shape(ready.channels(), size, size), ready.labels().size());
  }

  private SearchLoop loop(SlotPool slots, CostModel costs, ArchitectureProxies proxies) {
    return new SearchLoop(
        SearchPlan.of(config),
        strategy(costs, proxies),
        costs,
        new ProxyRecordingEvaluator(slots, proxies, config.proxies().recorded()),
        new RunRecord(run.log(), run.finished()));
  }

  private SearchStrategy strategy(CostModel costs, ArchitectureProxies proxies) {
    SearchProblem problem =
        new SearchProblem(
            config.space().forImages(config.data().image()),
            costs,
            config.constraints(),
            config.objectives());
    return SearchStrategies.create(
        config.strategy().strategy(), problem, config.rungs(), config.seed(), choice(proxies));
  }

  private @Nullable BatchChoice choice(ArchitectureProxies proxies) {
    ZeroCostProxy rankBy = config.proxies().rankBy();
    return rankBy == null
        ? null
        : new BatchChoice(config.proxies().batch(), proxies.forecast(rankBy));
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
    FrontTable front = FrontTable.of(result.history(), config);
    describe(result, front);
    if (result.end() == SearchResult.End.STOPPED) {
      output.say("Stopped. Go on with it: finch resume %s", run.path());
      output.answer(json(result, front, List.of()));
      return Finch.DONE;
    }
    FrontExport export = new FrontExport(run, output);
    export.write(front, data);
    sayWhatNext(front);
    output.answer(json(result, front, export.models()));
    return export.isWhole() ? Finch.DONE : Finch.FAILED;
  }

  private void describe(SearchResult result, FrontTable front) {
    output.say("");
    output.say(
        "%d evaluations, %d duplicates, failed: %s, rejected before training: %s",
        result.evaluations(),
        result.duplicates(),
        result.failed().isEmpty() ? "none" : result.failed(),
        result.rejected().isEmpty() ? "none" : result.rejected());
    rungs(result).lines().forEach(output::say);
    proxies(result).lines().forEach(output::say);
    output.say("");
    output.say("Front (validation accuracy on held-out images):");
    front.caveat().ifPresent(output::say);
    front.lines().forEach(output::say);
  }

  private ProxyLines proxies(SearchResult result) {
    return ProxyLines.of(result.history(), config);
  }

  private RungLines rungs(SearchResult result) {
    return RungLines.of(result.history(), config.rungs());
  }

  private void sayWhatNext(FrontTable front) {
    if (front.members().isEmpty()) {
      output.say("Nothing could be trained. finch status %s says why.", run.path());
      return;
    }
    String best = run.path() + "#" + front.members().get(0).candidate().number();
    output.say("");
    output.say("Next:");
    output.say("  finch describe '%s' --svg cells.svg    draws the best network's cells", best);
    output.say("  finch train '%s' --epochs 30           trains it longer, for use", best);
    output.say("  finch pareto %s --csv                  the front as a table", run.path());
  }

  private Map<String, Object> json(
      SearchResult result, FrontTable front, List<ExportedModel> models) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("run", run.path().toString());
    json.put("end", result.end().name().toLowerCase(Locale.ROOT));
    json.put("evaluations", result.evaluations());
    json.put("failed", result.failed().values().stream().mapToInt(Integer::intValue).sum());
    json.putAll(rungs(result).json());
    json.putAll(proxies(result).json());
    json.put("front", front.json());
    json.put("models", models.stream().map(model -> model.file().toString()).toList());
    return json;
  }
}
