package org.finchnas.benchmarks.space;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.finchnas.searchspace.Architecture;
import org.finchnas.searchspace.ArchitectureId;
import org.finchnas.searchspace.CellSearchSpace;
import org.finchnas.searchspace.OperationSet;
import org.finchnas.searchspace.Stem;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.published.PublishedCells;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** {@code benchmarks/run search-space}: by JMH, one thread, in steady state. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(1)
public class SpaceBenchmark {

  private static final Shape IMAGE = new Shape(3, 224, 224);
  private static final int CLASSES = 1000;

  private final CellSearchSpace space =
      new CellSearchSpace(
          OperationSet.NASNET.operations(), 5, List.of(2, 4, 6), List.of(16, 32), Stem.CIFAR, 32);
  private final SplittableRandom random = new SplittableRandom(1);
  private final Architecture nasnet = Architecture.parse(PublishedCells.NASNET_A_MOBILE.notation());

  /** Samples two cells of five blocks and finds their canonical id. */
  @Benchmark
  public ArchitectureId sampleAndCanonicalise() {
    return space.sample(random).id();
  }

  /** Assembles NASNet-A mobile (N = 4) and counts its params, MACs and peak activations. */
  @Benchmark
  public long assembleAndCost() {
    Network network = nasnet.assemble(IMAGE, CLASSES);
    return network.params() + network.macs() + network.peakActivationBytes();
  }

  public static void main(String[] arguments) throws RunnerException {
    new Runner(
            new OptionsBuilder()
                .include(SpaceBenchmark.class.getSimpleName())
                .shouldFailOnError(true)
                .build())
        .run();
  }
}
