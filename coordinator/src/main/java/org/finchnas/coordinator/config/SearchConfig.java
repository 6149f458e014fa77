package org.finchnas.coordinator.config;

import java.nio.file.Path;
import java.util.List;
import org.finchnas.evaluation.Constraint;
import org.finchnas.evaluation.Fidelity;
import org.finchnas.evaluation.Objective;
import org.finchnas.evaluation.Rungs;
import org.finchnas.evaluation.TrainingParams;
import org.jspecify.annotations.Nullable;

/**
 * All settings of a search. What {@code execution} holds, but for the lag, the order and the memory
 * of a slot, changes how long a search takes and never what it finds; all else, with the seed,
 * decides what it finds.
 *
 * @param name of the run and, unless told otherwise, its directory; default the name of the file
 * @param seed decides every random choice; default 1
 * @param baselines names of published networks that are trained as the full fidelity says, for
 *     comparison; the search neither sees nor counts them; default none
 * @param device the profile that {@code latencyMillis} is estimated with: a name, or a file; null,
 *     the default, for no latencies
 * @param objectives default {@code validationAccuracy, macs}; a strategy with a single objective
 *     follows the first
 * @param constraints by the name of a quantity known without training; default none
 * @param fileBytes what the objective and the constraint {@code fileBytes} are about
 * @param rungs the highest is called {@code fidelity}, default 4 epochs, all images, native
 *     resolution, one fold; default none below it
 * @param training default {@link TrainingParams#DEFAULT}; also of the final training
 * @param finals how the best are trained for use
 */
public record SearchConfig(
    String name,
    long seed,
    DataConfig data,
    SpaceConfig space,
    StrategyConfig strategy,
    ProxyConfig proxies,
    InitialConfig initial,
    List<String> baselines,
    @Nullable String device,
    List<Objective> objectives,
    List<Constraint> constraints,
    FileBytesConfig fileBytes,
    Rungs rungs,
    TrainingParams training,
    SearchBudget budget,
    ExecutionConfig execution,
    FinalConfig finals,
    ExportConfig export) {

  public SearchConfig {
    objectives = List.copyOf(objectives);
    constraints = List.copyOf(constraints);
    baselines = List.copyOf(baselines);
    initial.requireFor(strategy);
    initial.in(space.forImages(data.image()));
    ObjectiveSettings.require(objectives);
    DeviceSettings.require(device, objectives, constraints);
    requireFresh(rungs, strategy, finals);
  }

  /**
   * Weights that were trained elsewhere may have seen the images of a fold.
   *
   * @throws IllegalArgumentException if there are folds, and a training that begins with such
   */
  private static void requireFresh(Rungs rungs, StrategyConfig strategy, FinalConfig finals) {
    if (rungs.full().folds() == 1) {
      return;
    }
    String begins =
        strategy.inheritWeights()
            ? "strategy.inheritWeights (true)"
            : finals.inheritWeights()
                ? "final.inheritWeights (true)"
                : rungs.lower().isEmpty() ? "" : "rungs.lower (%d)".formatted(rungs.lower().size());
    if (!begins.isEmpty()) {
      throw new IllegalArgumentException(
          "fidelity has folds (%d), each trained afresh, and %s goes on with weights that have seen what a fold is validated on. Leave that out, or set fidelity.folds to 1."
              .formatted(rungs.full().folds(), begins));
    }
  }

  /** The highest: what the front is about. */
  public Fidelity fidelity() {
    return rungs.full();
  }

  /** Whether an objective or a constraint is about the size of a file. */
  public boolean usesFileBytes() {
    return FileBytesConfig.isUsed(objectives, constraints);
  }

  /** The same with data that are named relative to a folder found from anywhere. */
  SearchConfig from(Path folder) {
    return new SearchConfig(
        name,
        seed,
        data.from(folder),
        space,
        strategy,
        proxies,
        initial,
        baselines,
        DeviceSettings.from(device, folder),
        objectives,
        constraints,
        fileBytes,
        rungs,
        training,
        budget,
        execution,
        finals,
        export);
  }

  /**
   * SHA-256, hexadecimal, of all that decides what the search finds and in which order: equal for
   * configurations that differ only in name, budget, final training, export, slots, time-outs and
   * retries.
   */
  public String digest() {
    return ConfigWriter.digest(this);
  }
}
