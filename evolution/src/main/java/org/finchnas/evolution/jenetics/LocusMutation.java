package org.finchnas.evolution.jenetics;

import io.jenetics.Alterer;
import io.jenetics.AltererResult;
import io.jenetics.Chromosome;
import io.jenetics.Genotype;
import io.jenetics.IntegerChromosome;
import io.jenetics.IntegerGene;
import io.jenetics.Phenotype;
import io.jenetics.util.ISeq;
import io.jenetics.util.MSeq;
import io.jenetics.util.RandomRegistry;
import io.jenetics.util.Seq;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Gives the gene at one of some positions, drawn uniformly, another value of its range, all equally
 * likely, in every individual.
 */
abstract class LocusMutation<C extends Comparable<? super C>> implements Alterer<IntegerGene, C> {

  private final List<Integer> positions;

  /**
   * @param positions of one-gene chromosomes; at least one
   */
  LocusMutation(List<Integer> positions) {
    if (positions.isEmpty()) {
      throw new IllegalArgumentException("A mutation needs at least one position, but has none.");
    }
    this.positions = List.copyOf(positions);
  }

  @Override
  public AltererResult<IntegerGene, C> alter(Seq<Phenotype<IntegerGene, C>> population, long now) {
    RandomGenerator random = RandomRegistry.random();
    ISeq<Phenotype<IntegerGene, C>> mutants =
        population.stream()
            .map(parent -> Phenotype.<IntegerGene, C>of(mutate(parent.genotype(), random), now))
            .collect(ISeq.toISeq());
    return new AltererResult<>(mutants, mutants.size());
  }

  private Genotype<IntegerGene> mutate(Genotype<IntegerGene> genotype, RandomGenerator random) {
    int position = positions.get(random.nextInt(positions.size()));
    MSeq<Chromosome<IntegerGene>> chromosomes = MSeq.of(genotype);
    IntegerGene mutant = another(genotype.get(position).gene(), random);
    chromosomes.set(position, IntegerChromosome.of(mutant));
    return Genotype.of(chromosomes);
  }

  private static IntegerGene another(IntegerGene gene, RandomGenerator random) {
    int value = random.nextInt(gene.min(), gene.max() - 1);
    return gene.newInstance(value < gene.intValue() ? value : value + 1);
  }
}
