package org.finchnas.searchspace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The definition of isomorphic cells, tried out: some renumbering of the live blocks turns one cell
 * into the other. Shares nothing with the canonical form.
 */
final class SlowIsomorphism {
  private SlowIsomorphism() {}

  static boolean areIsomorphic(Cell a, Cell b) {
    Set<String> texts = texts(a);
    texts.retainAll(texts(b));
    return !texts.isEmpty();
  }

  /** The least of the texts of all renumberings. */
  static String leastText(Cell cell) {
    return texts(cell).first();
  }

  /** The cell under every renumbering of its live blocks, as sets of text. */
  private static SortedSet<String> texts(Cell cell) {
    List<Integer> live = live(cell);
    TreeSet<String> texts = new TreeSet<>();
    permute(new ArrayList<>(), live, order -> texts.add(text(cell, order)));
    return texts;
  }

  private static List<Integer> live(Cell cell) {
    TreeSet<Integer> live = new TreeSet<>(cell.concat());
    boolean grown = true;
    while (grown) {
      grown = false;
      for (int state : List.copyOf(live)) {
        if (state >= 2) {
          Block block = cell.blocks().get(state - 2);
          grown |= live.addAll(Arrays.asList(block.leftInput(), block.rightInput()));
        }
      }
    }
    return live.stream().filter(state -> state >= 2).toList();
  }

  private static void permute(
      List<Integer> chosen, List<Integer> left, Consumer<List<Integer>> use) {
    if (left.isEmpty()) {
      use.accept(chosen);
    }
    for (Integer state : left) {
      List<Integer> more = new ArrayList<>(chosen);
      more.add(state);
      permute(more, left.stream().filter(s -> !s.equals(state)).toList(), use);
    }
  }

  private static String text(Cell cell, List<Integer> order) {
    List<String> lines = new ArrayList<>();
    for (int state : order) {
      Block block = cell.blocks().get(state - 2);
      String left = name(block.leftInput(), order) + block.leftOperation();
      String right = name(block.rightInput(), order) + block.rightOperation();
      lines.add(left.compareTo(right) < 0 ? left + "+" + right : right + "+" + left);
    }
    return lines
        + cell.concat().stream()
            .map(state -> name(state, order))
            .sorted()
            .collect(Collectors.joining(","));
  }

  private static String name(int state, List<Integer> order) {
    return state < 2 ? "input" + state : "block" + order.indexOf(state);
  }
}
