package org.finchnas.evolution.jenetics;

import io.jenetics.Genotype;
import io.jenetics.IntegerGene;
import io.jenetics.MonteCarloSelector;
import io.jenetics.Optimize;
import io.jenetics.Phenotype;
import io.jenetics.Selector;
import io.jenetics.TournamentSelector;
import io.jenetics.util.ISeq;
import io.jenetics.util.MSeq;
import io.jenetics.util.RandomRegistry;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.finchnas.evolution.algorithm.Individual;
import org.finchnas.evolution.algorithm.IntegerEncoding;
import org.finchnas.evolution.algorithm.Variation;

/**
 * Sampling, selection and mutation by Jenetics.
 *
 * <p>The one place that binds Jenetics' registry to a generator. It is bound to the calling thread
 * for the length of a call, and all a call does stays on that thread, so the results follow from
 * the seed and the order of the calls, whichever threads make them; at most one may at a time.
 */
public final class JeneticsVariation<A> implements Variation<A> {

  /** Jenetics dates individuals; nothing here asks for their age. */
  private static final long UNDATED = 1;

  private final GenotypeCodec<A> codec;
  private final OneMutation<Integer> mutation;
  private final GroupCrossover<Integer> crossover;
  private final RandomGenerator random;

  public JeneticsVariation(IntegerEncoding<A> encoding, long seed) {
    codec = new GenotypeCodec<>(encoding);
    mutation = new OneMutation<>(encoding.loci());
    crossover = new GroupCrossover<>(encoding);
    random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  @Override
  public A sample() {
    return bound(() -> codec.architecture(codec.random()));
  }

  @Override
  public Individual<A> tournament(
      List<Individual<A>> population, int sampleSize, Comparator<Individual<A>> fitness) {
    Comparator<Phenotype<IntegerGene, Integer>> fitter =
        Comparator.comparing(phenotype -> population.get(phenotype.fitness()), fitness);
    // A tournament of one has no winner in Jenetics: it is a uniform draw.
    Selector<IntegerGene, Integer> selector =
        sampleSize == 1 ? new MonteCarloSelector<>() : new TournamentSelector<>(fitter, sampleSize);
    return bound(
        () ->
            population.get(
                selector.select(phenotypes(population), 1, Optimize.MAXIMUM).get(0).fitness()));
  }

  @Override
  public A mutate(A parent) {
    Phenotype<IntegerGene, Integer> phenotype = Phenotype.of(codec.genotype(parent), UNDATED);
    return bound(
        () ->
            codec.architecture(
                mutation.alter(ISeq.of(phenotype), UNDATED).population().get(0).genotype()));
  }

  @Override
  public A cross(A first, A second) {
    ISeq<Phenotype<IntegerGene, Integer>> parents =
        ISeq.of(
            Phenotype.of(codec.genotype(first), UNDATED),
            Phenotype.of(codec.genotype(second), UNDATED));
    return bound(
        () -> codec.architecture(crossover.alter(parents, UNDATED).population().get(0).genotype()));
  }

  @Override
  public List<A> neighbours(A architecture) {
    Genotype<IntegerGene> genotype = codec.genotype(architecture);
    List<A> neighbours = codec.neighbours(genotype).stream().map(codec::architecture).toList();
    return bound(() -> MSeq.of(neighbours).shuffle(RandomRegistry.random()).asList());
  }

  /**
   * Their fitness is the position in the population, which leads back to the individual. All have
   * the genes of one: selection does not look at them, and to encode a population takes time.
   */
  private ISeq<Phenotype<IntegerGene, Integer>> phenotypes(List<Individual<A>> population) {
    Genotype<IntegerGene> unread = codec.genotype(population.get(0).architecture());
    return IntStream.range(0, population.size())
        .mapToObj(i -> Phenotype.of(unread, UNDATED, i))
        .collect(ISeq.toISeq());
  }

  private <T> T bound(Supplier<T> step) {
    return RandomRegistry.with(random, generator -> step.get());
  }
}
