package org.finchnas.searchspace.drawing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where the elements of a unit stand: from left to right by what they read; on the lowest lane the
 * longest chain from the entry to the output, on lanes above it the other branches and the lines
 * that pass elements by. The origin is the entry.
 */
final class UnitLayout {

  static final double GAP = 18;
  private static final double LANE_GAP = 9;
  private static final double PASSING_HEIGHT = 8;

  /** From where a line leaves to its first corner. */
  private static final double TURN = 7;

  private final List<Element> elements;
  private final List<Branch> branches;
  private final double[] left;
  private final int[] lane;

  /** For each branch its lane. */
  private final int[] lanes;

  /** The middle of each lane. */
  private final double[] middles;

  private record Interval(double from, double to) {
    boolean overlaps(Interval other) {
      return from < other.to && other.from < to;
    }
  }

  UnitLayout(List<Element> elements) {
    this.elements = elements;
    left = new double[elements.size()];
    lane = new int[elements.size()];
    placeAcross();
    branches = new ArrayList<>(Branch.of(elements));
    // Short branches lie below long ones, so that no line crosses them.
    branches
        .subList(1, branches.size())
        .sort(Comparator.comparingDouble(branch -> span(branch).to - span(branch).from));
    lanes = new int[branches.size()];
    middles = new double[chooseLanes()];
    placeLanes();
  }

  /** From the entry to the right edge of all. */
  double width() {
    return IntStream.range(0, left.length).mapToDouble(this::right).max().orElse(0);
  }

  /** How far it reaches above the middle of the lowest lane. */
  double ascent() {
    double lines = -middles[middles.length - 1] + PASSING_HEIGHT / 2;
    return IntStream.range(0, left.length)
        .mapToDouble(i -> -box(i).top())
        .reduce(Math.max(Element.BOX_HEIGHT / 2, lines), Math::max);
  }

  Box box(int i) {
    Element element = elements.get(i);
    double y = middles[lane[i]];
    double height =
        switch (element.kind()) {
          case BOX, BAR -> Element.BOX_HEIGHT;
          case CIRCLE -> 2 * Element.RADIUS;
          case SOURCE -> Element.BOX_HEIGHT / 2;
        };
    double top = y - height / 2;
    double bottom = y + height / 2;
    for (int b = 0; b < lanes.length; b++) {
      if (element.kind() == Element.Kind.BAR && branches.get(b).to() == i) {
        double reach = height(branches.get(b)) / 2;
        top = Math.min(top, middles[lanes[b]] - reach);
        bottom = Math.max(bottom, middles[lanes[b]] + reach);
      }
    }
    return new Box(left[i], top, element.width(), bottom - top);
  }

  /** The lines that end in elements. */
  List<List<Point>> arrows() {
    List<List<Point>> arrows = new ArrayList<>();
    for (int b = 0; b < lanes.length; b++) {
      Branch branch = branches.get(b);
      int from = branch.from();
      for (int member : branch.members()) {
        if (from != Branch.NOWHERE) {
          arrows.add(arrow(from, lanes[b], member));
        }
        from = member;
      }
      if (branch.to() != Branch.NOWHERE) {
        arrows.add(arrow(from, lanes[b], branch.to()));
      }
    }
    return arrows;
  }

  /** Where the output leaves, on the lowest lane. */
  Point output() {
    int last = elements.size() - 1;
    return new Point(right(last), middles[lane[last]]);
  }

  private List<Point> arrow(int from, int by, int to) {
    double start = from < 0 ? 0 : middles[lane[from]];
    double y = middles[by];
    List<Point> points = new ArrayList<>();
    points.add(new Point(right(from), start));
    if (start != y) {
      points.add(new Point(right(from) + TURN, start));
      points.add(new Point(right(from) + TURN, y));
    }
    double end = middles[lane[to]];
    Element.Kind kind = elements.get(to).kind();
    if (end == y || kind == Element.Kind.BAR) {
      points.add(new Point(left[to] + inset(to), y));
    } else if (kind == Element.Kind.CIRCLE) {
      double middle = left[to] + elements.get(to).width() / 2;
      points.add(new Point(middle, y));
      points.add(new Point(middle, end + Math.signum(y - end) * Element.RADIUS));
    } else {
      points.add(new Point(left[to] - TURN - 2, y));
      points.add(new Point(left[to] - TURN - 2, end));
      points.add(new Point(left[to], end));
    }
    return points;
  }

  /** The free space beside a circle whose text is wider than it. */
  private double inset(int i) {
    Element element = elements.get(i);
    return element.kind() == Element.Kind.CIRCLE ? element.width() / 2 - Element.RADIUS : 0;
  }

  private double right(int i) {
    return i < 0 ? 0 : left[i] + elements.get(i).width();
  }

  private void placeAcross() {
    for (int i = 0; i < left.length; i++) {
      left[i] = GAP + elements.get(i).inputs().stream().mapToDouble(this::right).max().orElse(0);
    }
    // What comes from elsewhere stands where it is needed.
    for (int i = 0; i < left.length; i++) {
      for (int input : elements.get(i).inputs()) {
        if (input >= 0 && elements.get(input).kind() == Element.Kind.SOURCE) {
          left[input] = left[i] - GAP - elements.get(input).width();
        }
      }
    }
  }

  private Interval span(Branch branch) {
    List<Integer> members = branch.members();
    double from =
        branch.from() == Branch.NOWHERE ? left[members.get(0)] - LANE_GAP : right(branch.from());
    double to =
        branch.to() == Branch.NOWHERE
            ? right(members.get(members.size() - 1)) + LANE_GAP
            : left[branch.to()];
    return new Interval(from, to);
  }

  /**
   * The lowest lane that is free; the first branch has its own.
   *
   * @return the number of lanes
   */
  private int chooseLanes() {
    List<List<Interval>> taken = new ArrayList<>();
    taken.add(List.of(new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY)));
    for (int b = 0; b < lanes.length; b++) {
      Branch branch = branches.get(b);
      Interval span = span(branch);
      int free = 0;
      while (b > 0 && free < taken.size() && taken.get(free).stream().anyMatch(span::overlaps)) {
        free++;
      }
      if (free == taken.size()) {
        taken.add(new ArrayList<>());
      }
      if (b > 0) {
        taken.get(free).add(span);
      }
      lanes[b] = free;
      for (int member : branch.members()) {
        lane[member] = free;
      }
    }
    return taken.size();
  }

  private void placeLanes() {
    double[] heights = new double[middles.length];
    for (int b = 0; b < lanes.length; b++) {
      heights[lanes[b]] = Math.max(heights[lanes[b]], height(branches.get(b)));
    }
    for (int i = 1; i < middles.length; i++) {
      middles[i] = middles[i - 1] - (heights[i - 1] + heights[i]) / 2 - LANE_GAP;
    }
  }

  private double height(Branch branch) {
    return branch.members().stream()
        .mapToDouble(
            i ->
                elements.get(i).kind() == Element.Kind.SOURCE
                    ? Element.BOX_HEIGHT / 2
                    : Element.BOX_HEIGHT)
        .max()
        .orElse(PASSING_HEIGHT);
  }
}
