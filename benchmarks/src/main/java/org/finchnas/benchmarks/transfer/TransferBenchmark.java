package org.finchnas.benchmarks.transfer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.finchnas.benchmarks.Scratch;
import org.finchnas.data.DataSet;
import org.finchnas.data.DataSets;
import org.finchnas.evaluation.Epoch;
import org.finchnas.evaluation.TrainingParams;
import org.finchnas.searchspace.Blueprint;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.Normalization;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.worker.NativeBackend;
import org.finchnas.worker.training.Checkpoints;
import org.finchnas.worker.training.InitialWeights;
import org.finchnas.worker.training.Trainer;
import org.finchnas.worker.training.TrainingImages;
import org.finchnas.worker.training.TrainingListener;
import org.finchnas.worker.training.TrainingOutcome;
import org.finchnas.worker.training.TrainingOutcome.Finished;
import org.finchnas.worker.training.TrainingPlan;
import org.finchnas.worker.training.Transfer;
import org.finchnas.worker.training.TransferCheckpoints;
import org.finchnas.worker.training.TransferPlan;

/**
 * Trains a network on half of the classes of CIFAR-10 and teaches it the other half from few
 * pictures, beside the same network from fresh weights for as many epochs; and how many images a
 * second a head alone learns from, beside training all of it.
 */
public final class TransferBenchmark {

  private static final String DESIGN =
      "n=1,f=12,stem=cifar,image=32:normal=sep_conv_3x3@0+skip_connect@1"
          + ",sep_conv_5x5@0+avg_pool_3x3@1"
          + ":reduction=max_pool_3x3@0+sep_conv_3x3@1,conv_1x1@2+skip_connect@0";
  private static final Shape IMAGE = new Shape(3, 32, 32);
  private static final int BASE_EPOCHS = 8;
  private static final int EPOCHS = 20;
  private static final List<Integer> PER_CLASS = List.of(10, 40);
  private static final List<Long> SEEDS = List.of(1L, 2L, 3L);
  private static final TrainingParams PARAMS =
      new TrainingParams(32, 0.05, 0.9, 5e-4, 1, 5, true, 4);
  private static final TrainingListener NOBODY = (epochs, last) -> {};

  private final ClassHalf first;
  private final ClassHalf second;
  private final Normalization normalization;
  private final TransferCheckpoints checkpoints =
      new TransferCheckpoints(Scratch.directory("transfer"), Checkpoints.NONE, Checkpoints.NONE);

  private TransferBenchmark(DataSet data) {
    this.first = ClassHalf.of(data, 0);
    this.second = ClassHalf.of(data, 1);
    // CIFAR-10's own, rounded.
    this.normalization = new Normalization(List.of(125f, 123f, 114f), List.of(63f, 62f, 67f));
  }

  public static void main(String[] arguments) {
    NativeBackend.select();
    Path published = Path.of(System.getProperty("finch.data", ""));
    Path cache = Scratch.directory("cache");
    new TransferBenchmark(DataSets.open("cifar10", IMAGE.height(), published, cache)).run();
  }

  private void run() {
    Finished trained = fresh(first.images(Integer.MAX_VALUE, normalization), BASE_EPOCHS, 1);
    InitialWeights base = new InitialWeights(trained.network(), "base", 0);
    say("base: %s, %d epochs: accuracy %.1f %%", first.classes(), BASE_EPOCHS, percent(trained));
    say(
        "classes %s, %d epochs each, seeds %s; test accuracy in %%",
        second.classes(), EPOCHS, SEEDS);
    say("%10s %8s %8s %8s", "per class", "fresh", "head", "tuned");
    for (int perClass : PER_CLASS) {
      TrainingImages images = second.images(perClass, normalization);
      List<Finished> alone = new ArrayList<>();
      List<Finished> heads = new ArrayList<>();
      List<Finished> tuned = new ArrayList<>();
      for (long seed : SEEDS) {
        alone.add(fresh(images, EPOCHS, seed));
        heads.add(transferred(images, new TransferPlan(PARAMS, EPOCHS, 0, seed, base), NOBODY));
        tuned.add(
            transferred(
                images, new TransferPlan(PARAMS, EPOCHS / 2, EPOCHS / 2, seed, base), NOBODY));
      }
      say("%10d %8.1f %8.1f %8.1f", perClass, mean(alone), mean(heads), mean(tuned));
    }
    compareSpeed(base);
  }

  private void compareSpeed(InitialWeights base) {
    TrainingImages images = second.images(400, normalization);
    Watch watch = new Watch();
    Finished unused =
        finished(
            Trainer.train(
                network(5),
                images,
                new TrainingPlan(PARAMS, 3, 1, false, 0, 0, null),
                Checkpoints.NONE,
                watch));
    double full = images.train().size() / watch.secondsBetween(1, 2);
    Watch heads = new Watch();
    unused = transferred(images, new TransferPlan(PARAMS, EPOCHS, 0, 1, base), heads);
    double epochs = heads.secondsBetween(1, EPOCHS) / (EPOCHS - 1);
    double features = heads.secondsBetween(0, 1) - epochs;
    double all = EPOCHS * images.train().size() / heads.secondsBetween(0, EPOCHS);
    say("everything learns: %.0f images/s", full);
    say(
        "a head alone: %.0f images/s over %d epochs, %.1f times as many: features %.2f s once, then %.3f s an epoch",
        all, EPOCHS, all / full, features, epochs);
  }

  /** When each epoch was over. */
  private static final class Watch implements TrainingListener {

    private final List<Long> nanos = new ArrayList<>(List.of(System.nanoTime()));

    @Override
    public void epoch(int epochs, Epoch last) {
      nanos.add(System.nanoTime());
    }

    double secondsBetween(int one, int other) {
      return (nanos.get(other) - nanos.get(one)) / 1e9;
    }
  }

  private Finished transferred(
      TrainingImages images, TransferPlan plan, TrainingListener listener) {
    return finished(
        Transfer.train(network(images.labels().size()), images, plan, checkpoints, listener));
  }

  private static Finished fresh(TrainingImages images, int epochs, long seed) {
    TrainingPlan plan = new TrainingPlan(PARAMS, epochs, seed, false, 0, 0, null);
    return finished(
        Trainer.train(network(images.labels().size()), images, plan, Checkpoints.NONE, NOBODY));
  }

  private static Network network(int classes) {
    return new Blueprint(DESIGN, IMAGE, classes).assemble();
  }

  private static Finished finished(TrainingOutcome outcome) {
    if (outcome instanceof Finished finished) {
      return finished;
    }
    throw new IllegalStateException("A training failed: " + outcome);
  }

  private static double percent(Finished finished) {
    return 100 * finished.accuracy();
  }

  private static double mean(List<Finished> all) {
    return all.stream().mapToDouble(TransferBenchmark::percent).average().orElseThrow();
  }

  private static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
