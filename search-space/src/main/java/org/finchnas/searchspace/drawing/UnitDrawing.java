package org.finchnas.searchspace.drawing;

import java.util.List;

/** One unit in its frame; a single layer of no unit has none. */
final class UnitDrawing {

  static final String LINE = "#5b6470";
  private static final String INK = "#1d232b";
  private static final String QUIET = "#7a838f";

  private static final double PADDING = 7;
  private static final double TITLE = 15;
  private static final double TITLE_SIZE = 11;

  private final Unit unit;
  private final UnitLayout layout;

  UnitDrawing(Unit unit) {
    this.unit = unit;
    layout = new UnitLayout(unit.elements());
  }

  private boolean isFramed() {
    return unit.elements().size() > 1 || !unit.name().isEmpty();
  }

  private String title() {
    return unit.times() > 1 ? (unit.name() + "  × " + unit.times()).strip() : unit.name();
  }

  double width() {
    double named = Svg.textWidth(title(), TITLE_SIZE) + 2 * PADDING;
    return isFramed() ? Math.max(layout.width() + UnitLayout.GAP, named) : layout.width();
  }

  /** How far it reaches above the middle of its lowest lane. */
  double ascent() {
    return layout.ascent() + (title().isEmpty() ? 0 : TITLE) + (isFramed() ? PADDING : 0);
  }

  /** How far it reaches below. */
  double descent() {
    boolean worded =
        unit.elements().stream()
            .anyMatch(e -> e.kind() == Element.Kind.CIRCLE && !e.detail().isEmpty());
    return Element.BOX_HEIGHT / 2 + (isFramed() ? PADDING : 0) + (worded ? 4 : 0);
  }

  /** Draws it with its entry at a place. */
  void draw(Svg svg, double x, double y) {
    svg.open(x, y);
    if (isFramed()) {
      Box frame = new Box(0, -ascent(), width(), ascent() + descent());
      svg.rectangle(frame, 7, "#ffffff", "#c3c9d1");
      svg.line(List.of(layout.output(), new Point(width(), 0)), LINE);
    }
    if (!title().isEmpty()) {
      drawTitle(svg);
    }
    layout.arrows().forEach(arrow -> svg.arrow(arrow, LINE));
    for (int i = 0; i < unit.elements().size(); i++) {
      drawElement(svg, unit.elements().get(i), layout.box(i));
    }
    svg.close();
  }

  private void drawTitle(Svg svg) {
    double titleX = isFramed() ? PADDING : UnitLayout.GAP;
    double titleY = -ascent() + (isFramed() ? PADDING : 0) + TITLE / 2 - 1;
    String style = "font-size=\"%.0f\" fill=\"%s\"".formatted(TITLE_SIZE, INK);
    if (unit.times() > 1) {
      svg.markedText(titleX, titleY, style, unit.name(), "× " + unit.times());
    } else {
      svg.leftText(titleX, titleY, style, unit.name());
    }
  }

  private static void drawElement(Svg svg, Element element, Box box) {
    double x = box.left() + box.width() / 2;
    double y = box.top() + box.height() / 2;
    String small = "font-size=\"%s\" fill=\"%s\"".formatted(Element.DETAIL_SIZE, QUIET);
    Family family = element.family();
    switch (element.kind()) {
      case BOX -> {
        boolean alone = element.detail().isEmpty();
        svg.rectangle(box, 5, family.fill(), family.stroke());
        svg.text(x, alone ? y : y - 6, "fill=\"" + INK + "\"", element.text());
        if (!alone) {
          svg.text(x, y + 8, small.replace(QUIET, LINE), element.detail());
        }
      }
      case CIRCLE -> {
        svg.circle(x, y, Element.RADIUS, "#ffffff", LINE);
        svg.text(x, y, "font-size=\"14\" fill=\"" + INK + "\"", element.text());
        svg.text(x, y + Element.RADIUS + 8, small, element.detail());
      }
      case BAR -> {
        svg.rectangle(box, 5, family.fill(), family.stroke());
        String turned = "font-size=\"11\" transform=\"rotate(-90 %.1f %.1f)\"".formatted(x, y);
        svg.text(x, y, turned, element.text());
      }
      case SOURCE -> {
        svg.rectangle(box, 8, "#ffffff", family.stroke());
        svg.text(x, y, small.replace(QUIET, LINE), element.text());
      }
    }
  }
}
