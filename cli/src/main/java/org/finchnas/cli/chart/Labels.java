package org.finchnas.cli.chart;

import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds room for texts beside marks, so that none covers another or leaves the frame. */
final class Labels {

  static final double FONT_SIZE = 11;

  /** Mean width of a letter as a share of the font size; generous, fonts differ. */
  private static final double LETTER = 0.6;

  private static final double GAP = 7;
  private static final double CLEARANCE = 3;

  private final Rectangle2D frame;
  private final List<Rectangle2D> taken = new ArrayList<>();

  Labels(Rectangle2D frame) {
    this.frame = frame;
  }

  /** Keeps texts away from a line, or from a mark where both ends are the same. */
  void avoid(double x1, double y1, double x2, double y2) {
    Rectangle2D box = new Rectangle2D.Double(x1, y1, 0, 0);
    box.add(x2, y2);
    taken.add(grown(box, CLEARANCE, CLEARANCE));
  }

  /**
   * The box of a text above (x, y), or null where there is no room. To the left comes first:
   * nothing lies there that would be better than a member of the front.
   */
  @Nullable Rectangle2D place(String text, double x, double y) {
    double width = text.length() * FONT_SIZE * LETTER;
    double top = y - GAP - FONT_SIZE;
    double left = x - GAP - width;
    // To the right is the crowd of the other candidates: only at the frame's edge.
    double third = left < frame.getMinX() ? x + GAP : left - FONT_SIZE;
    double[][] corners = {{left, top}, {x - width / 2, top - 3}, {third, top}, {left, y - 6}};
    for (double[] corner : corners) {
      Rectangle2D box = new Rectangle2D.Double(corner[0], corner[1], width, FONT_SIZE + 1);
      if (frame.contains(box) && taken.stream().noneMatch(box::intersects)) {
        taken.add(grown(box, FONT_SIZE / 3, 0));
        return box;
      }
    }
    return null;
  }

  private static Rectangle2D grown(Rectangle2D box, double horizontally, double vertically) {
    return new Rectangle2D.Double(
        box.getX() - horizontally,
        box.getY() - vertically,
        box.getWidth() + 2 * horizontally,
        box.getHeight() + 2 * vertically);
  }
}
