package org.finchnas.evolution.tabular;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The positions of a table's architectures with their choices, read off the table.
 *
 * @param choices by position, in the order of their words
 */
record Tokens(List<List<String>> choices) {

  Tokens {
    choices = choices.stream().map(List::copyOf).toList();
  }

  /**
   * @throws TableException if a name has no tokens or another number of them than the first
   */
  static Tokens of(List<String> names, Pattern token) {
    List<TreeSet<String>> choices = new ArrayList<>();
    String first = names.get(0);
    split(first, token).forEach(each -> choices.add(new TreeSet<>()));
    for (String name : names) {
      List<String> words = split(name, token);
      if (words.isEmpty() || words.size() != choices.size()) {
        throw new TableException(
            "tokens (%s) finds %d in architecture \"%s\", but %d in \"%s\": all need as many, at least one. Mend the expression."
                .formatted(token, words.size(), name, choices.size(), first));
      }
      for (int i = 0; i < words.size(); i++) {
        choices.get(i).add(words.get(i));
      }
    }
    return new Tokens(choices.stream().map(List::copyOf).toList());
  }

  int[] values(String name, Pattern token) {
    List<String> words = split(name, token);
    int[] values = new int[words.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = choices.get(i).indexOf(words.get(i));
    }
    return values;
  }

  /** What a group of the expression holds, if it has one, else all that it matches. */
  private static List<String> split(String name, Pattern token) {
    Matcher matcher = token.matcher(name);
    List<String> words = new ArrayList<>();
    while (matcher.find()) {
      String word = matcher.groupCount() > 0 ? matcher.group(1) : matcher.group();
      if (word != null && !word.isEmpty()) {
        words.add(word);
      }
    }
    return words;
  }
}
