package org.finchnas.searchspace.drawing;

import java.util.List;

/**
 * What is drawn for one or more layers of a unit. Units whose elements are equal look equal.
 *
 * @param text in the middle
 * @param detail small and below: channels and what follows at once; may be empty
 * @param inputs positions of earlier elements of the unit, or {@link #ENTRY}
 */
record Element(Kind kind, String text, String detail, Family family, List<Integer> inputs) {

  /** Stands for what comes out of the unit before. */
  static final int ENTRY = -1;

  static final double BOX_HEIGHT = 34;
  static final double RADIUS = 9;
  static final double TEXT_SIZE = 12;
  static final double DETAIL_SIZE = 9.5;

  private static final double BAR_WIDTH = 20;
  private static final double LEAST_WIDTH = 54;
  private static final double BORDER = 14;

  enum Kind {
    BOX,
    /** A small circle: a sum or a product. */
    CIRCLE,
    /** A concatenation, as high as the lanes that end in it. */
    BAR,
    /** Says from where a line comes that is not drawn. */
    SOURCE
  }

  Element {
    inputs = List.copyOf(inputs);
  }

  double width() {
    return switch (kind) {
      case BOX ->
          Math.max(
              LEAST_WIDTH,
              BORDER
                  + Math.max(Svg.textWidth(text, TEXT_SIZE), Svg.textWidth(detail, DETAIL_SIZE)));
      case CIRCLE -> Math.max(2 * RADIUS, Svg.textWidth(detail, DETAIL_SIZE));
      case BAR -> BAR_WIDTH;
      case SOURCE -> BORDER + Svg.textWidth(text, DETAIL_SIZE);
    };
  }
}
