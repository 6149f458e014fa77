package org.finchnas.benchmarks.fidelity;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.finchnas.evaluation.CostModel;
import org.finchnas.evaluation.Objective;
import org.finchnas.searchspace.CellSearchSpace;
import org.finchnas.searchspace.Gene;

/**
 * The multiply-accumulates of a search space's largest network: coordinate ascent over the genes
 * from several random architectures, the best of all. A bound from below, and always the same one.
 */
final class LargestMacs {

  private static final int STARTS = 4;

  private final CellSearchSpace space;
  private final CostModel costs;
  private final Map<List<Integer>, Double> known = new HashMap<>();

  LargestMacs(CellSearchSpace space, CostModel costs) {
    this.space = space;
    this.costs = costs;
  }

  double find() {
    double largest = 0;
    for (int start = 0; start < STARTS; start++) {
      largest = Math.max(largest, climb(space.encode(space.sample(new SplittableRandom(start)))));
    }
    return largest;
  }

  private double climb(int[] values) {
    List<Gene> genes = space.genes();
    double best = macs(values);
    double before;
    do {
      before = best;
      for (int i = 0; i < genes.size(); i++) {
        int kept = values[i];
        for (int choice = 0; choice < genes.get(i).choices(); choice++) {
          values[i] = choice;
          double macs = macs(values);
          if (macs > best) {
            best = macs;
            kept = choice;
          }
        }
        values[i] = kept;
      }
    } while (best > before);
    return best;
  }

  private double macs(int[] values) {
    return known.computeIfAbsent(Arrays.stream(values).boxed().toList(), key -> count(values));
  }

  private double count(int[] values) {
    try {
      Double macs = costs.costs(space.decode(values)).get(Objective.MACS.name());
      return macs == null ? 0 : macs;
    } catch (IllegalArgumentException unassembled) {
      return 0;
    }
  }
}
