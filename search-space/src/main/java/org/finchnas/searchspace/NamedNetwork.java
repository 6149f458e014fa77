package org.finchnas.searchspace;

import java.nio.charset.StandardCharsets;
import org.finchnas.searchspace.published.ReferenceNetworks;

/**
 * A published network.
 *
 * @param name as {@link ReferenceNetworks} knows it, with its width: {@code mobilenet-v2@0.35}
 */
public record NamedNetwork(String name) implements Design {

  public NamedNetwork {
    if (!ReferenceNetworks.contains(name)) {
      throw new IllegalArgumentException(
          "There is no network \"%s\". %s"
              .formatted(name, DidYouMean.sentence(name, ReferenceNetworks.names())));
    }
  }

  @Override
  public String notation() {
    return name;
  }

  @Override
  public ArchitectureId id() {
    return ArchitectureId.of(ReferenceNetworks.canonical(name).getBytes(StandardCharsets.US_ASCII));
  }
}
