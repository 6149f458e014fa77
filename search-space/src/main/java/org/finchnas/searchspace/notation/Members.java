package org.finchnas.searchspace.notation;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.finchnas.searchspace.DidYouMean;
import org.finchnas.searchspace.json.Placed;

/** Values under names. */
final class Members {

  private final Piece whole;
  private final Map<String, Piece> keys = new LinkedHashMap<>();
  private final Map<String, Piece> values = new LinkedHashMap<>();

  /**
   * @param content of strings and {@link Placed.Member}s
   */
  Members(Piece whole, Map<?, ?> content) {
    this.whole = whole;
    content.forEach(
        (key, member) -> {
          Placed.Member placed = (Placed.Member) member;
          keys.put((String) key, new Piece(whole.source(), placed.key()));
          values.put((String) key, new Piece(whole.source(), placed.value()));
        });
  }

  Piece whole() {
    return whole;
  }

  Set<String> names() {
    return keys.keySet();
  }

  /**
   * @throws IllegalArgumentException if there is another name; says the nearest
   */
  Members requireKnown(Collection<String> known) {
    keys.forEach(
        (name, key) -> {
          if (!known.contains(name)) {
            throw key.error("there is no such name here. " + DidYouMean.sentence(name, known));
          }
        });
    return this;
  }

  Piece required(String name) {
    return optional(name).orElseThrow(() -> whole.error("%s is missing.".formatted(name)));
  }

  Optional<Piece> optional(String name) {
    return Optional.ofNullable(values.get(name));
  }
}
