package org.finchnas.evolution.jenetics;

import io.jenetics.Chromosome;
import io.jenetics.Genotype;
import io.jenetics.IntegerGene;
import io.jenetics.Phenotype;
import io.jenetics.Recombinator;
import io.jenetics.util.MSeq;
import io.jenetics.util.RandomRegistry;
import java.util.List;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.finchnas.evolution.algorithm.IntegerEncoding;

/**
 * Uniform crossover (Syswerda 1989) of groups of loci: two individuals exchange each group with
 * probability one half. Jenetics' own exchanges genes within one chromosome, and here a chromosome
 * holds one gene.
 */
final class GroupCrossover<C extends Comparable<? super C>> extends Recombinator<IntegerGene, C> {

  private final List<List<Integer>> groups;

  GroupCrossover(IntegerEncoding<?> encoding) {
    super(1, 2);
    groups =
        List.copyOf(
            IntStream.range(0, encoding.loci().size())
                .boxed()
                .collect(Collectors.groupingBy(encoding::group, TreeMap::new, Collectors.toList()))
                .values());
  }

  @Override
  protected int recombine(
      MSeq<Phenotype<IntegerGene, C>> population, int[] individuals, long generation) {
    RandomGenerator random = RandomRegistry.random();
    Phenotype<IntegerGene, C> first = population.get(individuals[0]);
    Phenotype<IntegerGene, C> second = population.get(individuals[1]);
    MSeq<Chromosome<IntegerGene>> one = MSeq.of(first.genotype());
    MSeq<Chromosome<IntegerGene>> other = MSeq.of(second.genotype());
    for (List<Integer> group : groups) {
      if (random.nextBoolean()) {
        group.forEach(locus -> one.swap(locus, locus + 1, other, locus));
      }
    }
    population.set(individuals[0], Phenotype.of(Genotype.of(one), generation));
    population.set(individuals[1], Phenotype.of(Genotype.of(other), generation));
    return individuals.length;
  }
}
