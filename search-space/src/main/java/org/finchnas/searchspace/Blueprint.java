package org.finchnas.searchspace;

import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.Shape;

/**
 * Everything that decides a network, as text and numbers that can be written into a file.
 *
 * @param design an architecture's notation or a network's name ({@code nasnet-a-mobile}, {@code
 *     mobilenet-v2@0.35})
 */
public record Blueprint(String design, Shape image, int classes) {

  /**
   * @throws IllegalArgumentException if the design is unknown (says the nearest names) or does not
   *     fit the image
   */
  public Network assemble() {
    throw new UnsupportedOperationException("assemble");
  }
}
