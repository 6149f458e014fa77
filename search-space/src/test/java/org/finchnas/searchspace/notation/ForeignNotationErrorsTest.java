package org.finchnas.searchspace.notation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.finchnas.searchspace.Architecture;
import org.finchnas.searchspace.Cell;
import org.finchnas.searchspace.published.PublishedCells;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignNotationErrorsTest {

  private static final String DARTS =
      """
      # found on Monday
      BEST = Genotype(
        normal=[("sep_conv_3x3", 0), ('skip_connect', 1),  # block 2
                ('dil_conv_5x5', 2), ('conv_7x1_1x7', 1)],
        normal_concat=range(2, 4),
        reduce=[('max_pool_3x3', 0), ('skip_connect', 1)],
        reduce_concat=[2]
      )
      """;

  private static final String SLIM = PublishedTexts.SLIM_NASNET_A;

  private static final String NNI =
      """
      {"width": 16, "depth": 5,
       "normal/op_2_0": "sep_conv_3x3", "normal/input_2_0": [0],
       "normal/op_2_1": "skip_connect", "normal/input_2_1": [1],
       "reduce/op_2_0": "max_pool_3x3", "reduce/input_2_0": [0],
       "reduce/op_2_1": "conv_3x1_1x3", "reduce/input_2_1": [1]}
      """;

  private static final String JSON =
      """
      {"macro": {"cellsPerStack": 1, "initialFilters": 8, "stem": "cifar", "imageSize": 32},
       "normal": {"blocks": [
         {"left": {"operation": "sep_conv_3x3", "input": 0},
          "right": {"operation": "skip_connect", "input": 1}}], "concat": [2]},
       "reduction": {"blocks": [
         {"left": {"operation": "max_pool_3x3", "input": 0},
          "right": {"operation": "squeeze_excite", "input": 1}}], "concat": [2]}}
      """;

  @Test
  void the_texts_to_be_broken_are_read() {
    assertThat(ForeignNotation.DARTS.read(DARTS).notation())
        .isEqualTo(
            "n=6,f=36,stem=cifar,image=32,wiring=darts"
                + ":normal=sep_conv_3x3@1+skip_connect@0,dil_conv_5x5@2+conv_1x7_7x1@0,concat=2+3"
                + ":reduction=max_pool_3x3@1+skip_connect@0");
    assertThat(ForeignNotation.SLIM.read(SLIM).notation())
        .startsWith("n=6,f=36,stem=cifar,image=32:");
    assertThat(ForeignNotation.NNI.read(NNI).notation())
        .isEqualTo(
            "n=1,f=16,stem=cifar,image=32,wiring=darts:normal=sep_conv_3x3@1+skip_connect@0"
                + ":reduction=max_pool_3x3@1+conv_1x3_3x1@0");
    assertThat(ForeignNotation.JSON.read(JSON).notation())
        .isEqualTo(
            "n=1,f=8,stem=cifar,image=32:normal=sep_conv_3x3@0+skip_connect@1"
                + ":reduction=max_pool_3x3@0+squeeze_excite@1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "dil_conv_5x5|dil_conv_5x6|4|12|'dil_conv_5x6'|no such operation. Did you mean \"dil_conv_5x5\"",
        "dil_conv_5x5|none|4|12|'none'|a block of Finch always adds two operations",
        "'dil_conv_5x5', 2|'dil_conv_5x5', 3|4|28|3|Block 2 makes hidden state 3 and may read states 0 to 2, but reads 3",
        "'dil_conv_5x5', 2|'dil_conv_5x5', -1|4|28|-1|must be hidden states",
        "'dil_conv_5x5', 2|'dil_conv_5x5', 'a'|4|28|'a'|a whole number",
        "'dil_conv_5x5', 2|'dil_conv_5x5'|4|11|('dil_conv_5x5')|a pair of operation and input",
        "('dil_conv_5x5', 2), |``|3|10|[(\"sep|there are 3 pairs: one is missing",
        "range(2, 4)|range(2, 5)|5|17|range(2, 5)|different hidden states from 0 to 3",
        "range(2, 4)|range(2, 4, 1)|5|17|range(2, 4, 1)|one or two bounds",
        "range(2, 4)|range(999999999)|5|17|range(999999999)|at most 1000 numbers",
        "range(2, 4)|[3, 1, 3]|5|17|[3, 1, 3]|but is [3, 1, 3]",
        "reduce_concat=[2]|reduce_concat=[2, 0]|7|17|[2, 0]|twice as large as the blocks, but the concat is [2, 0]",
        "reduce_concat|reduce_concad|7|3|reduce_concad|Did you mean \"reduce_concat\"",
        "reduce_concat|normal_concat|7|3|normal_concat|it is given twice",
        "reduce_concat=[2]|``|2|8|Genotype( normal|reduce_concat is missing",
        "reduce_concat=[2]|reduce_concat=2|7|17|2|it should be a list",
        "= Genotype(|= Genotype[|2|16|[|( is expected, as a call such as Genotype(...)",
        "range(2, 4),|range(2, 4)|6|3|reduce|, is expected, or )",
        "[2]⏎)|[2]⏎) + 1|8|3|+|this character is not expected",
        "[2]⏎)|[2]⏎) Genotype|8|3|Genotype|one architecture",
        "[2]⏎)|[2]⏎|9|1|``|the text ends",
        "'conv_7x1_1x7'|'conv_7x1_1x7|4|33|'|this string has no end",
        "'conv_7x1_1x7'|'conv\\n'|4|33|'conv\\n'|no name has a backslash",
        "'conv_7x1_1x7', 1|'conv_7x1_1x7', 1e0|4|49|1|a whole number is expected",
      })
  void a_genotype_with_a_mistake(
      String text, String change, int line, int character, String piece, String reason) {
    assertError(
        ForeignNotation.DARTS,
        DARTS,
        text,
        change,
        "DARTS genotype",
        line,
        character,
        piece,
        reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'none', 'avg_pool_3x3', 'avg|'nothing', 'avg_pool_3x3', 'avg|1|114|'nothing'|no such operation. Known are 1x1",
        "'none', 'avg_pool_3x3', 'avg|'dilated_3x3_rate_2', 'avg_pool_3x3', 'avg|1|114|'dilated_3x3_rate_2'|a full convolution between two 1x1",
        "'none', 'avg_pool_3x3', 'avg|'avg_pool_3x3', 'avg|1|21|['sep|a cell of 5 blocks needs 10 of them, but there are 9",
        "[0, 1, 1, 1, 0, 1, 1, 1, 0, 0]|[0, 1, 1, 1, 0, 1, 1, 1, 0]|2|30|[0, 1|there are 9",
        "[0, 1, 1, 1,|[0, 1, 1, 3,|2|40|3|may read states 0 to 2, but reads 3",
        "normal_used_hiddenstates = [1, 0,|normal_used_hiddenstates = [1,|3|28|[1, 0, 0|needs 7 of them, but there are 6",
        "normal_used_hiddenstates = [1, 0,|normal_used_hiddenstates = [1, 2,|3|32|2|1 for a state that is used",
        "normal_used_hiddenstates = [1, 0, 0, 0, 0, 0, 0]|normal_used_hiddenstates = [0, 0, 1, 1, 1, 1, 1]|3|28|[0, 0, 1|at least one of them a block",
        "normal_used_hiddenstates|normal_used_hidden_states|3|1|normal_used_hidden_states|Did you mean \"normal_used_hiddenstates\"",
        "normal_used_hiddenstates = [1, 0, 0, 0, 0, 0, 0]|``|1|1|normal_operations|normal_used_hiddenstates is missing",
        "normal_used_hiddenstates = [1, 0, 0, 0, 0, 0, 0]|3|3|1|3|a name and = are expected",
        "normal_used_hiddenstates = |normal_used_hiddenstates |3|26|[|= is expected, after the name normal_used_hiddenstates",
      })
  void lists_with_a_mistake(
      String text, String change, int line, int character, String piece, String reason) {
    assertError(
        ForeignNotation.SLIM, SLIM, text, change, "slim lists", line, character, piece, reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "conv_3x1_1x3|conv_1x3_3x1|5|19|\"conv_1x3_3x1\"|or \"conv_3x1_1x3\"",
        "conv_3x1_1x3|avg_pool_5x5|5|19|\"avg_pool_5x5\"|average pools of 3x3 only",
        "\"normal/input_2_1\": [1]|\"normal/input_2_1\": [2]|3|55|[2]|Block 1 makes hidden state 2",
        "\"normal/input_2_1\": [1]|\"normal/input_2_1\": [0, 1]|3|55|[0, 1]|a list of one state",
        "normal/input_2_1|normal/input_2_2|3|35|\"normal/input_2_2\"|Did you mean",
        "reduce/op_2_1|reduce/op_3_1|1|1|{\"width\"|normal/op_3_0 is missing",
        "\"depth\": 5|\"depth\": 6|1|24|6|the depth is 5, 8, 11",
        "\"width\": 16|\"width\": 1|1|1|{\"width\": 1|initialFilters (1) must be at least",
        "\"width\": 16|\"merge_op\": \"al\"|1|14|\"al\"|Did you mean \"all\"",
        "\"width\": 16|width: 16|1|2|width|a name in quotes is expected",
      })
  void a_sample_with_a_mistake(
      String text, String change, int line, int character, String piece, String reason) {
    assertError(
        ForeignNotation.NNI, NNI, text, change, "NNI sample", line, character, piece, reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "skip_connect|skip_conect|4|28|\"skip_conect\"|Did you mean \"skip_connect\"",
        "\"squeeze_excite\", \"input\": 1|\"squeeze_excite\", \"input\": 2|7|55|2|may read states 0 to 1",
        "\"concat\": [2]},|\"concat\": [3]},|4|69|[3]|different hidden states from 0 to 2",
        "\"concat\": [2]},|\"concatenate\": [2]},|4|59|\"concatenate\"|Known are blocks, concat",
        "\"input\": 0},|\"inputs\": 0},|3|43|\"inputs\"|Did you mean \"input\"",
        "\"reduction\"|\"reduce\"|5|2|\"reduce\"|Known are macro, normal, reduction",
        "\"imageSize\"|\"image\"|1|70|\"image\"|Did you mean \"imageSize\"",
        "\"imageSize\": 32|\"imageSize\": 32.5|1|83|32.5|a whole number",
        "\"cellsPerStack\": 1,|``|1|11|{ \"initialFilters\"|cellsPerStack is missing",
        "\"cifar\"|\"cifer\"|1|61|\"cifer\"|Did you mean \"cifar\"",
        "\"cellsPerStack\": 1|\"cellsPerStack\": 0|1|11|{\"cells|cellsPerStack (0) must be at least 1",
        "\"imageSize\": 32|\"imageSize\": 32, \"squeezeExcite\": 1|1|104|1|it should be true or false",
        "\"imageSize\": 32|\"imageSize\": 32, \"batchNorm\": {\"epsilon\": 0.1}|1|100|{\"epsilon\": 0.1}|decay is missing",
        "\"concat\": [2]},|\"concat\": [2]}},|4|74|,|nothing may follow",
        "\"concat\": [2]},|\"concat\": [2,]},|4|72|]|an object, array",
      })
  void json_with_a_mistake(
      String text, String change, int line, int character, String piece, String reason) {
    assertError(
        ForeignNotation.JSON,
        JSON,
        text,
        change,
        "architecture in JSON",
        line,
        character,
        piece,
        reason);
  }

  private static void assertError(
      ForeignNotation notation,
      String whole,
      String text,
      String change,
      String tool,
      int line,
      int character,
      String piece,
      String reason) {
    // A row cannot hold a line break.
    String changed = whole.replace(text.replace('⏎', '\n'), change.replace('⏎', '\n'));

    assertThat(changed).isNotEqualTo(whole);
    assertThat(ForeignNotation.detect(changed)).contains(notation);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> notation.read(changed))
        .withMessageStartingWith(
            "%s, line %d, character %d, \"%s".formatted(tool, line, character, piece))
        .withMessageContaining(reason);
  }

  @Test
  void a_call_of_another_name_is_no_genotype() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ForeignNotation.DARTS.read("Genome(normal=[])"))
        .withMessage(
            "DARTS genotype, line 1, character 1, \"Genome(normal=[])\": it should be a call of"
                + " Genotype(...).");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[", "{", "(", "Genotype(normal=", "x = [[["})
  void deep_and_torn_texts_are_errors(String start) {
    for (ForeignNotation notation : ForeignNotation.values()) {
      String text = start + "[".repeat(10_000);
      assertThatIllegalArgumentException().isThrownBy(() -> notation.read(text));
      assertThatIllegalArgumentException().isThrownBy(() -> notation.read(start));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "# a comment",
        "darts-v2",
        "mobilenet-v2@0.35",
        "n=1,f=8,stem=cifar,image=32:normal=sep_conv_3x3@0+skip_connect@1:reduction=conv_1x1@0+conv_1x1@1",
        "seed: 1\nname: a\n",
        "Genotypes are fine",
        "normal",
        "[1, 2]",
      })
  void other_texts_are_in_none_of_them(String text) {
    assertThat(ForeignNotation.detect(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DARTS|max_pool_3x3@0+sep_conv_3x3@1:reduction=conv_1x1@0+conv_3x3@1|DARTS has no operation for conv_1x1, which block 1 of the reduction cell uses",
        "DARTS|sep_conv_3x3@0+sep_conv_3x3@1:reduction=skip_connect@0+skip_connect@1,concat=2+1|DARTS cannot concatenate the output of a previous cell",
        "SLIM|sep_conv_3x3@0+sep_conv_3x3@1:reduction=skip_connect@0+skip_connect@1|slim builds cells of exactly 5 blocks, but the normal cell has 1",
        "NNI|sep_conv_3x3@0+sep_conv_3x3@1:reduction=fire_module@0+skip_connect@1|NNI has no operation for fire_module",
        "NNI|sep_conv_3x3@0+sep_conv_3x3@1,conv_1x1@0+conv_1x1@1:reduction=conv_3x3@0+skip_connect@1|have 2 and 1",
        "NNI|sep_conv_3x3@0+sep_conv_3x3@1,concat=2+0:reduction=conv_3x3@0+skip_connect@1|these concatenate [2, 0] (normal) and [2] (reduction)",
      })
  void what_cannot_be_written_is_an_error_that_says_so(
      ForeignNotation notation, String cells, String reason) {
    Architecture architecture = Architecture.parse("n=1,f=8:normal=" + cells);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> notation.write(architecture))
        .withMessageContaining(reason)
        .withMessageContaining("rite the notation");
  }

  @Test
  void slim_has_no_place_for_an_order_of_the_concat() {
    Architecture nasnet = Architecture.parse(PublishedCells.NASNET_A_CIFAR.notation());
    List<Integer> turned = List.of(6, 5, 4, 3, 2, 1);
    CellPair cells = new CellPair(new Cell(nasnet.normal().blocks(), turned), nasnet.reduction());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> ForeignNotation.SLIM.write(cells.with(nasnet.macro())))
        .withMessageContaining("ascending order, but the normal cell has [6, 5, 4, 3, 2, 1]");
  }
}
