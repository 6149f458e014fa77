package org.finchnas.searchspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NotationTest {

  private static final String MACRO = "n=1,f=8,stem=cifar,image=32";
  private static final String CELLS =
      ":normal=sep_conv_3x3@0+skip_connect@1:reduction=max_pool_3x3@0+conv_1x1@1";

  @Test
  void is_one_line_that_shells_and_json_leave_alone() {
    assertThat(Architecture.parse(MACRO + CELLS).notation())
        .isEqualTo(MACRO + CELLS)
        .matches("[A-Za-z0-9_=,.:@+-]+");
  }

  @Test
  void a_person_may_leave_out_what_is_usual() {
    assertThat(Architecture.parse("f=8,n=1" + CELLS.replace("skip_connect", "identity")).notation())
        .isEqualTo(MACRO + CELLS);
    assertThat(Architecture.parse("n=1,f=8,stem=imagenet" + CELLS).macro())
        .isEqualTo(new Macro(1, 8, Stem.IMAGENET, 224));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void random_architectures_are_read_back(long seed) {
    CellSearchSpace space =
        new CellSearchSpace(
            List.of(Operation.values()), 5, List.of(1, 2), List.of(8, 12), Stem.CIFAR, 32);
    Random random = new Random(seed);
    for (int i = 0; i < 100; i++) {
      Architecture architecture = space.sample(random);
      assertThat(Architecture.parse(architecture.notation())).isEqualTo(architecture);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "n=1|n=1x|3|it should be a whole number",
        "n=1|n=0|1|cellsPerStack (0) must be at least 1",
        "n=1|m=1|1|there is no such setting. Did you mean",
        "n=1|n=1,n=2|5|it is given twice",
        "n=1,|''|1|n is missing",
        "n=1|n|1|it should have the form key=value",
        "f=8,stem=cifar|f=10,stem=imagenet|1|a multiple of 4 with the ImageNet stem",
        "n=1|n=1,wiring=dart|12|Did you mean \"darts\"?",
        "n=1|n=1,activation=sigmoid|1|must be one of relu, relu6, swish, hard_swish",
        "stem=cifar|stem=cifer|14|there is no such stem. Did you mean \"cifar\"?",
        "image=32|headKeep=2|1|headKeep (2.0) must be in (0, 1]",
        "image=32|skipReductionInput=yes|39|it should be true or false",
        "sep_conv_3x3@0|sep_conv_4x4@0|36|There is no operation \"sep_conv_4x4\". Did you mean",
        "sep_conv_3x3@0|sep_conv_3x3@2|36|Block 1 makes hidden state 2 and may read states 0 to 1",
        "sep_conv_3x3@0|sep_conv_3x3@-1|36|must be hidden states",
        "sep_conv_3x3@0|sep_conv_3x3|36|it should have the form operation@state",
        "sep_conv_3x3@0+|''|36|it should have the form operation@state+operation@state",
        ":reduction|:reduktion|66|this part should have the form reduction=operation@state",
        ":reduction|,concat=4:reduction|36|different hidden states from 0 to 2",
        ":reduction|,concat=0+1:reduction|36|at least one of them a block",
        ":reduction|,concat=2+:reduction|75|it should be a whole number",
        ":reduction|:more=1:reduction|1|three parts joined by colons",
      })
  void an_error_names_the_place_the_rule_and_the_way_out(
      String text, String change, int character, String reason) {
    String changed = (MACRO + CELLS).replace(text, change);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Architecture.parse(changed))
        .withMessageStartingWith("Architecture notation, character %d, \"".formatted(character))
        .withMessageContaining(reason);
  }
}
