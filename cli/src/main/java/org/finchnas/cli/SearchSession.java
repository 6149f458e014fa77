package org.finchnas.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.finchnas.coordinator.ArchitectureProxies;
import org.finchnas.coordinator.SearchInputException;
import org.finchnas.coordinator.SearchListener;
import org.finchnas.coordinator.SearchLoop;
import org.finchnas.coordinator.SearchResult;
import org.finchnas.coordinator.TrainingSite;
import org.finchnas.coordinator.config.SearchConfig;
import org.finchnas.coordinator.run.PauseMark;
import org.finchnas.coordinator.run.Provenance;
import org.finchnas.coordinator.run.RunDirectory;
import org.finchnas.data.DataSet;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.CostModel;
import org.finchnas.evaluation.slot.SlotMessage.Ready;
import org.finchnas.mobile.latency.profile.DeviceProfile;
import org.finchnas.mobile.latency.profile.ProfileFile;
import org.jspecify.annotations.Nullable;

/** One search from its slots to its exported models, fresh or resumed. */
final class SearchSession {

  private final RunDirectory run;
  private final SearchConfig config;
  private final SearchParts parts;
  private final Crew crew;
  private final Output output;
  private final DashboardBeside dashboard;

  private final SideStage compared;

  SearchSession(SearchParts parts, Crew crew, Output output, DashboardBeside dashboard) {
    this.run = parts.run();
    this.config = parts.config();
    this.parts = parts;
    this.crew = crew;
    this.output = output;
    this.dashboard = dashboard;
    this.compared =
        new SideStage(run.baselines(), UnaryOperator.identity(), resumeCommand(), output);
  }

  int begin() throws IOException {
    try (Interruption interruption = Interruption.ends(this::sayNotBegun)) {
      return begin(interruption);
    } catch (SearchInputException e) {
      // What was given cannot be searched: mended, it may start in the same folder.
      run.withdraw();
      throw e;
    }
  }

  private int begin(Interruption interruption) throws IOException {
    try (TrainingSite site = crew.start()) {
      Ready ready = site.images();
      run.begin(
          Provenance.here(
              Version.current(), config, ready.dataHash(), site.numericClass(), deviceHash()));
      return searchServed(site, interruption);
    }
  }

  int resume() throws IOException {
    try (Interruption interruption = Interruption.ends(this::sayGoOn);
        TrainingSite site = crew.start()) {
      run.provenance().requireSame(site.images().dataHash(), site.numericClass());
      run.provenance().requireSameDevice(deviceHash());
      return searchServed(site, interruption);
    }
  }

  private @Nullable String deviceHash() {
    return parts.device().map(ProfileFile::hash).orElse(null);
  }

  private void sayNotBegun() {
    output.warn("Stopped before the search began. Begin it again with the same command.");
  }

  private void sayGoOn() {
    output.warn("Stopped. Go on with it: %s", resumeCommand());
  }

  private String resumeCommand() {
    List<Object> words = new ArrayList<>(List.of("resume", run.path()));
    words.addAll(crew.resumeOptions());
    return Places.command(words.toArray());
  }

  private int searchServed(TrainingSite site, Interruption interruption) throws IOException {
    try (DashboardBeside.Page page = dashboard.serve(run.path(), output)) {
      return search(site, interruption);
    }
  }

  private int search(TrainingSite site, Interruption interruption) throws IOException {
    interruption.nowEnds(this::sayGoOn);
    Ready ready = site.images();
    output.say(
        "%s: %s, %dx%d, %d classes",
        config.data().set(),
        split(ready),
        config.data().image(),
        config.data().image(),
        ready.labels().size());
    DataSet data = parts.data();
    parts.requireExpressible(data);
    output.warnOf(data);
    CostModel costs = parts.costs(data);
    parts.device().ifPresent(this::sayDevice);
    new InfeasibleSeeds(config, costs).warnings().forEach(output::warn);
    ArchitectureProxies proxies = parts.proxies(costs, site);
    SearchLoop loop = parts.loop(site, costs, proxies);
    interruption.nowStops(
        () -> {
          loop.stop();
          proxies.stop();
        });
    SearchResult result;
    try (Pausing pausing = Pausing.of(new PauseMark(run.path()), loop, output)) {
      result = run(loop);
    }
    if (result.end() == SearchResult.End.STOPPED || !compare(site, data, interruption)) {
      return stopped(result);
    }
    FrontTable front = FrontTable.of(result.history(), config);
    SideStage finals = finals(front);
    if (!trainFinally(finals, front, site, data, interruption)) {
      return stopped(result);
    }
    interruption.nowEnds(this::sayExportsLater);
    boolean trained = compared.untrained().isEmpty() && finals.untrained().isEmpty();
    int code = conclude(result, data);
    if (trained) {
      run.discardCheckpoints();
    }
    return trained ? code : Finch.FAILED;
  }

  private String split(Ready ready) {
    int folds = config.fidelity().folds();
    String train = Quantity.count(ready.trainImages());
    return folds == 1
        ? "%s images to train, %s to validate"
            .formatted(train, Quantity.count(ready.validationImages()))
        : "%s images, each held out in one of %d folds"
            .formatted(
                Quantity.count((long) ready.trainImages() + ready.validationImages()), folds);
  }

  private void sayDevice(DeviceProfile device) {
    output.say("latencies estimated for %s (%s)", device.name(), device.conditions());
    DeviceOption.caveats(device).forEach(output::warn);
  }

  /** Whether all baselines were trained, and it was not stopped before. */
  private boolean compare(TrainingSite site, DataSet data, Interruption interruption) {
    Map<String, Candidate> baselines = parts.baselines();
    List<String> missing = compared.missing(baselines);
    if (missing.isEmpty()) {
      return true;
    }
    output.say("Training what the search is compared with: %s", String.join(", ", missing));
    return compared.run(parts.beside(site, data, run.baselines()), baselines, interruption);
  }

  private SideStage finals(FrontTable front) {
    Map<String, String> titles = new HashMap<>();
    front
        .members()
        .forEach(
            member ->
                titles.put(
                    member.candidate().architecture().id().hex(),
                    "#" + member.candidate().number()));
    return new SideStage(run.finals(), id -> titles.getOrDefault(id, id), resumeCommand(), output);
  }

  /** Whether the best were trained for use, and it was not stopped before. */
  private boolean trainFinally(
      SideStage stage,
      FrontTable front,
      TrainingSite site,
      DataSet data,
      Interruption interruption) {
    Map<String, Candidate> finals = parts.finals(front);
    List<String> missing = stage.missing(finals);
    if (missing.isEmpty()) {
      return true;
    }
    output.say(
        "Training for use, %s each%s: %s",
        Quantity.of(config.finals().epochs(), "epoch"),
        FinalTime.of(front, config, site.images().trainImages(), missing.size(), site.slots()),
        String.join(", ", missing));
    return stage.run(parts.beside(site, data, run.finals()), finals, interruption);
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

  private int stopped(SearchResult result) {
    SearchSummary summary = summary(result);
    summary.lines().forEach(output::say);
    output.say("Stopped. Go on with it: %s", resumeCommand());
    output.answer(summary.json(new FrontExport(parts, output)));
    return Finch.DONE;
  }

  private SearchSummary summary(SearchResult result) {
    BaselineTable baselines =
        BaselineTable.of(
            config.baselines(), run.baselines().all(config.baselines()), compared.untrained());
    return SearchSummary.of(run.path(), config, result, baselines);
  }

  private int conclude(SearchResult result, DataSet data) throws IOException {
    SearchSummary summary = summary(result);
    summary.lines().forEach(output::say);
    FrontExport export = new FrontExport(parts, output);
    export.write(summary.front(), data);
    export.table().lines().forEach(output::say);
    Optional<Path> report = report();
    summary.next().forEach(output::say);
    Map<String, Object> answer = summary.json(export);
    report.ifPresent(file -> answer.put("report", file.toString()));
    output.answer(answer);
    boolean found = !summary.front().members().isEmpty();
    return found && export.isWhole() ? Finch.DONE : Finch.FAILED;
  }

  /** What was found stands, whether or not its report can be written. */
  private Optional<Path> report() {
    try {
      Path report = ReportCommand.write(run.path());
      output.say("");
      output.say("Report: %s", report);
      return Optional.of(report);
    } catch (IOException | RuntimeException e) {
      output.warn("The report could not be written: %s", Failures.message(e));
      return Optional.empty();
    }
  }
}
