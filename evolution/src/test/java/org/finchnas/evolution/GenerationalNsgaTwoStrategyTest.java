package org.finchnas.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evolution.StrategySettings.Selection;
import org.junit.jupiter.api.Test;

class GenerationalNsgaTwoStrategyTest extends SearchStrategyContract {

  @Override
  StrategySettings settings() {
    return StrategySettings.of("nsga-ii", 8, 3, Selection.PARETO, false, true);
  }

  @Test
  void breedsFromGenerationsThatAreComplete() {
    List<Candidate> asked = new Search(create(1)).run(40, 16).asked;
    for (Candidate child : asked) {
      Integer parent = child.parent();
      if (parent != null) {
        assertThat(parent / 8).isLessThan(child.number() / 8);
      }
    }
  }

  @Test
  void waitsForAGenerationWhateverTheLag() {
    SearchStrategy strategy = create(2);
    int asked = 0;
    while (strategy.ask().isPresent()) {
      asked++;
    }
    assertThat(asked).isGreaterThanOrEqualTo(8);
  }
}
