package org.finchnas.searchspace.drawing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A part of a unit that stands in one lane.
 *
 * @param from the element or entry it leaves, or {@link #NOWHERE}
 * @param members its elements in order; none for a line that only passes others by
 * @param to the element it ends in, or {@link #NOWHERE} for the output
 */
record Branch(int from, List<Integer> members, int to) {

  static final int NOWHERE = -2;

  Branch {
    members = List.copyOf(members);
  }

  /** The branches of a unit, which share no line; the first ends in the output. */
  static List<Branch> of(List<Element> elements) {
    return new Search(elements).run();
  }

  private record Edge(int from, int to) {}

  private static final class Search {
    private final List<Element> elements;
    private final int[] depth;
    private final List<Branch> branches = new ArrayList<>();
    private final Set<Integer> found = new HashSet<>();
    private final Set<Edge> followed = new HashSet<>();

    Search(List<Element> elements) {
      this.elements = elements;
      depth = new int[elements.size()];
    }

    List<Branch> run() {
      for (int i = 0; i < depth.length; i++) {
        depth[i] = 1 + elements.get(i).inputs().stream().mapToInt(this::depth).max().orElse(0);
      }
      for (int i = depth.length - 1; i >= 0; i--) {
        if (!found.contains(i)) {
          follow(i, NOWHERE);
        }
        for (int input : elements.get(i).inputs()) {
          if (!followed.contains(new Edge(input, i))) {
            follow(input, i);
          }
        }
      }
      return branches;
    }

    /** A source counts as no deeper than the entry, so that it never makes the longest chain. */
    private int depth(int i) {
      return i == Element.ENTRY || elements.get(i).kind() == Element.Kind.SOURCE ? 0 : depth[i];
    }

    /** Goes back to the entry or to a branch that is known. */
    private void follow(int end, int to) {
      List<Integer> members = new ArrayList<>();
      int here = end;
      int reader = to;
      while (here >= 0 && found.add(here)) {
        members.add(here);
        followed.add(new Edge(here, reader));
        reader = here;
        here = deepestInput(here);
      }
      followed.add(new Edge(here, reader));
      Collections.reverse(members);
      branches.add(new Branch(here, members, to));
    }

    /** Of those that are not yet in a branch, if there are any. */
    private int deepestInput(int i) {
      return elements.get(i).inputs().stream()
          .max(
              Comparator.comparing((Integer input) -> depth(input) > 0 && !found.contains(input))
                  .thenComparing(this::depth)
                  .thenComparing(Comparator.reverseOrder()))
          .orElse(NOWHERE);
    }
  }
}
