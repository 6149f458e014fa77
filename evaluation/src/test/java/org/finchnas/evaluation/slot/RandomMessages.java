package org.finchnas.evaluation.slot;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.finchnas.evaluation.ClassWeights;
import org.finchnas.evaluation.Epoch;
import org.finchnas.evaluation.FailureReason;
import org.finchnas.evaluation.Fidelity;
import org.finchnas.evaluation.Start;
import org.finchnas.evaluation.TrainingParams;
import org.finchnas.evaluation.TrainingTask;
import org.finchnas.evaluation.ZeroCostProxy;
import org.finchnas.evaluation.slot.SlotMessage.Hello;
import org.finchnas.evaluation.slot.SlotMessage.Prepare;
import org.finchnas.evaluation.slot.SlotMessage.Progress;
import org.finchnas.evaluation.slot.SlotMessage.Ready;
import org.finchnas.evaluation.slot.SlotMessage.Refused;
import org.finchnas.evaluation.slot.SlotMessage.Score;
import org.finchnas.evaluation.slot.SlotMessage.Scored;
import org.finchnas.evaluation.slot.SlotMessage.Stop;
import org.finchnas.evaluation.slot.SlotMessage.Train;
import org.finchnas.evaluation.slot.SlotMessage.Trained;
import org.finchnas.evaluation.slot.SlotMessage.Unable;
import org.jspecify.annotations.Nullable;

/** Messages of every kind with every sort of value. */
final class RandomMessages {

  private static final List<FailureReason> REASONS = List.of(FailureReason.values());

  private RandomMessages() {}

  static SlotMessage next(RandomGenerator random) {
    return switch (random.nextInt(11)) {
      case 0 -> new Hello(random.nextInt(), random.nextLong(), text(random));
      case 1 -> new Prepare(task(random));
      case 2 ->
          new Ready(
              text(random), random.nextInt(), texts(random), random.nextInt(), random.nextInt());
      case 3 -> new Unable(text(random));
      case 4 ->
          new Train(
              random.nextInt(), text(random), fidelity(random), random.nextLong(), start(random));
      case 5 -> new Progress(random.nextInt(), random.nextInt(), epoch(random));
      case 6 ->
          new Trained(
              random.nextInt(),
              random.nextDouble(),
              epochs(random),
              text(random),
              random.nextLong(),
              random.nextDouble());
      case 7 ->
          new Refused(random.nextInt(), REASONS.get(random.nextInt(REASONS.size())), text(random));
      case 8 ->
          new Score(
              random.nextInt(), text(random), fidelity(random), random.nextLong(), proxies(random));
      case 9 -> new Scored(random.nextInt(), proxyValues(random));
      default -> new Stop();
    };
  }

  private static Set<ZeroCostProxy> proxies(RandomGenerator random) {
    Set<ZeroCostProxy> proxies = EnumSet.allOf(ZeroCostProxy.class);
    proxies.removeIf(proxy -> random.nextBoolean());
    return proxies;
  }

  private static Map<ZeroCostProxy, Double> proxyValues(RandomGenerator random) {
    Map<ZeroCostProxy, Double> values = new EnumMap<>(ZeroCostProxy.class);
    for (ZeroCostProxy proxy : proxies(random)) {
      values.put(
          proxy, random.nextInt(4) == 0 ? Double.NEGATIVE_INFINITY : random.nextGaussian() * 1e9);
    }
    return values;
  }

  private static TrainingTask task(RandomGenerator random) {
    return new TrainingTask(
        text(random),
        random.nextBoolean() ? text(random) : null,
        text(random),
        random.nextInt(),
        random.nextDouble(),
        random.nextLong(),
        params(random),
        text(random),
        text(random),
        random.nextLong(),
        random.nextLong());
  }

  private static TrainingParams params(RandomGenerator random) {
    return new TrainingParams(
        random.nextInt(1, 1000),
        random.nextDouble(1e-6, 10),
        random.nextDouble(),
        random.nextDouble(),
        random.nextDouble(0.01, 1),
        random.nextDouble(),
        random.nextBoolean(),
        random.nextInt(9),
        random.nextBoolean() ? ClassWeights.BALANCED : ClassWeights.NONE);
  }

  private static Fidelity fidelity(RandomGenerator random) {
    return new Fidelity(
        random.nextInt(1, 700), random.nextInt(60_000), random.nextInt(300), random.nextInt(1, 9));
  }

  private static @Nullable Start start(RandomGenerator random) {
    String weights = "w" + text(random);
    return switch (random.nextInt(3)) {
      case 0 -> new Start(Start.Kind.INHERITED, random.nextInt(9999), weights, 0);
      case 1 ->
          new Start(Start.Kind.CONTINUED, random.nextInt(9999), weights, 1 + random.nextInt(9999));
      default -> null;
    };
  }

  private static Epoch epoch(RandomGenerator random) {
    return new Epoch(random.nextDouble(), random.nextBoolean() ? Double.NaN : random.nextDouble());
  }

  private static List<Epoch> epochs(RandomGenerator random) {
    return Stream.generate(() -> epoch(random)).limit(random.nextInt(20)).toList();
  }

  private static List<String> texts(RandomGenerator random) {
    return Stream.generate(() -> text(random)).limit(random.nextInt(12)).toList();
  }

  /** Of any code points but surrogates, also none at all. */
  private static String text(RandomGenerator random) {
    StringBuilder text = new StringBuilder();
    for (int length = random.nextInt(30); length > 0; length--) {
      int point = random.nextInt(4) > 0 ? random.nextInt(128) : random.nextInt(0x110000);
      text.appendCodePoint(point >= 0xd800 && point < 0xe000 ? 'x' : point);
    }
    return text.toString();
  }
}
