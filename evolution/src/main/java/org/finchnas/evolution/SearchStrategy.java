package org.finchnas.evolution;

import java.util.Map;
import java.util.Optional;
import org.finchnas.evaluation.Evaluation;

/**
 * Decides what is trained next. A strategy has no threads, no clock and no files; with the same
 * constructor arguments, equal calls in equal order give equal answers, which is what resuming
 * rests on.
 */
public interface SearchStrategy {

  /**
   * The next proposal, or empty for "not yet: tell me more first". A proposal that breaks a
   * constraint is dropped and the strategy asked again; it is never told of it.
   */
  Optional<Proposal> ask();

  /**
   * Takes the outcome of a proposal. Outcomes come in the order of the candidates' numbers, or as
   * they arrive where the search is configured so; that of a duplicate always after its twin's.
   */
  void tell(Evaluation evaluation);

  /**
   * How many architectures it drew and did not propose, since they break a constraint or cannot be
   * assembled; by the constraint broken most, or by a reason in words.
   */
  default Map<String, Integer> rejected() {
    return Map.of();
  }
}
