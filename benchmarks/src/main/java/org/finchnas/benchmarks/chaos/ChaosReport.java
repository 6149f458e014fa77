package org.finchnas.benchmarks.chaos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.finchnas.benchmarks.Medians;

/**
 * What the benchmark found.
 *
 * @param kills of each kind of process
 * @param obstacle why no network was cut, though it was asked for
 */
record ChaosReport(
    ChaosOptions options,
    Map<Victim, Integer> kills,
    int cuts,
    Stops stops,
    Tally tally,
    Duration elapsed,
    Optional<String> obstacle) {

  String table() {
    StringBuilder table = new StringBuilder();
    for (Victim victim : Victim.values()) {
      row(table, "kills of " + victim.plural(), kills.getOrDefault(victim, 0));
    }
    row(table, "cuts of a worker's network", cuts);
    for (Victim victim : Victim.values()) {
      row(table, "stops of " + victim.plural(), stops.count(victim));
    }
    row(table, "searches", tally.searches());
    row(table, "evaluations", tally.evaluations());
    row(table, "  lost", tally.lost());
    row(table, "  counted twice", tally.twice());
    row(table, "  given up because of a machine", tally.machineFailures());
    row(table, "  whose weights are gone or damaged", tally.damagedWeights());
    row(table, "searches that differ", tally.differing());
    row(table, "trainings done again", tally.trainedAgain());
    List<Double> seconds = tally.reissueSeconds();
    if (!seconds.isEmpty()) {
      table.append(
          "a killed worker's work was given to others after %.1f s (median of %d; %.1f to %.1f s)%n"
              .formatted(
                  median(), seconds.size(), seconds.get(0), seconds.get(seconds.size() - 1)));
    }
    tally.faults().forEach(fault -> table.append("FAULT: ").append(fault).append('\n'));
    obstacle.ifPresent(
        why -> table.append("NOT TRIED: no network was cut, as none can be here: " + why + "\n"));
    table.append(
        String.format(
            Locale.ROOT, "seed %d, %d s: %s", options.seed(), elapsed.toSeconds(), verdict()));
    return table.toString();
  }

  private static void row(StringBuilder table, String name, long value) {
    table.append(String.format(Locale.ROOT, "%-40s %6d%n", name, value));
  }

  private double median() {
    return Medians.of(tally.reissueSeconds().stream().mapToDouble(Double::doubleValue).toArray());
  }

  private String verdict() {
    if (!tally.isFlawless()) {
      return "failed";
    }
    return obstacle.isPresent() ? "incomplete" : "passed";
  }

  String json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("seed", options.seed());
    json.put("kills", counts(victim -> kills.getOrDefault(victim, 0)));
    json.put("cuts", cuts);
    json.put("stops", counts(stops::count));
    json.put("searches", tally.searches());
    json.put("evaluations", tally.evaluations());
    json.put("lost", tally.lost());
    json.put("twice", tally.twice());
    json.put("machineFailures", tally.machineFailures());
    json.put("damagedWeights", tally.damagedWeights());
    json.put("differing", tally.differing());
    json.put("trainedAgain", tally.trainedAgain());
    json.put("reissueSeconds", tally.reissueSeconds());
    json.put("faults", tally.faults());
    obstacle.ifPresent(why -> json.put("notTried", why));
    json.put("elapsedSeconds", elapsed.toSeconds());
    json.put("verdict", verdict());
    try {
      return new ObjectMapper().writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, Integer> counts(ToIntFunction<Victim> count) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (Victim victim : Victim.values()) {
      counts.put(victim.plural(), count.applyAsInt(victim));
    }
    return counts;
  }
}
