package org.finchnas.searchspace;

import org.finchnas.searchspace.published.ReferenceNetworks;

/** What a network is built from: an architecture of cells, or a published network's name. */
public sealed interface Design permits Architecture, NamedNetwork {

  /** One word of text that {@link #of} reads back and a {@link Blueprint} takes. */
  String notation();

  /** Equal for designs of one network. */
  ArchitectureId id();

  /**
   * The design of a name ({@code mobilenet-v2@0.35}, {@code nasnet-a-mobile}) or a notation.
   *
   * @throws IllegalArgumentException if it is neither; says the nearest names
   */
  static Design of(String design) {
    return ReferenceNetworks.contains(design)
        ? new NamedNetwork(design)
        : Blueprint.requireArchitecture(design);
  }
}
