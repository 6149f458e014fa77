package org.finchnas.searchspace.published;

import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.Shape;

/** A network of the literature that is not made of searched cells. */
interface PublishedNetwork {

  /**
   * Builds it for images of any size and any number of classes.
   *
   * @throws IllegalArgumentException if a layer would become empty; says which
   */
  Network assemble(String name, Shape image, int classes);

  /** The images it was published for. */
  default Shape image() {
    return new Shape(3, 224, 224);
  }

  /** The classes it was published for. */
  default int classes() {
    return 1000;
  }
}
