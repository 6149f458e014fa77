package org.finchnas.searchspace.drawing;

/** A place in pixels, y downwards. */
record Point(double x, double y) {

  Point moved(double right, double down) {
    return new Point(x + right, y + down);
  }

  /** The point at a distance from this one on the way to another. */
  Point towards(Point other, double distance) {
    double length = Math.hypot(other.x - x, other.y - y);
    double share = length == 0 ? 0 : Math.min(1, distance / length);
    return new Point(x + share * (other.x - x), y + share * (other.y - y));
  }
}
