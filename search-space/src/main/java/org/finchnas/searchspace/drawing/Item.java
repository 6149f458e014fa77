package org.finchnas.searchspace.drawing;

/** What stands in one row of a drawing: a state itself, or the line of one that passes by. */
final class Item {

  /** How wide a passing line is. */
  private static final double LANE = 18;

  private final int state;
  private final boolean passing;
  private final double width;

  // Moved while the layout is improved.
  private double x;

  private Item(int state, boolean passing, double width) {
    this.state = state;
    this.passing = passing;
    this.width = width;
  }

  static Item of(int state, double width) {
    return new Item(state, false, width);
  }

  static Item passing(int state) {
    return new Item(state, true, LANE);
  }

  int state() {
    return state;
  }

  boolean isPassing() {
    return passing;
  }

  double width() {
    return width;
  }

  /** Its middle. */
  double x() {
    return x;
  }

  void moveTo(double newX) {
    x = newX;
  }
}
