package org.finchnas.searchspace.drawing;

import java.util.List;
import org.finchnas.searchspace.network.Shape;

/**
 * A row of a network's drawing.
 *
 * @param name in words
 * @param output the shape that comes out
 * @param sources positions of the stages it reads besides the one before, -1 for the input
 */
record Stage(
    String name, Shape output, long params, long macs, List<Unit> units, List<Integer> sources) {

  Stage {
    units = List.copyOf(units);
    sources = List.copyOf(sources);
  }
}
