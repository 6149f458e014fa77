package org.finchnas.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evolution.StrategySettings.Selection;
import org.finchnas.searchspace.ArchitectureId;
import org.junit.jupiter.api.Test;

class LocalSearchStrategyTest extends SearchStrategyContract {

  @Override
  StrategySettings settings() {
    return StrategySettings.of("local-search", 0, 0, Selection.FIRST_OBJECTIVE, false);
  }

  @Test
  void proposesNoNetworkTwice() {
    List<ArchitectureId> ids =
        new Search(create(1))
            .run(200, 4).asked.stream().map(Candidate::architecture).map(a -> a.id()).toList();
    assertThat(ids).doesNotHaveDuplicates();
  }
}
