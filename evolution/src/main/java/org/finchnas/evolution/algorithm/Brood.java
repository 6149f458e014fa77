package org.finchnas.evolution.algorithm;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Breeds children in number. How often each way of breeding is taken follows from how often its
 * children, once evaluated, were a success: probability matching (Thierens 2005,
 * doi:10.1145/1068009.1068251).
 */
final class Brood<A> {

  private static final double LEAST_SHARE = 0.08;
  private static final double MEMORY = 0.95;
  private static final double FIRST_QUALITY = 0.3;

  private final Problem<A> problem;
  private final RandomGenerator random;
  private final Map<Way, Double> quality = new EnumMap<>(Way.class);

  /** How a child comes about. */
  enum Way {
    ONE_MUTATION,
    TWO_MUTATIONS,
    FOUR_MUTATIONS,
    CROSSOVER,
    CROSSOVER_AND_MUTATION
  }

  /**
   * A child that was bred.
   *
   * @param parent the number of the individual it was bred from, or null
   */
  record Child<A>(A architecture, @Nullable Integer parent, @Nullable Way way) {}

  Brood(Problem<A> problem, RandomGenerator random) {
    this.problem = problem;
    this.random = random;
    for (Way way : Way.values()) {
      quality.put(way, FIRST_QUALITY);
    }
  }

  /**
   * Children of which none is a twin of another or among those that were proposed, and all are
   * allowed; as many as are found.
   *
   * @param parents not empty
   */
  List<Child<A>> breed(List<Individual<A>> parents, int count, Set<Object> proposed) {
    Litter litter = new Litter(proposed);
    for (int i = 0; i < count; i++) {
      Way way = way();
      Individual<A> parent = parents.get(random.nextInt(parents.size()));
      A other = parents.get(random.nextInt(parents.size())).architecture();
      litter.add(new Child<>(bred(way, parent.architecture(), other), parent.number(), way));
    }
    return litter.children;
  }

  /** Some that are drawn as if nothing was known. */
  List<Child<A>> strangers(int count, Set<Object> proposed) {
    Litter litter = new Litter(proposed);
    for (int i = 0; i < count; i++) {
      litter.add(new Child<>(problem.variation().sample(), null, null));
    }
    return litter.children;
  }

  /** What differs in one place from children, which would have the same parent. */
  List<Child<A>> around(List<Child<A>> children, int each, Set<Object> proposed) {
    Litter litter = new Litter(proposed);
    for (Child<A> child : children) {
      for (int i = 0; i < each; i++) {
        A near = problem.variation().mutate(child.architecture());
        litter.add(new Child<>(near, child.parent(), child.way()));
      }
    }
    return litter.children;
  }

  /** Notes whether a child of that way was a success. */
  void learn(Way way, boolean success) {
    quality.merge(way, success ? 1.0 : 0.0, (old, now) -> MEMORY * old + (1 - MEMORY) * now);
  }

  private Way way() {
    double sum = quality.values().stream().mapToDouble(each -> each + LEAST_SHARE).sum();
    double drawn = random.nextDouble() * sum;
    Way last = Way.ONE_MUTATION;
    for (Map.Entry<Way, Double> entry : quality.entrySet()) {
      last = entry.getKey();
      drawn -= entry.getValue() + LEAST_SHARE;
      if (drawn < 0) {
        break;
      }
    }
    return last;
  }

  private A bred(Way way, A parent, A other) {
    Variation<A> variation = problem.variation();
    return switch (way) {
      case ONE_MUTATION -> variation.mutate(parent);
      case TWO_MUTATIONS -> mutated(parent, 2);
      case FOUR_MUTATIONS -> mutated(parent, 4);
      case CROSSOVER -> variation.cross(parent, other);
      case CROSSOVER_AND_MUTATION -> variation.mutate(variation.cross(parent, other));
    };
  }

  private A mutated(A parent, int times) {
    A child = parent;
    for (int i = 0; i < times; i++) {
      child = problem.variation().mutate(child);
    }
    return child;
  }

  /** Children as they are taken in. */
  private final class Litter {

    private final Set<Object> proposed;
    private final Set<Object> here = new HashSet<>();
    private final List<Child<A>> children = new ArrayList<>();

    Litter(Set<Object> proposed) {
      this.proposed = proposed;
    }

    void add(Child<A> child) {
      Object identity = problem.foreknowledge().identity(child.architecture());
      if (!proposed.contains(identity)
          && here.add(identity)
          && problem.foreknowledge().allows(child.architecture())) {
        children.add(child);
      }
    }
  }
}
