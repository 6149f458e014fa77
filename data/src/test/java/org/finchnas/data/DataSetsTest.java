package org.finchnas.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataSetsTest {

  /** One for all tests, so that the pictures are painted once. */
  @TempDir static Path cache;

  @Test
  void shapesNeedNothingAndComeInTheSizeAskedFor() {
    DataSet set = DataSets.open("shapes", 32, null, cache);
    assertThat(set.name()).isEqualTo("shapes");
    assertThat(set.train().size()).isEqualTo(10_000);
    assertThat(set.test().size()).isEqualTo(2_000);
    DataSet small = DataSets.open("shapes", 16, null, cache);
    assertThat(small.train().height()).isEqualTo(16);
    assertThat(small.train().labels()).isEqualTo(set.train().labels());
    assertThat(small.contentHash()).isNotEqualTo(set.contentHash());
    assertThat(DataSets.scaled(set, 16, cache).contentHash()).isEqualTo(small.contentHash());
  }

  @Test
  void theSeedOfShapesMayBeNamed() {
    assertThat(DataSets.open("shapes:1", 32, null, cache).contentHash())
        .isEqualTo(DataSets.open("shapes", 32, null, cache).contentHash())
        .isNotEqualTo(DataSets.open("shapes:2", 32, null, cache).contentHash());
    assertThatThrownBy(() -> DataSets.open("shapes:two", 32, null, cache))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("shapes:two")
        .hasMessageContaining("shapes:7");
  }

  @ParameterizedTest
  @CsvSource({"cifar-10, cifar10", "shape, shapes", "Cifr10:x, cifar10"})
  void aMisspeltNameGetsTheNearest(String wrong, String meant) {
    assertThatThrownBy(() -> DataSets.open(wrong, 32, null, cache))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(wrong)
        .hasMessageContaining("Did you mean " + meant + "?")
        .hasMessageContaining("There are shapes, cifar10");
  }

  @Test
  void anUnknownNameGetsTheList() {
    assertThatThrownBy(() -> DataSets.open("imagenet", 32, null, cache))
        .hasMessageContaining("There are shapes, cifar10")
        .hasMessageNotContaining("Did you mean");
  }

  @Test
  void aSizeBelowOneIsRejected() {
    assertThatThrownBy(() -> DataSets.open("shapes", 0, null, cache))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("imageSize (0) must be at least 1");
  }

  @Test
  void theListSaysWhatIsHere() {
    assertThat(DataSets.list(null))
        .extracting(DataSets.Entry::name)
        .contains("shapes", "cifar10", "cifar100", "mnist", "fashion-mnist");
    assertThat(DataSets.list(null).get(0).here()).isTrue();
    assertThat(DataSets.list(cache).get(1).here()).isFalse();
  }
}
