package org.finchnas.evolution.jenetics;

import io.jenetics.Chromosome;
import io.jenetics.Genotype;
import io.jenetics.IntegerChromosome;
import io.jenetics.IntegerGene;
import io.jenetics.util.MSeq;
import java.util.ArrayList;
import java.util.List;
import org.finchnas.evolution.algorithm.IntegerEncoding;
import org.finchnas.evolution.algorithm.Locus;

/**
 * Architectures as Jenetics genotypes: one chromosome of one gene for each locus, since Jenetics
 * wants all genes of a chromosome to have the same range.
 */
final class GenotypeCodec<A> {

  private final IntegerEncoding<A> encoding;
  private final List<Locus> loci;

  GenotypeCodec(IntegerEncoding<A> encoding) {
    this.encoding = encoding;
    loci = encoding.loci();
  }

  Genotype<IntegerGene> genotype(A architecture) {
    int[] values = encoding.encode(architecture);
    List<IntegerChromosome> chromosomes = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      chromosomes.add(IntegerChromosome.of(IntegerGene.of(values[i], 0, loci.get(i).choices())));
    }
    return Genotype.of(chromosomes);
  }

  /** Each gene drawn uniformly from Jenetics' registered generator. */
  Genotype<IntegerGene> random() {
    return Genotype.of(
        loci.stream()
            .map(locus -> IntegerChromosome.of(IntegerGene.of(0, locus.choices())))
            .toList());
  }

  /** Each gene changed to each other value of its range. */
  List<Genotype<IntegerGene>> neighbours(Genotype<IntegerGene> genotype) {
    List<Genotype<IntegerGene>> neighbours = new ArrayList<>();
    for (int i = 0; i < genotype.length(); i++) {
      IntegerGene gene = genotype.get(i).gene();
      for (int value = 0; value < loci.get(i).choices(); value++) {
        if (value != gene.intValue()) {
          MSeq<Chromosome<IntegerGene>> chromosomes = MSeq.of(genotype);
          chromosomes.set(i, IntegerChromosome.of(gene.newInstance(value)));
          neighbours.add(Genotype.of(chromosomes));
        }
      }
    }
    return neighbours;
  }

  A architecture(Genotype<IntegerGene> genotype) {
    return encoding.decode(
        genotype.stream().map(Chromosome::gene).mapToInt(IntegerGene::intValue).toArray());
  }
}
