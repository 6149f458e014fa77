package org.finchnas.mobile;

import java.util.List;
import java.util.stream.Collectors;

/** Names of classes as one text, a line each. */
public final class LabelLines {

  private LabelLines() {}

  /** A line break inside a name becomes a space. */
  public static String of(List<String> labels) {
    return labels.stream()
        .map(label -> label.lines().collect(Collectors.joining(" ")))
        .collect(Collectors.joining("\n"));
  }

  /** The names in such a text. */
  public static List<String> parse(String lines) {
    return List.of(lines.split("\n", -1));
  }
}
