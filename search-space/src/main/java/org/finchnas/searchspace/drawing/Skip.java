package org.finchnas.searchspace.drawing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A line that passes stages by.
 *
 * @param from the position of a stage, -1 for the input
 * @param lane beside the stages, 0 the nearest
 */
record Skip(int from, int to, int lane) {

  /** Those of a network, short ones nearest. */
  static List<Skip> of(List<Stage> stages) {
    List<Skip> wanted = new ArrayList<>();
    for (int to = 0; to < stages.size(); to++) {
      for (int from : stages.get(to).sources()) {
        wanted.add(new Skip(from, to, 0));
      }
    }
    wanted.sort(Comparator.comparingInt(skip -> skip.to - skip.from));
    List<Skip> placed = new ArrayList<>();
    for (Skip skip : wanted) {
      int lane = 0;
      while (skip.meetsAny(placed, lane)) {
        lane++;
      }
      placed.add(new Skip(skip.from, skip.to, lane));
    }
    return List.copyOf(placed);
  }

  private boolean meetsAny(List<Skip> others, int inLane) {
    return others.stream()
        .anyMatch(other -> other.lane == inLane && from <= other.to && other.from <= to);
  }
}
