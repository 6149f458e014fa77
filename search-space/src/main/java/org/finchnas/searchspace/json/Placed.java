package org.finchnas.searchspace.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A value read from a text, and where it stands there.
 *
 * @param content a {@code Map} of strings to {@link Member}s in their order, a {@code List} of
 *     {@code Placed}, or a {@code String}, {@code BigDecimal} or {@code Boolean}
 * @param start index of its first character
 * @param end index after its last
 */
public record Placed(Object content, int start, int end) {

  /** A key and what it stands for. */
  public record Member(Placed key, Placed value) {}

  /** The same of plain maps, lists and values. */
  Object plain() {
    if (content instanceof Map<?, ?> map) {
      Map<String, Object> members = new LinkedHashMap<>();
      map.forEach((key, member) -> members.put((String) key, ((Member) member).value().plain()));
      return members;
    }
    return content instanceof Iterable<?> elements ? plain(elements) : content;
  }

  private static Object plain(Iterable<?> elements) {
    List<Object> values = new ArrayList<>();
    elements.forEach(element -> values.add(((Placed) element).plain()));
    return values;
  }
}
