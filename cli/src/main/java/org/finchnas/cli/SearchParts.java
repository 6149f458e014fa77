package org.finchnas.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.finchnas.coordinator.ArchitectureProxies;
import org.finchnas.coordinator.ProxyRecordingEvaluator;
import org.finchnas.coordinator.RunRecord;
import org.finchnas.coordinator.SearchLoop;
import org.finchnas.coordinator.SearchPlan;
import org.finchnas.coordinator.SideTrainings;
import org.finchnas.coordinator.TrainingRecord;
import org.finchnas.coordinator.TrainingSite;
import org.finchnas.coordinator.cluster.ClusterImages;
import org.finchnas.coordinator.config.SearchConfig;
import org.finchnas.coordinator.run.RunDirectory;
import org.finchnas.coordinator.slots.MemoryPlan;
import org.finchnas.coordinator.slots.SlotListener;
import org.finchnas.coordinator.slots.SlotPool;
import org.finchnas.coordinator.slots.SlotPoolParams;
import org.finchnas.data.DataSet;
import org.finchnas.data.DataSets;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.CostModel;
import org.finchnas.evaluation.Evaluation.Completed;
import org.finchnas.evaluation.Fidelity;
import org.finchnas.evaluation.NetworkCost;
import org.finchnas.evaluation.NetworkCostModel;
import org.finchnas.evaluation.Start;
import org.finchnas.evaluation.TrainingTask;
import org.finchnas.evaluation.ZeroCostProxy;
import org.finchnas.evaluation.slot.SlotCommand;
import org.finchnas.evolution.BatchChoice;
import org.finchnas.evolution.SearchProblem;
import org.finchnas.evolution.SearchStrategies;
import org.finchnas.evolution.SearchStrategy;
import org.finchnas.mobile.ExportFormat;
import org.finchnas.mobile.FileBytesCost;
import org.finchnas.mobile.FileKind;
import org.finchnas.mobile.FileSizes;
import org.finchnas.mobile.Precision;
import org.finchnas.mobile.latency.profile.DeviceProfile;
import org.finchnas.mobile.latency.profile.LatencyCost;
import org.finchnas.searchspace.Architecture;
import org.finchnas.searchspace.Blueprint;
import org.finchnas.searchspace.CellSearchSpace;
import org.finchnas.searchspace.Design;
import org.finchnas.searchspace.network.Shape;
import org.jspecify.annotations.Nullable;

/**
 * Makes what a search is put together from, as its configuration says.
 *
 * @param dataDirectory folder of published files
 * @param gpus to train on, as CUDA_VISIBLE_DEVICES names them; none for the CPU
 */
record SearchParts(RunDirectory run, Path dataDirectory, List<String> gpus) {

  SearchParts {
    gpus = List.copyOf(gpus);
  }

  SearchConfig config() {
    return run.config();
  }

  /** Whether all evaluations of the budget are told, and all trained that is trained beside. */
  boolean isComplete() {
    int compared = run.baselines().all(config().baselines()).size();
    return compared == config().baselines().size()
        && run.log().told().size() >= config().budget().evaluations()
        && finals(FrontTable.of(run.log().told(), config())).keySet().stream()
            .allMatch(id -> run.finals().find(id).isPresent());
  }

  /** As many slots as there is memory for. */
  MemoryPlan memory(int slots) {
    return MemoryPlan.here(slots, config().execution().memoryPerSlot());
  }

  /** Starts slots and waits until they are ready. */
  SlotPool slots(int count, SlotListener listener) {
    SlotPoolParams params =
        new SlotPoolParams(
            count,
            config().execution().retries(),
            SlotPoolParams.DEFAULT_START,
            Duration.ofMinutes(config().execution().timeoutMinutes()),
            run.slots(),
            Places.host());
    SlotCommand command = SlotCommand.likeThisProcess(config().execution().memoryPerSlot(), gpus);
    return SlotPool.start(command::processBuilder, task(), params, listener);
  }

  /** What all trainings of the search share. */
  TrainingTask task() {
    return new TrainingTask(
        config().data().set(),
        dataDirectory.toAbsolutePath().toString(),
        Places.cacheDirectory().toString(),
        config().data().image(),
        config().data().validation(),
        config().data().splitSeed(),
        config().training(),
        run.weights().toAbsolutePath().toString(),
        run.checkpoints().toAbsolutePath().toString(),
        config().execution().maxSteps(),
        config().execution().memoryPerSlot());
  }

  /** The images, decoded first unless that was done before. */
  DataSet data() {
    return DataSets.open(
        config().data().set(), config().data().image(), dataDirectory, Places.cacheDirectory());
  }

  /** The images in each resolution that is trained on, first that of the full fidelity. */
  List<ClusterImages> images() {
    IntStream lower = config().rungs().fidelities().stream().mapToInt(Fidelity::resolution);
    return IntStream.concat(IntStream.of(config().data().image()), lower)
        .filter(size -> size > 0)
        .distinct()
        .mapToObj(this::images)
        .toList();
  }

  private ClusterImages images(int size) {
    String set = config().data().set();
    Path cache = Places.cacheDirectory();
    return new ClusterImages(
        size,
        DataSets.open(set, size, dataDirectory, cache).contentHash(),
        DataSets.file(set, size, dataDirectory, cache));
  }

  /** A design for the images of the search. */
  Blueprint blueprint(Design design, DataSet data) {
    return new Blueprint(design.notation(), image(data), data.labels().size());
  }

  CostModel costs(DataSet data) {
    return new NetworkCostModel(image(data), data.labels().size(), networkCost(data));
  }

  /**
   * All networks of a space have the same kinds of layers, so one tells for all whether they can
   * leave as the configuration asks.
   *
   * @throws InputException if they cannot; says why
   */
  void requireExpressible(DataSet data) {
    if (config().export().models() > 0) {
      Architecture any =
          config()
              .space()
              .forImages(config().data().image())
              .sample(new SplittableRandom(config().seed()));
      FilesOption.requireExpressible(
          any.assemble(image(data), data.labels().size()), data.labels(), kinds());
    }
  }

  /** The files that the best of the front leave as; with a device also what is timed for it. */
  List<FileKind> kinds() {
    Stream<FileKind> asked =
        FilesOption.kinds(config().export().formats(), config().export().precisions()).stream();
    Stream<FileKind> timed =
        device().stream().map(any -> new FileKind(ExportFormat.TFLITE, Precision.FP32));
    return Stream.concat(asked, timed).distinct().toList();
  }

  private Shape image(DataSet data) {
    int size = config().data().image();
    return new Shape(data.train().channels(), size, size);
  }

  /** Counts, and of latency and bytes what the search wants. */
  private NetworkCost networkCost(DataSet data) {
    NetworkCost cost = NetworkCost.COUNTS;
    if (device().isPresent()) {
      cost = cost.and(new LatencyCost(device().get()));
    }
    return config().usesFileBytes() ? cost.and(fileBytes(data)) : cost;
  }

  /** The profile that latencies are estimated with, if the search wants any. */
  Optional<DeviceProfile> device() {
    String device = config().device();
    try {
      return device == null ? Optional.empty() : Optional.of(Places.devices().find(device));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private FileBytesCost fileBytes(DataSet data) {
    FileKind kind =
        new FileKind(
            ExportFormat.ofToken(config().fileBytes().format()),
            Precision.ofToken(config().fileBytes().precision()));
    return new FileBytesCost(
        new FileSizes(Exporters.all()), kind, data.labels(), data.name(), Version.current());
  }

  ArchitectureProxies proxies(CostModel costs, TrainingSite site) {
    return new ArchitectureProxies(
        costs, site, run.proxies(), config().fidelity(), config().seed());
  }

  SearchLoop loop(TrainingSite site, CostModel costs, ArchitectureProxies proxies) {
    return new SearchLoop(
        SearchPlan.of(config()),
        strategy(costs, proxies),
        costs,
        new ProxyRecordingEvaluator(site, proxies, config().proxies().recorded()),
        new RunRecord(run.log(), run.finished()));
  }

  SideTrainings beside(TrainingSite site, DataSet data, TrainingRecord record) {
    NetworkCost cost = networkCost(data);
    return new SideTrainings(
        site, record, design -> cost.costs(design.notation(), blueprint(design, data).assemble()));
  }

  /** What the search is compared with, by name. */
  Map<String, Candidate> baselines() {
    Map<String, Candidate> candidates = new LinkedHashMap<>();
    for (String name : config().baselines()) {
      int number = Candidate.FIRST_BASELINE + candidates.size();
      candidates.put(
          name,
          new Candidate(number, Design.of(name), config().fidelity(), seed(number), null, null));
    }
    return candidates;
  }

  /** Those of the front that are trained for use before they are exported, by id. */
  Map<String, Candidate> finals(FrontTable front) {
    Map<String, Candidate> candidates = new LinkedHashMap<>();
    if (config().finals().isAsked()) {
      front.members().stream()
          .limit(config().export().models())
          .forEach(
              member ->
                  candidates.put(
                      member.candidate().architecture().id().hex(), finalTraining(member)));
    }
    return candidates;
  }

  private Candidate finalTraining(Completed member) {
    int number = Candidate.FIRST_FINAL + member.candidate().number();
    return new Candidate(
        number,
        member.candidate().design(),
        config().finals().fidelity(config().fidelity()),
        seed(number),
        null,
        config().finals().inheritWeights() ? Start.inherited(member) : null);
  }

  private long seed(int number) {
    return SearchPlan.of(config()).candidateSeed(number);
  }

  private SearchStrategy strategy(CostModel costs, ArchitectureProxies proxies) {
    CellSearchSpace space = config().space().forImages(config().data().image());
    SearchProblem problem =
        new SearchProblem(
            space,
            costs,
            config().constraints(),
            config().objectives(),
            config().initial().in(space),
            config().strategy().reward());
    return SearchStrategies.create(
        config().strategy().strategy(),
        problem,
        config().rungs(),
        config().seed(),
        choice(proxies));
  }

  private @Nullable BatchChoice choice(ArchitectureProxies proxies) {
    ZeroCostProxy rankBy = config().proxies().rankBy();
    return rankBy == null
        ? null
        : new BatchChoice(config().proxies().batch(), proxies.forecast(rankBy));
  }
}
