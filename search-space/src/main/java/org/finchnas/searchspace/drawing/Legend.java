package org.finchnas.searchspace.drawing;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Explains those short words that occur in a drawing. */
final class Legend {

  private static final String PRINT =
      "In small print: a layer's channels, and what comes right before or after it.";
  private static final double SIZE = 11;
  private static final String STYLE = "font-size=\"11\" fill=\"#7a838f\"";

  private static final List<Entry> ENTRIES =
      List.of(
          new Entry("dw", "depthwise", "dw"),
          new Entry("up", "transposed convolution", "up"),
          new Entry("s", "stride", "s\\d.*"),
          new Entry("d", "dilation", "d\\d+"),
          new Entry("g", "groups", "g\\d+"),
          new Entry("BN", "batch norm", "BN"),
          new Entry("SE", "squeeze-and-excite", "SE"));

  private record Entry(String word, String meaning, Pattern pattern) {
    Entry(String word, String meaning, String pattern) {
      this(word, meaning, Pattern.compile(pattern));
    }

    boolean explains(String text) {
      return pattern.matcher(text).matches();
    }
  }

  private Legend() {}

  static double width() {
    return Svg.textWidth(PRINT, SIZE);
  }

  static void draw(Svg svg, List<Stage> stages, double left, double middle) {
    Set<String> words =
        stages.stream()
            .flatMap(stage -> stage.units().stream())
            .flatMap(unit -> unit.elements().stream())
            .flatMap(element -> Stream.of((element.text() + " " + element.detail()).split(" ")))
            .collect(Collectors.toSet());
    String known =
        ENTRIES.stream()
            .filter(entry -> words.stream().anyMatch(entry::explains))
            .map(entry -> entry.word() + ": " + entry.meaning())
            .collect(Collectors.joining(" \u2003"));
    svg.leftText(left, middle - 8, STYLE, PRINT);
    svg.leftText(left, middle + 9, STYLE, known);
  }
}
