package org.finchnas.coordinator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.finchnas.coordinator.config.ExecutionConfig.Order;
import org.finchnas.evaluation.ClassWeights;
import org.finchnas.evaluation.Constraint;
import org.finchnas.evaluation.Fidelity;
import org.finchnas.evaluation.Objective;
import org.finchnas.evaluation.Rungs;
import org.finchnas.evaluation.TrainingParams;
import org.finchnas.evaluation.ZeroCostProxy;
import org.finchnas.evolution.Reward;
import org.finchnas.evolution.StrategySettings.Selection;
import org.finchnas.searchspace.Architecture;
import org.finchnas.searchspace.Macro;
import org.finchnas.searchspace.Operation;
import org.finchnas.searchspace.Stem;
import org.finchnas.searchspace.network.ActivationFunction;
import org.finchnas.searchspace.published.PublishedCells;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchConfigReaderTest {

  private final Path folder;

  SearchConfigReaderTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void everySettingHasADefault() {
    SearchConfig config = read("seed: 1");
    int cores = Runtime.getRuntime().availableProcessors();

    assertThat(config.name()).isEqualTo("search");
    assertThat(config.seed()).isEqualTo(1);
    assertThat(config.data()).isEqualTo(new DataConfig("shapes", 32, 0.1, 0));
    assertThat(config.space()).isEqualTo(SpaceConfig.DEFAULT);
    assertThat(config.strategy())
        .isEqualTo(
            new StrategyConfig(
                StrategyConfig.Kind.GUIDED_EVOLUTION, 20, 5, Selection.PARETO, false, false, null));
    assertThat(config.proxies()).isEqualTo(new ProxyConfig(Set.of(), null, 8));
    assertThat(config.initial()).isEqualTo(new InitialConfig(List.of(), null));
    assertThat(config.baselines()).isEmpty();
    assertThat(config.objectives()).containsExactly(Objective.VALIDATION_ACCURACY, Objective.MACS);
    assertThat(config.constraints()).isEmpty();
    assertThat(config.fileBytes()).isEqualTo(new FileBytesConfig("tflite", "fp32"));
    assertThat(config.rungs()).isEqualTo(new Rungs(3, List.of(new Fidelity(4, 0, 0))));
    assertThat(config.training()).isEqualTo(TrainingParams.DEFAULT);
    assertThat(config.budget()).isEqualTo(new SearchBudget(100, null));
    assertThat(config.execution())
        .isEqualTo(new ExecutionConfig(cores, 4 * cores, Order.STRICT, 60, 2, 2L << 30, 0));
    assertThat(config.export()).isEqualTo(new ExportConfig(List.of("onnx"), List.of("fp32"), 3));
  }

  @Test
  void everySettingIsRead() {
    SearchConfig config = read(FULL);

    assertThat(config)
        .isEqualTo(
            new SearchConfig(
                "full",
                42,
                new DataConfig("cifar10", 24, 0.2, 7),
                new SpaceConfig(
                    List.of(Operation.IDENTITY),
                    3,
                    List.of(1, 2),
                    List.of(8),
                    List.of(ActivationFunction.SWISH, ActivationFunction.RELU),
                    List.of(false, true),
                    Stem.IMAGENET),
                new StrategyConfig(
                    StrategyConfig.Kind.AGING_EVOLUTION,
                    20,
                    5,
                    Selection.PARETO,
                    true,
                    false,
                    new Reward(Objective.MACS, 5e6, -0.1)),
                new ProxyConfig(
                    Set.of(ZeroCostProxy.NASWOT, ZeroCostProxy.GRADIENT_NORM),
                    ZeroCostProxy.SYNFLOW,
                    16),
                new InitialConfig(List.of(), 20),
                List.of("mobilenet-v2@0.35"),
                null,
                List.of(Objective.VALIDATION_ACCURACY, Objective.PARAMS),
                List.of(
                    new Constraint(Objective.PARAMS, 500_000),
                    new Constraint(Objective.PEAK_ACTIVATION_BYTES, 1e6),
                    new Constraint(Objective.FILE_BYTES, 2e6)),
                new FileBytesConfig("onnx", "int8"),
                new Rungs(
                    4,
                    List.of(
                        new Fidelity(1, 500, 8),
                        new Fidelity(2, 1000, 0),
                        new Fidelity(3, 1000, 0))),
                new TrainingParams(32, 0.1, 0.8, 1e-4, 0.7, 1, false, 2),
                new SearchBudget(1000, Duration.ofMinutes(90)),
                new ExecutionConfig(3, 5, Order.ARRIVAL, 10, 1, 512L << 20, 900),
                new FinalConfig(12, 5000, true),
                new ExportConfig(List.of("onnx"), List.of("fp16", "int8"), 0)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "seed: 1",
        FULL,
        "data: {set: 'images:pictures'}\nconstraints: {macs: 1.5}",
        "device: mine.yaml\nconstraints: {latencyMillis: 1.5}"
      })
  void theEffectiveConfigurationReadsBackEqual(String yaml) throws IOException {
    SearchConfig config = read(yaml);
    Path elsewhere = Files.createDirectory(folder.resolve("run")).resolve("config.yaml");
    Files.writeString(elsewhere, ConfigWriter.write(config));

    assertThat(SearchConfigReader.read(elsewhere, List.of())).isEqualTo(config);
  }

  @Test
  void latenciesAreEstimatedForADevice() {
    String wanted = "objectives: [validationAccuracy, latencyMillis]\n";
    SearchConfig config = read("device: pixel-1\n" + wanted + "constraints: {latencyMillis: 20}");
    assertThat(config.device()).isEqualTo("pixel-1");
    assertThat(config.objectives()).contains(Objective.LATENCY);
    assertThat(config.constraints()).containsExactly(new Constraint(Objective.LATENCY, 20));
    assertThat(config.digest()).isNotEqualTo(read("device: rk3588\n" + wanted).digest());
    assertThat(read("device: mine.yaml").device())
        .isEqualTo(folder.resolve("mine.yaml").toString());
    assertThat(refused(wanted))
        .hasMessageContaining("device must be set")
        .hasMessageContaining("pixel-1");
    assertThat(refused("constraints: {latencyMillis: 3}"))
        .hasMessageContaining("device must be set");
    assertThat(refused("device: [1]")).hasMessageContaining("finch devices");
  }

  @Test
  void allProblemsAreReportedAtOnceWithTheirLines() {
    ConfigException refused =
        refused(
            """
            seeed: 3
            strategy:
              population: 4
              sample: 9
              populaton: 5
            training:
              momentum: 1.5
              batch: many
            space: {stem: cifr}
            objectives: [validationAccuracy, mac]
            """);

    assertThat(refused.problems())
        .extracting(Problem::toString)
        .containsExactly(
            "line 1: seeed is no setting. Did you mean \"seed\"?",
            "line 4: strategy.sample (9) must be at least 1 and at most the population (4)."
                + " Maybe lower sample.",
            "line 5: strategy.populaton is no setting. Did you mean \"population\"?",
            "line 7: training.momentum (1.5) must be a number of 0 or more and below 1."
                + " Maybe leave it out: the default is 0.9.",
            "line 8: training.batch (many) must be an integer of at least 1."
                + " Maybe leave it out: the default is 64.",
            "line 9: space.stem (cifr) must be one of cifar, imagenet. Did you mean \"cifar\"?",
            "line 10: objectives ([\"validationAccuracy\",\"mac\"]) must be a list, each one of"
                + " validationAccuracy, params, macs, peakActivationBytes, latencyMillis, fileBytes."
                + " Did you mean \"macs\"?");
    assertThat(refused).hasMessageContaining("search.yaml has 7 problems:");
  }

  @Test
  void whatIsNotFiniteAndWhatNoSearchCanWantStandsAmongAllProblems() {
    int cores = Runtime.getRuntime().availableProcessors();
    assertThat(
            refused(
                    """
                    data: {validation: .nan}
                    training: {learningRate: .Inf}
                    objectives: [macs, params]
                    execution: {slots: 100_000}
                    sed: 1
                    """)
                .problems())
        .extracting(Problem::toString)
        .containsExactly(
            "line 1: data.validation (NaN) must be a number above 0 and below 1."
                + " Maybe leave it out: the default is 0.1.",
            "line 2: training.learningRate (Infinity) must be a number above 0."
                + " Maybe leave it out: the default is 0.05.",
            "line 3: objectives ([macs, params]) must name validationAccuracy: all else is known"
                + " without training. Add it, or maybe make the others constraints.",
            "line 4: execution.slots (100000) must be at most %d, 4 for each core of this machine."
                    .formatted(4 * cores)
                + " Maybe leave it out: the default is one a core, %d.".formatted(cores),
            "line 5: sed is no setting. Did you mean \"seed\"?");
  }

  @Test
  void foldsAndClassWeightsAreReadBackAndDecideWhatIsFound() {
    String plain = "execution: {lag: 8}\n";
    SearchConfig config = read(plain + "fidelity: {folds: 5}\ntraining: {classWeights: balanced}");

    assertThat(config.fidelity()).isEqualTo(new Fidelity(4, 0, 0, 5));
    assertThat(config.training().classWeights()).isEqualTo(ClassWeights.BALANCED);
    assertThat(SearchConfigReader.with(config, List.of())).isEqualTo(config);
    assertThat(read(plain + "fidelity: {folds: 5}").digest())
        .isNotEqualTo(read(plain).digest())
        .isNotEqualTo(read(plain + "fidelity: {folds: 4}").digest());
    assertThat(read(plain + "training: {classWeights: balanced}").digest())
        .isNotEqualTo(read(plain).digest());
    assertThat(read(plain + "fidelity: {folds: 1}\ntraining: {classWeights: none}").digest())
        .isEqualTo(read(plain).digest());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "strategy: {inheritWeights: true}",
        "rungs: {lower: [{epochs: 1}]}",
        "final: {inheritWeights: true}"
      })
  void foldsDoNotGoOnWithWeightsThatSawTheirPictures(String other) {
    assertThat(refused("fidelity: {folds: 5}\n" + other))
        .hasMessageContaining("fidelity has folds (5), each trained afresh")
        .hasMessageContaining(other.substring(0, 5));
  }

  @Test
  void aConfigurationIsChangedAsAFileIs() {
    SearchConfig config = read("seed: 3\ndata: {set: shapes}");

    assertThat(SearchConfigReader.with(config, List.of("seed=4", "budget.evaluations=7")))
        .satisfies(
            changed -> {
              assertThat(changed.seed()).isEqualTo(4);
              assertThat(changed.budget().evaluations()).isEqualTo(7);
              assertThat(changed.data()).isEqualTo(config.data());
            });
    // A run is read back from its own folder.
    assertThat(SearchConfigReader.with(config, List.of("device=mine.yaml")).device())
        .isEqualTo(Path.of("mine.yaml").toAbsolutePath().toString());
    assertThatThrownBy(() -> SearchConfigReader.with(config, List.of("sed=4")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("sed is no setting");
  }

  @Test
  void aRunOfALargerMachineIsRead() {
    Path file = folder.resolve("search.yaml");
    assertThat(refused("execution: {slots: 100_000}")).isNotNull();

    ExecutionConfig execution = SearchConfigReader.readRecorded(file).execution();
    assertThat(execution.slots()).isEqualTo(100_000);
    assertThat(execution.slotsOn(2)).isEqualTo(8);
    assertThat(ExecutionConfig.defaults(2).slotsOn(2)).isEqualTo(2);
  }

  @Test
  void anOverrideCanTakeASettingBack() {
    assertThat(read("seed: 3", "seed=null").seed()).isEqualTo(1);
  }

  @Test
  void whatIsWrongInAListIsFoundInItsElement() {
    assertThat(
            refused(
                    """
                    rungs:
                      lower:
                        - epochs: 1
                          imags: 7
                        - {epochs: two}
                    """)
                .problems())
        .extracting(Problem::toString)
        .containsExactly(
            "line 4: rungs.lower.1.imags is no setting. Did you mean \"images\"?",
            "line 5: rungs.lower.2.epochs (two) must be an integer of at least 1 and"
                + " below 4. They count in all, up to the rung.");
  }

  @Test
  void eachRungThatDoesNotAscendIsReportedWhereItStands() {
    assertThat(
            refused(
                    """
                    fidelity: {epochs: 9, images: 400}
                    rungs:
                      lower:
                        - {epochs: 3, images: 0}
                        - {epochs: 4, images: 300}
                        - {epochs: 2, images: 200}
                        - images: 300
                        - {epochs: 9}
                    """)
                .problems())
        .extracting(Problem::toString)
        .containsExactly(
            "line 4: rungs.lower.1.images (0, all) must not be above that of fidelity (400)."
                + " Maybe leave it out: the default is 400.",
            "line 6: rungs.lower.3.epochs (2) must be above that of rungs.lower.2 (4)."
                + " They count in all, up to the rung.",
            "line 6: rungs.lower.3.images (200) must not be below that of rungs.lower.2 (300)."
                + " Lower that one, or leave this out.",
            "line 7: rungs.lower.4.epochs must be set, an integer of at least 1 and below 9."
                + " They count in all, up to the rung.",
            "line 8: rungs.lower.5.epochs (9) must be an integer of at least 1 and below 9."
                + " They count in all, up to the rung.");
  }

  @Test
  void rungsAreNotComparedWithAFullFidelityThatIsWrongOrHasNoRoom() {
    assertThat(refused("fidelity: {epochs: many}\nrungs: {lower: [{epochs: 9}]}").problems())
        .hasSize(1);
    assertThat(refused("fidelity: {epochs: 1}\nrungs: {lower: [{epochs: 1}]}").problems())
        .extracting(Problem::toString)
        .containsExactly(
            "line 2: rungs.lower needs fidelity.epochs (1) of at least 2: epochs must rise from"
                + " rung to rung. Raise fidelity.epochs, or leave rungs out.");
  }

  @Test
  void overridesStepIntoListsCountingFromOne() {
    String yaml = "fidelity: {epochs: 8}\nrungs: {lower: [{epochs: 1, images: 9}, {epochs: 4}]}";
    assertThat(read(yaml, "rungs.lower.1.epochs=2", "rungs.lower.2={epochs: 3}").rungs().lower())
        .containsExactly(new Fidelity(2, 9, 0), new Fidelity(3, 0, 0));
    assertThat(read("space: {initialFilters: [4, 8]}", "space.initialFilters.2=6").space())
        .extracting(SpaceConfig::initialFilters)
        .isEqualTo(List.of(4, 6));
    assertThat(refused(yaml, "rungs.lower.3.epochs=2").problems())
        .extracting(Problem::toString)
        .containsExactly(
            "--set: rungs.lower.3.epochs is not in the list, which has 2."
                + " Elements count from 1; --set rungs.lower=[…] sets the whole list.");
    assertThat(refused("seed: 3", "seed.high=1", "data.set.x.y=1"))
        .hasMessageNotContaining("Known are .");
  }

  @Test
  void noProxiesAreAnEmptyList() {
    assertThat(read("proxies: {record: []}").proxies()).isEqualTo(ProxyConfig.DEFAULT);
    assertThat(ConfigWriter.write(read("proxies: {record: none}"))).contains("record: []");
  }

  @Test
  void rungsTakeWhatTheyDoNotSayFromTheFullFidelity() {
    SearchConfig config =
        read(
            "data: {image: 16}\nfidelity: {epochs: 8, images: 500, resolution: 16}",
            "rungs.lower=[{epochs: 2}]");
    assertThat(config.rungs().fidelities())
        .containsExactly(new Fidelity(2, 500, 0), new Fidelity(8, 500, 0));
    assertThat(read("rungs: {lower: [{epochs: 1}]}", "rungs.lower=[]").rungs().lower()).isEmpty();
  }

  private static final String AGING = "strategy: {kind: aging-evolution}\nexecution: {lag: 8}";

  /** As a run of the first version has it in its provenance; another digest would refuse it. */
  @Test
  void whatCameLaterDoesNotChangeTheDigestOfThoseWhoDoNotUseIt() {
    assertThat(read(AGING).digest())
        .isEqualTo("e9fe4d36c8fd65404f5febf53589f5e7576c6ac53d8b29c273aa946b4118ba96");
    assertThat(read(AGING + "\nrungs: {lower: [{epochs: 1}]}").digest())
        .isNotEqualTo(read(AGING).digest());
    assertThat(read(AGING.replace("}\nexec", ", selection: pareto}\nexec")).digest())
        .isNotEqualTo(read(AGING).digest());
    assertThat(read(AGING.replace("}\nexec", ", inheritWeights: true}\nexec")).digest())
        .isNotEqualTo(read(AGING).digest());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "arival | Did you mean \"arrival\"?",
        "fifo   | Known are arrival, strict.",
      })
  void anUnknownOrderIsNamedWithTheKnownOnes(String order, String wayOut) {
    assertThat(refused("execution: {order: %s}".formatted(order)).problems())
        .extracting(Problem::toString)
        .containsExactly(
            "line 1: execution.order (%s) must be one of strict, arrival. %s"
                .formatted(order, wayOut));
  }

  @Test
  void aSettingInTheWrongGroupIsFoundInItsOwn() {
    assertThat(refused("training: {epochs: 5}\npopulation: 7").problems())
        .extracting(Problem::toString)
        .containsExactly(
            "line 1: training.epochs is no setting. Did you mean \"fidelity.epochs\" or \"final.epochs\"?",
            "line 2: population is no setting. Did you mean \"strategy.population\"?");
  }

  /** Costs, limits and exported files are of networks for images of data.image. */
  @Test
  void aResolutionIsAtMostTheImages() {
    assertThat(refused("data: {image: 16}\nfidelity: {resolution: 24}").problems())
        .extracting(Problem::toString)
        .containsExactly(
            "line 2: fidelity.resolution (24) must be 0 or data.image (16): what a search counts,"
                + " limits and exports are networks for images of that size. Set data.image to it,"
                + " and leave it out here.");
    assertThat(refused("data: {image: 16}\nfidelity: {resolution: 12}")).isNotNull();
    assertThat(
            refused("data: {image: 16}\nrungs: {lower: [{epochs: 1, resolution: 20}]}").problems())
        .extracting(Problem::toString)
        .containsExactly(
            "line 2: rungs.lower.1.resolution (20) must be 0, for data.image (16), or from 8 to"
                + " that. Maybe leave it out.");
    assertThat(refused("data: {image: 16}\nrungs: {lower: [{epochs: 1, resolution: 7}]}"))
        .hasMessageContaining("resolution (7) must be 0");
    assertThat(refused("data: {image: 16, validation: 2}\nfidelity: {resolution: 12}").problems())
        .as("what size the images have is not known")
        .hasSize(1);
    assertThat(
            read("data: {image: 16}\nrungs: {lower: [{epochs: 1, resolution: 12}]}")
                .rungs()
                .lower())
        .containsExactly(new Fidelity(1, 0, 12));
    assertThat(
            read(
                    "data: {image: 16}\nfidelity: {resolution: 16}",
                    "rungs.lower=[{epochs: 1, resolution: 0}, {epochs: 2, resolution: 16}]")
                .rungs()
                .fidelities())
        .as("one size, one way to write it")
        .allMatch(fidelity -> fidelity.resolution() == 0);
  }

  @Test
  void whatWouldHaveNoEffectIsRefused() {
    assertThat(
            refused("strategy: {kind: random, selection: pareto, inheritWeights: true}").problems())
        .extracting(Problem::toString)
        .containsExactly(
            "line 1: strategy.selection (pareto) needs parents, and strategy.kind (random) has none."
                + " Leave it out, or change kind.",
            "line 1: strategy.inheritWeights (true) needs parents, and strategy.kind (random) has"
                + " none. Set it to false, or change kind.");
    assertThat(refused("proxies: {rankBy: macs, batch: 1}").problems())
        .extracting(Problem::toString)
        .containsExactly(
            "line 1: proxies.batch (1) must be at least 2 for proxies.rankBy (macs) to choose among."
                + " Maybe leave it out: the default is 8.");
  }

  @Test
  void rulesBetweenSettingsAreChecked() {
    assertThat(refused("strategy: {population: 4, sample: 9}").problems())
        .extracting(Problem::toString)
        .containsExactly(
            "line 1: strategy.sample (9) must be at least 1 and at most the population (4)."
                + " Maybe lower sample.");
    assertThat(refused("space: {initialFilters: [8, 8]}")).hasMessageContaining("none twice");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "seed: 1.5",
        "seed: 99999999999999999999",
        "seed: '7'",
        "name: 7up",
        "name: a/b",
        "data: {set: imagenet}",
        "data: {set: 'shapes:round'}",
        "data: {set: 'images:'}",
        "data: {image: 7}",
        "data: {validation: 0}",
        "data: {validation: .nan}",
        "data: shapes",
        "space: {cellsPerStack: []}",
        "space: {cellsPerStack: [1, x]}",
        "space: {blocks: 3000000000}",
        "space: {blocks: 17}",
        "space: {initialFilters: [8, 1]}",
        "space: {initialFilters: 4, stem: imagenet}",
        "constraints: {validationAccuracy: 0.5}",
        "constraints: {params: 0}",
        "training: {flip: yes please}",
        "training: {learningRate: .inf}",
        "training: {learningRate: -.INF}",
        "constraints: {macs: 1e999}",
        "rungs: {reduction: 1}",
        "rungs: {lower: 3}",
        "rungs: {lower: [3]}",
        "rungs: {lower: [{epochs: 4}]}",
        "rungs: {lower: [{epochs: 2}, {epochs: 1}]}",
        "rungs: {lower: [{epochs: 1}, {epochs: 2, images: 100}]}",
        "fidelity: {images: 100}\nrungs: {lower: [{epochs: 1, images: 0}]}",
        "rungs: {lower: [{epochs: 1, epoch: 1}]}",
        "strategy: {selection: best}",
        "strategy: {inheritWeights: 1}",
        "budget: {wallTime: 60}",
        "budget: {wallTime: 0m}",
        "budget: {evaluations: 0}",
        "execution: {memoryPerSlot: 1m}",
        "execution: {slots: 0}",
        "execution: {maxSteps: -1}",
        "export: {formats: [tflight]}",
        "export: {precisions: [int4]}",
        "fileBytes: {precision: [fp32, int8]}",
        "fileBytes: {format: onx}",
        "execution: {slots: 100_000}",
        "objectives: [validationAccuracy, macs, macs]",
        "objectives: [macs]",
        "objectives: []",
        "seed: 1\nseed: 2",
        "",
        "# nothing but this",
        "---",
        "~",
        "[1, 2]",
        "just text",
        "a: [1",
        "\tseed: 1",
      })
  void whatIsWrongIsRefused(String yaml) {
    assertThat(refused(yaml).problems()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "seed=7                      | 7",
        "seed = 1_000                | 1000",
        "seed=-1                     | -1",
      })
  void overridesWin(String assignment, long seed) {
    assertThat(read("seed: 3", assignment).seed()).isEqualTo(seed);
  }

  @Test
  void overridesReachGroupsAndListsAndDefaultsFollowThem() {
    SearchConfig config =
        read(
            "budget: {evaluations: 10}",
            "budget.evaluations=40",
            "space.initialFilters=[4, 8]",
            "execution.slots=3");

    assertThat(config.budget().evaluations()).isEqualTo(40);
    assertThat(config.strategy().population()).isEqualTo(10);
    assertThat(config.space().initialFilters()).containsExactly(4, 8);
    assertThat(config.execution().lag()).isEqualTo(12);
  }

  @Test
  void wrongOverridesSaySo() {
    assertThat(refused("seed: 3", "strategy.sampel=3", "seed", "data.set=", "seed= ").problems())
        .extracting(Problem::toString)
        .containsExactlyInAnyOrder(
            "--set: data.set is given no value. Write --set data.set=VALUE, or leave it out.",
            "--set: seed is given no value. Write --set seed=VALUE, or leave it out.",
            "--set: strategy.sampel is no setting. Did you mean \"sample\"?",
            "--set: seed is no assignment. Write --set key=value, as in --set seed=7.");
  }

  @Test
  void aFolderOfImagesIsFoundFromAnywhere() {
    assertThat(read("data: {set: 'images:pictures'}").data().set())
        .isEqualTo("images:" + folder.resolve("pictures"));
    assertThat(read("seed: 1", "data.set=images:pictures").data().set())
        .as("on the command line, from where it is given")
        .isEqualTo("images:" + Path.of("pictures").toAbsolutePath());
  }

  @Test
  void theConfigurationsThatComeWithFinchAreRead() throws IOException {
    Path configs = Path.of("..", "configs");
    assumeTrue(Files.isDirectory(configs), "Needs the repository's configs folder.");
    try (DirectoryStream<Path> files = Files.newDirectoryStream(configs, "*.yaml")) {
      for (Path file : files) {
        assertThat(file).hasFileName(SearchConfigReader.read(file, List.of()).name() + ".yaml");
      }
    }
  }

  @Test
  void aMissingFileIsNamed() {
    Path missing = folder.resolve("missing.yaml");

    assertThatThrownBy(() -> SearchConfigReader.read(missing, List.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(missing.toString())
        .hasMessageContaining("no such file");
  }

  @Test
  void theDigestIgnoresWhatCannotChangeTheResult() {
    String digest = read("execution: {lag: 8}").digest();

    assertThat(read("name: other\nexecution: {lag: 8, slots: 7}\nbudget: {evaluations: 101}"))
        .extracting(SearchConfig::digest)
        .isEqualTo(digest);
    assertThat(read("execution: {lag: 9}").digest()).isNotEqualTo(digest);
    assertThat(read("execution: {lag: 8, memoryPerSlot: 3g}").digest()).isNotEqualTo(digest);
    assertThat(read("execution: {lag: 8, maxSteps: 9}").digest()).isNotEqualTo(digest);
    assertThat(read("execution: {lag: 8, order: strict}").digest()).isEqualTo(digest);
    assertThat(read("execution: {lag: 8, order: arrival}").digest()).isNotEqualTo(digest);
    assertThat(read("seed: 2\nexecution: {lag: 8}").digest()).isNotEqualTo(digest);
    assertThat(read("baselines: [mlp]\nexecution: {lag: 8}").digest()).isEqualTo(digest);
    assertThat(read("initial: [amoebanet-a]\nexecution: {lag: 8}").digest()).isNotEqualTo(digest);
    assertThat(read("space: {activations: [swish]}\nexecution: {lag: 8}").digest())
        .isNotEqualTo(digest);
  }

  @Test
  void aSearchMayEndWhereItStandsStill() {
    assertThat(read("budget: {evaluations: 50, stagnation: 10}").budget())
        .isEqualTo(new SearchBudget(50, null, 10));
    assertThat(refused("budget: {stagnation: 0}").problems())
        .singleElement()
        .extracting(Problem::toString)
        .asString()
        .contains("budget.stagnation (0) must be an integer of at least 1");
    assertThat(read("budget: {stagnation: 10}").digest()).isEqualTo(read("seed: 1").digest());
  }

  @Test
  void everyStrategyHasDefaultsOfItsOwn() {
    assertThat(read("strategy: {kind: aging-evolution}").strategy())
        .isEqualTo(StrategyConfig.defaults(StrategyConfig.Kind.AGING_EVOLUTION, 100))
        .extracting(StrategyConfig::population, StrategyConfig::selection)
        .containsExactly(25, Selection.FIRST_OBJECTIVE);
    assertThat(read("strategy: {kind: nsga-ii, generational: true}").strategy())
        .extracting(
            StrategyConfig::population, StrategyConfig::selection, StrategyConfig::generational)
        .containsExactly(20, Selection.PARETO, true);
    for (StrategyConfig.Kind kind : StrategyConfig.Kind.values()) {
      assertThat(read("strategy: {kind: %s}".formatted(kind.token())).strategy().strategy().name())
          .isEqualTo(kind.token());
    }
    assertThat(read("proxies: {rankBy: macs}").strategy().kind())
        .isEqualTo(StrategyConfig.Kind.AGING_EVOLUTION);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'strategy: {kind: guided-evolution}\nproxies: {rankBy: macs}'|ranks children itself",
        "'strategy: {generational: true}'|strategy.generational (true) needs generations",
        "'strategy: {reward: {cost: macs}}'|strategy.reward.target must be set for a reward",
        "'strategy: {reward: {target: 5e6}}'|strategy.reward.cost must be set for a reward",
        "'strategy: {reward: {cost: mac, target: 5e6}}'|Did you mean \"macs\"?",
        "'strategy: {reward: {cost: macs, target: 5e6, exponent: 1}}'|(1) must be a number of 0 or less",
        "'strategy: {kind: local-search}\ninitial: [amoebanet-a, random: 7]'|no population to fill",
      })
  void whatAStrategyCannotDoIsRefused(String yaml, String message) {
    assertThat(refused(yaml.replace("\\n", "\n")).problems())
        .singleElement()
        .extracting(Problem::toString)
        .asString()
        .contains(message);
  }

  @Test
  void publishedCellsToBeginWithStandInTheSpaceAsTheyWerePublished() {
    SearchConfig config =
        read(
            """
            space: {operations: nasnet, cellsPerStack: [2, 1], initialFilters: [8, 16]}
            strategy: {population: 20}
            initial: [nasnet-a, amoebanet-a, random: 18]
            """);

    List<Architecture> initial = config.initial().in(config.space().forImages(32));

    assertThat(config.initial())
        .isEqualTo(new InitialConfig(List.of("nasnet-a", "amoebanet-a"), 18));
    assertThat(initial)
        .extracting(Architecture::normal)
        .containsExactly(
            Architecture.parse(PublishedCells.NASNET_A_MOBILE.notation()).normal(),
            Architecture.parse(PublishedCells.AMOEBANET_A_MOBILE.notation()).normal());
    assertThat(initial)
        .extracting(Architecture::macro)
        .containsOnly(new Macro(2, 8, Stem.CIFAR, 32));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "initial: [nasnet-b]|Did you mean \"nasnet-a\"",
        "initial: [amoebanet-b]|conv_1x1 is not among the operations",
        "initial: [darts-v2]|a cell has 4 blocks, not 5",
        "'initial: [amoebanet-a, random: 7]'|holds 8 architectures, but strategy.population is 20",
        "'initial: [{random: 1}, {random: 2}]'|once how many are random",
        "'initial: [{ramdom: 3}]'|how many are random ({random: 18})",
        "baselines: [mobilnet-v2]|Did you mean \"mobilenet-v2",
        "'baselines: [mlp, mlp]'|each once",
        "'baselines: [squeezenet, squeezenet-1.0]'|each once",
        "baselines: [u-net]|it labels pixels",
        "'strategy: {kind: random}\ninitial: [amoebanet-a, random: 7]'|Leave random out",
        "'space: {stem: imagenet, initialFilters: 44}\ndata: {image: 64}\ninitial: [amoebanet-c]'|needs an even number",
        "baselines: [vgg-16@0.5]|has no widths",
        "'data: {image: 16}\nbaselines: [vgg-16]'|stage_5",
      })
  void whatCannotBeBegunOrComparedWithIsRefusedWithTheWayOut(String yaml, String message) {
    assertThat(refused(yaml.replace("\\n", "\n")).problems())
        .singleElement()
        .extracting(Problem::toString)
        .asString()
        .contains(message);
  }

  private static final String FULL =
      """
      name: full
      seed: 42
      data: {set: cifar10, image: 24, validation: 0.2, splitSeed: 7}
      space:
        operations: [skip_connect]
        blocks: 3
        cellsPerStack: [1, 2]
        initialFilters: 8
        activations: [swish, relu]
        squeezeExcite: [false, true]
        stem: imagenet
      initial: {random: 20}
      baselines: mobilenet-v2@0.35
      strategy:
        kind: aging-evolution
        population: 20
        sample: 5
        selection: pareto
        inheritWeights: true
        reward: {cost: macs, target: 5e6, exponent: -0.1}
      proxies: {record: [naswot, gradientNorm], rankBy: synflow, batch: 16}
      objectives: [validationAccuracy, params]
      constraints: {params: 500_000, peakActivationBytes: 1e6, fileBytes: 2e6}
      fileBytes: {format: onnx, precision: int8}
      fidelity: {epochs: 3, images: 1000, resolution: 24}
      rungs:
        reduction: 4
        lower:
          - {epochs: 1, images: 500, resolution: 8}
          - epochs: 2
      training:
        batch: 32
        learningRate: 0.1
        momentum: 0.8
        weightDecay: 1e-4
        dropPathKeep: 0.7
        gradientClip: 1
        flip: false
        cropPadding: 2
      budget: {evaluations: 1_000, wallTime: 90m}
      execution: {slots: 3, lag: 5, order: arrival, timeoutMinutes: 10, retries: 1, memoryPerSlot: 512m, maxSteps: 900}
      final: {epochs: 12, images: 5000, inheritWeights: true}
      export: {formats: onnx, precisions: [fp16, int8], models: 0}
      """;

  private SearchConfig read(String yaml, String... overrides) {
    Path file = folder.resolve("search.yaml");
    try {
      Files.writeString(file, yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return SearchConfigReader.read(file, List.of(overrides));
  }

  private ConfigException refused(String yaml, String... overrides) {
    return catchThrowableOfType(ConfigException.class, () -> read(yaml, overrides));
  }
}
