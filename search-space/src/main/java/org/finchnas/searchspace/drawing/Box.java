package org.finchnas.searchspace.drawing;

/** A rectangle in pixels, y downwards. */
record Box(double left, double top, double width, double height) {

  static Box around(double x, double y, double width, double height) {
    return new Box(x - width / 2, y - height / 2, width, height);
  }
}
