package org.finchnas.searchspace.drawing;

import java.util.ArrayList;
import java.util.List;

/**
 * Elements that are drawn together.
 *
 * @param name in words and without its number, or empty for layers of no unit
 * @param elements in topological order, the last the output
 * @param times how often it comes in a row
 */
record Unit(String name, List<Element> elements, int times) {

  Unit {
    elements = List.copyOf(elements);
  }

  /** Equal units in a row as one. */
  static List<Unit> merged(List<Unit> units) {
    List<Unit> merged = new ArrayList<>();
    for (Unit unit : units) {
      int last = merged.size() - 1;
      if (last >= 0 && merged.get(last).looksLike(unit)) {
        merged.set(last, new Unit(unit.name, unit.elements, merged.get(last).times + unit.times));
      } else {
        merged.add(unit);
      }
    }
    return List.copyOf(merged);
  }

  private boolean looksLike(Unit other) {
    return name.equals(other.name) && elements.equals(other.elements);
  }

  /** Each element as a unit of its own where no line passes another and there is no name. */
  List<Unit> split() {
    for (int i = 0; i < elements.size(); i++) {
      if (!name.isEmpty() || !elements.get(i).inputs().equals(List.of(i - 1))) {
        return List.of(this);
      }
    }
    return elements.stream().map(Unit::alone).toList();
  }

  private static Unit alone(Element e) {
    Element first = new Element(e.kind(), e.text(), e.detail(), e.family(), List.of(Element.ENTRY));
    return new Unit("", List.of(first), 1);
  }
}
