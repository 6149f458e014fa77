package org.finchnas.worker.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScheduleTest {

  @Test
  void theRateFallsFromItsStartTowardsZero() {
    CosineSchedule schedule = new CosineSchedule(0.05, 1000);

    assertThat(schedule.at(0)).isEqualTo(0.05);
    assertThat(schedule.at(500)).isCloseTo(0.025, within(1e-12));
    assertThat(schedule.at(250)).isCloseTo(0.05 * (2 + Math.sqrt(2)) / 4, within(1e-12));
    assertThat(schedule.at(999)).isBetween(0.0, 1e-6);
    for (int step = 1; step < 1000; step++) {
      assertThat(schedule.at(step)).isLessThan(schedule.at(step - 1));
    }
  }

  @Test
  void everyEpochOfEverySeedDrawsOtherNumbers() {
    Set<Long> first = new HashSet<>();
    for (long seed = 0; seed < 20; seed++) {
      TrainingSeed trainingSeed = new TrainingSeed(seed);
      first.add(trainingSeed.graph());
      for (int epoch = 0; epoch < 20; epoch++) {
        first.add(trainingSeed.order(epoch).nextLong());
        first.add(trainingSeed.augmentation(epoch).nextLong());
      }
    }

    assertThat(first).hasSize(20 * 41);
  }
}
