package org.finchnas.evolution.jenetics;

import io.jenetics.Alterer;
import io.jenetics.AltererResult;
import io.jenetics.IntegerGene;
import io.jenetics.Phenotype;
import io.jenetics.util.RandomRegistry;
import io.jenetics.util.Seq;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.finchnas.evolution.algorithm.Locus;

/**
 * One mutation a cycle (arXiv 1802.01548, section 3.2): none with probability 0.05, else a change
 * of a hidden state or of an operation, equally likely.
 *
 * <p>Beyond the paper: where macro genes have a choice, one of them changes with probability 0.1,
 * at the cost of the latter two. A kind without free positions leaves its share to the others.
 */
final class OneMutation<C extends Comparable<? super C>> implements Alterer<IntegerGene, C> {

  static final double IDENTITY_PROBABILITY = 0.05;
  static final double MACRO_PROBABILITY = 0.1;

  /** Each mutation by the sum of the probabilities up to its own. */
  private final TreeMap<Double, Alterer<IntegerGene, C>> mutations = new TreeMap<>();

  OneMutation(List<Locus> loci) {
    List<Alterer<IntegerGene, C>> cell = new ArrayList<>();
    List<Integer> states = free(loci, Locus.Kind.HIDDEN_STATE);
    if (!states.isEmpty()) {
      cell.add(new HiddenStateMutation<>(states));
    }
    List<Integer> operations = free(loci, Locus.Kind.OPERATION);
    if (!operations.isEmpty()) {
      cell.add(new OperationMutation<>(operations));
    }
    mutations.put(IDENTITY_PROBABILITY, (parents, now) -> new AltererResult<>(parents.asISeq()));
    List<Integer> macros = free(loci, Locus.Kind.MACRO);
    if (!macros.isEmpty()) {
      add(
          cell.isEmpty() ? 1 - IDENTITY_PROBABILITY : MACRO_PROBABILITY,
          new MacroMutation<>(macros));
    }
    double share = (1 - mutations.lastKey()) / Math.max(1, cell.size());
    cell.forEach(mutation -> add(share, mutation));
  }

  @Override
  public AltererResult<IntegerGene, C> alter(Seq<Phenotype<IntegerGene, C>> parents, long now) {
    double drawn = RandomRegistry.random().nextDouble();
    // The sum of the shares may fall short of 1 by rounding, or because nothing is free to change.
    var chosen = drawn < mutations.lastKey() ? mutations.higherEntry(drawn) : mutations.lastEntry();
    return chosen.getValue().alter(parents, now);
  }

  private void add(double probability, Alterer<IntegerGene, C> mutation) {
    mutations.put(mutations.lastKey() + probability, mutation);
  }

  private static List<Integer> free(List<Locus> loci, Locus.Kind kind) {
    return IntStream.range(0, loci.size())
        .filter(i -> loci.get(i).kind() == kind && loci.get(i).choices() > 1)
        .boxed()
        .toList();
  }
}
