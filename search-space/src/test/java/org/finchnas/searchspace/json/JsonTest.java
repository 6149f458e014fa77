package org.finchnas.searchspace.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

  @Test
  void reads_objects_arrays_strings_numbers_and_booleans() {
    String text =
        " { \"a\" : [ 1 , -2.5e1, [], true,false ] ,\n\"b\":{\"c\":\"\\u00e9\\\\\\n\\/\"}, \"\": {} } ";

    assertThat(Json.read(text))
        .isEqualTo(
            Map.of(
                "a",
                List.of(new BigDecimal("1"), new BigDecimal("-2.5e1"), List.of(), true, false),
                "b",
                Map.of("c", "é\\\n/"),
                "",
                Map.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "plain", "\"quoted\"", "back\\slash", "\n\t\u0000", "é 猫 🐦"})
  void reads_back_what_it_quotes(String string) {
    assertThat(Json.quote(string)).matches("[ -~]*");
    assertThat(Json.read(Json.quote(string))).isEqualTo(string);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":1,",
        "{\"a\":1,}",
        "{a:1}",
        "{1:1}",
        "[",
        "[1",
        "[1,",
        "[1,]",
        "[1 2]",
        "]",
        "\"",
        "\"\\",
        "\"\\u12",
        "\"\\u12g4\"",
        "\"\\x\"",
        "\"a\nb\"",
        "01",
        "+1",
        ".5",
        "1.",
        "1e",
        "-",
        "0x1",
        "NaN",
        "null",
        "tru",
        "True",
        "falsey",
        "1 1",
        "{\"a\":1,\"a\":2}",
        "{\"a\":1}}",
        "1e99999999999",
        "\uFEFF1"
      })
  void rejects_what_is_no_json_and_says_where(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Json.read(text));
  }

  @Test
  void rejects_what_is_nested_too_deep() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Json.read("[".repeat(100_000)))
        .withMessageContaining("nested");
  }

  @Test
  void says_where_a_value_stands() {
    String text = " {\"ab\": [1, \"c\"]}";
    Placed object = Json.readPlaced(text);
    Placed.Member member =
        (Placed.Member) ((Map<?, ?>) object.content()).values().iterator().next();
    Placed last = (Placed) ((List<?>) member.value().content()).get(1);

    assertThat(List.of(object, member.key(), member.value(), last))
        .extracting(placed -> text.substring(placed.start(), placed.end()))
        .containsExactly("{\"ab\": [1, \"c\"]}", "\"ab\"", "[1, \"c\"]", "\"c\"");
  }

  @Test
  void says_where_an_error_is() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Json.read("{\"a\":1,}"))
        .withMessage("at character 8: '\"' is expected");
  }
}
