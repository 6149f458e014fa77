package org.finchnas.evolution.algorithm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.finchnas.evaluation.Dominance;
import org.finchnas.evaluation.Objective;
import org.finchnas.evolution.surrogate.Surrogate;
import org.jspecify.annotations.Nullable;

/**
 * Finch's own: evolution whose children are bred in number and ranked by a surrogate, so that only
 * the most promising one is evaluated. The parents are the front, or with one objective the best by
 * the surrogate's opinion; the surrogate is a Gaussian process that learns from all that was told;
 * the promise is the expected improvement of the best, or of the front's hypervolume.
 *
 * <p>It begins with as many random architectures as its population holds. While the surrogate does
 * not foretell, by the results that it has, it is not asked, and aging evolution proposes instead.
 * What was proposed once is proposed again only if nothing else is found.
 *
 * <p>Results of different fidelities cannot be compared: it learns from what was told first.
 */
public final class GuidedEvolution<A> implements Algorithm<A> {

  /** A surrogate whose order of what it was not told agrees less with the results is not asked. */
  static final double LEAST_FORESIGHT = 0.1;

  private static final int BEST = 10;
  private static final int ROUNDS = 3;
  private static final int LEADERS = 4;
  private static final int AROUND = 12;
  private static final int TRIES = 30;
  private static final int MOST_KEPT = 150;
  private static final double STEPS = 1.6e6;
  private static final long OWN_STREAM = 0x5851F42D4C957F2DL;

  private final Params params;
  private final Problem<A> problem;
  private final RandomGenerator random;
  private final AgingEvolution<A> plain;
  private final Brood<A> brood;
  private final Outlook<A> outlook;
  private final Dominance dominance;
  private final Map<Integer, Individual<A>> told = new HashMap<>();
  private final List<Individual<A>> front = new ArrayList<>();
  private final Set<Object> proposed = new HashSet<>();
  private final Map<Object, Brood.Way> ways = new HashMap<>();
  private double @Nullable [] reference;
  private int asked;
  private int nextProbe;

  /**
   * How it breeds.
   *
   * @param populationSize random architectures to begin with, and the population of the aging
   *     evolution that it falls back on
   * @param sampleSize of that aging evolution
   * @param broodSize children that are bred for one that is evaluated, before the best are varied
   */
  public record Params(int populationSize, int sampleSize, int broodSize) {

    public static final int DEFAULT_BROOD = 96;

    public Params {
      AgingEvolution.Params unused = new AgingEvolution.Params(populationSize, sampleSize);
      if (broodSize < 1) {
        throw new IllegalArgumentException(
            "broodSize (%d) must be at least 1.".formatted(broodSize));
      }
    }
  }

  /**
   * @param followed how many of the problem's objectives, from the first
   */
  public GuidedEvolution(Params params, Problem<A> problem, int followed) {
    List<Objective> objectives = problem.objectives().subList(0, followed);
    this.params = params;
    this.problem = problem;
    random = RandomGeneratorFactory.of("L64X128MixRandom").create(problem.seed() ^ OWN_STREAM);
    plain =
        new AgingEvolution<>(
            new AgingEvolution.Params(params.populationSize(), params.sampleSize()),
            problem.variation(),
            Fitness.pareto(objectives),
            problem.foreknowledge()::allows);
    brood = new Brood<>(problem, random);
    outlook = new Outlook<>(problem, objectives);
    dominance = new Dominance(objectives);
  }

  @Override
  public Optional<Offspring<A>> ask() {
    Brood.Child<A> child = isGuided() ? guided() : null;
    Offspring<A> offspring =
        child == null ? unguided() : new Offspring<>(child.architecture(), child.parent());
    if (problem.foreknowledge().allows(offspring.architecture())) {
      asked++;
      Object identity = problem.foreknowledge().identity(offspring.architecture());
      proposed.add(identity);
      if (child != null && child.way() != null) {
        ways.put(identity, child.way());
      }
      outlook.expect(offspring.architecture());
    }
    return Optional.of(offspring);
  }

  private boolean isGuided() {
    return asked >= params.populationSize()
        && !front.isEmpty()
        && !(outlook.foresight() < LEAST_FORESIGHT);
  }

  private Offspring<A> unguided() {
    Offspring<A> offspring = plain.ask().orElseThrow();
    for (int i = 0; i < TRIES && wasProposed(offspring.architecture()); i++) {
      offspring = plain.ask().orElseThrow();
    }
    return offspring;
  }

  private boolean wasProposed(A architecture) {
    return proposed.contains(problem.foreknowledge().identity(architecture));
  }

  /** The most promising child, or null if none is new. */
  private Brood.@Nullable Child<A> guided() {
    Acquisition<A> acquisition = acquisition();
    List<Brood.Child<A>> children =
        new ArrayList<>(brood.breed(parents(), params.broodSize(), proposed));
    children.addAll(brood.strangers(params.broodSize() / 8, proposed));
    Ranking<A> ranking = new Ranking<>(acquisition);
    List<Brood.Child<A>> again = again();
    if (again.size() == 1) {
      return again.get(0);
    }
    ranking.add(again, again.size());
    ranking.add(children, evaluations());
    for (int round = 1; round < ROUNDS && !ranking.isEmpty(); round++) {
      ranking.add(brood.around(ranking.leaders(LEADERS), AROUND, proposed), evaluations() / 2);
    }
    return ranking.isEmpty() ? null : ranking.leaders(1).get(0);
  }

  /**
   * What may be worth another evaluation, if results are noisy: the best ones. Whether they are is
   * seen from time to time by evaluating the best again, which then stands here alone.
   */
  private List<Brood.Child<A>> again() {
    if (outlook.objectives().size() > 1) {
      return List.of();
    }
    boolean noisy = outlook.surrogates().get(0).repeats() == Surrogate.Repeats.DIFFERENT;
    boolean probes = !noisy && asked >= nextProbe;
    if (probes) {
      nextProbe = asked + asked / 2 + 1;
    }
    return parents().stream()
        .limit(probes ? 1 : noisy ? BEST : 0)
        .map(parent -> new Brood.Child<A>(parent.architecture(), parent.number(), null))
        .toList();
  }

  /** How many children may be asked about with their uncertainty, so that time stays bounded. */
  private int evaluations() {
    double steps = 0;
    for (var surrogate : outlook.surrogates()) {
      steps += surrogate.size() * (double) surrogate.size() / 2;
    }
    return (int) Math.max(12, STEPS / Math.max(1, steps));
  }

  private Acquisition<A> acquisition() {
    if (outlook.objectives().size() == 1) {
      return new ExpectedImprovement<>(outlook);
    }
    return new HypervolumeImprovement<>(
        outlook,
        reference == null ? new double[0] : reference,
        front.stream().map(outlook::upward).toList(),
        random);
  }

  private List<Individual<A>> parents() {
    if (outlook.objectives().size() > 1) {
      return front;
    }
    List<Individual<A>> best = new ArrayList<>();
    for (int number : outlook.surrogates().get(0).bestNumbers(BEST)) {
      Individual<A> individual = told.get(number);
      if (individual != null) {
        best.add(individual);
      }
    }
    return best.isEmpty() ? front : best;
  }

  /** The surrogate keeps what parents come from. */
  private Set<Integer> kept() {
    Set<Integer> kept = new LinkedHashSet<>();
    int every = Math.max(1, (front.size() + MOST_KEPT - 1) / MOST_KEPT);
    for (int i = 0; i < front.size(); i += every) {
      kept.add(front.get(i).number());
    }
    if (outlook.objectives().size() == 1 && !outlook.surrogates().isEmpty()) {
      kept.addAll(outlook.surrogates().get(0).bestNumbers(2 * BEST));
    }
    return kept;
  }

  @Override
  public void tell(Individual<A> individual) {
    plain.tell(individual);
    outlook.tell(individual);
    Brood.Way way = ways.remove(problem.foreknowledge().identity(individual.architecture()));
    boolean success = false;
    if (!individual.hasFailed()) {
      told.put(individual.number(), individual);
      success = join(individual);
      extendReference(individual);
    }
    if (way != null) {
      brood.learn(way, success);
    }
    outlook.maintain(kept());
  }

  /** Whether it stands on the front of what was told. */
  private boolean join(Individual<A> individual) {
    double[] scores = followed(individual);
    for (Individual<A> member : front) {
      double[] other = followed(member);
      if (dominance.dominates(other, scores) || Arrays.equals(other, scores)) {
        return false;
      }
    }
    front.removeIf(member -> dominance.dominates(scores, followed(member)));
    front.add(individual);
    return true;
  }

  private double[] followed(Individual<A> individual) {
    return Arrays.copyOf(individual.vector(), outlook.objectives().size());
  }

  /** The worst of the random architectures it began with is the worst that counts. */
  private void extendReference(Individual<A> individual) {
    double[] upward = outlook.upward(individual);
    if (reference == null) {
      reference = upward;
    } else if (told.size() <= params.populationSize()) {
      for (int k = 0; k < upward.length; k++) {
        reference[k] = Math.min(reference[k], upward[k]);
      }
    }
  }

  @Override
  public void retell(Individual<A> individual) {
    plain.retell(individual);
  }

  @Override
  public Optional<Individual<A>> favourite() {
    if (outlook.surrogates().isEmpty() || outlook.learned().get(0) != 0) {
      return Optional.empty();
    }
    return outlook.surrogates().get(0).bestNumbers(BEST).stream()
        .map(told::get)
        .filter(individual -> individual != null)
        .findFirst();
  }

  /** Children in the order of their promise. */
  private static final class Ranking<A> {

    private record Ranked<A>(Brood.Child<A> child, double promise) {}

    private final Acquisition<A> acquisition;
    private final List<Ranked<A>> ranked = new ArrayList<>();
    private final Set<Object> seen = new HashSet<>();

    Ranking(Acquisition<A> acquisition) {
      this.acquisition = acquisition;
    }

    /** Takes in those that look best without uncertainty, at most so many. */
    void add(List<Brood.Child<A>> children, int most) {
      List<Ranked<A>> quick = new ArrayList<>();
      for (Brood.Child<A> child : children) {
        if (seen.add(child.architecture())) {
          boolean all = children.size() <= most;
          quick.add(new Ranked<>(child, all ? 0 : acquisition.atMean(child.architecture())));
        }
      }
      quick.sort(Comparator.comparingDouble(each -> -each.promise()));
      quick.stream()
          .limit(most)
          .map(each -> new Ranked<>(each.child(), acquisition.of(each.child().architecture())))
          .forEach(ranked::add);
      ranked.sort(Comparator.comparingDouble(each -> -each.promise()));
    }

    boolean isEmpty() {
      return ranked.isEmpty();
    }

    List<Brood.Child<A>> leaders(int count) {
      return ranked.stream().limit(count).map(Ranked::child).toList();
    }
  }
}
