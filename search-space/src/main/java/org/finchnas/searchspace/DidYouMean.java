package org.finchnas.searchspace;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** The way out of a misspelt name: the known names nearest to it. */
public final class DidYouMean {

  private DidYouMean() {}

  /**
   * A sentence for the end of an error message: {@code Did you mean "macs"?} where known names are
   * near, else all of them.
   */
  public static String sentence(String name, Collection<String> known) {
    List<String> near = nearest(name, known);
    return near.isEmpty()
        ? "Known are " + String.join(", ", new TreeSet<>(known)) + "."
        : "Did you mean \"" + String.join("\" or \"", near) + "\"?";
  }

  /**
   * At most three known names that differ from the given one, case aside, by an edit distance of no
   * more than a third of its length, or that it begins; nearest first, then by alphabet.
   */
  public static List<String> nearest(String name, Collection<String> known) {
    String given = name.toLowerCase(Locale.ROOT);
    Comparator<String> byDistance = Comparator.comparingInt(other -> distance(given, lower(other)));
    return known.stream()
        .filter(other -> isNear(given, lower(other)))
        .sorted(byDistance.thenComparing(Comparator.naturalOrder()))
        .limit(3)
        .toList();
  }

  private static boolean isNear(String given, String other) {
    boolean begun = given.length() >= 3 && other.startsWith(given);
    return begun || distance(given, other) <= Math.max(1, given.length() / 3);
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** Insertions, deletions and replacements that turn one into the other (Levenshtein 1966). */
  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
