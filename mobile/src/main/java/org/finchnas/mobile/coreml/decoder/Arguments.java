package org.finchnas.mobile.coreml.decoder;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one operation of a program is given: names of values, some of them constants. */
final class Arguments {

  private final String type;
  private final Map<String, List<String>> names = new LinkedHashMap<>();
  private final Map<String, Constant> constants;

  Arguments(String type, WireMessage operation, Map<String, Constant> constants) {
    this.type = type;
    this.constants = constants;
    operation
        .map(2)
        .forEach(
            (parameter, entry) -> {
              List<String> bound = new ArrayList<>();
              for (WireMessage binding : entry.message(2).messages(1)) {
                if (binding.has(1)) {
                  bound.add(binding.text(1));
                }
              }
              names.put(parameter, bound);
            });
  }

  boolean has(String parameter) {
    return names.containsKey(parameter);
  }

  List<String> names(String parameter) {
    List<String> bound = names.get(parameter);
    if (bound == null || bound.isEmpty()) {
      throw new MalformedModelException(
          "operation %s lacks its parameter %s".formatted(type, parameter));
    }
    return bound;
  }

  Constant constant(String parameter) {
    String name = names(parameter).get(0);
    Constant constant = constants.get(name);
    if (constant == null) {
      throw new MalformedModelException("%s is no constant".formatted(name));
    }
    return constant;
  }

  int[] integers(String parameter) {
    return constant(parameter).integers();
  }

  float number(String parameter) {
    return constant(parameter).number();
  }

  String text(String parameter) {
    List<String> texts = constant(parameter).texts();
    if (texts.size() != 1) {
      throw new MalformedModelException("parameter %s is no text".formatted(parameter));
    }
    return texts.get(0);
  }

  boolean flag(String parameter) {
    return has(parameter) && number(parameter) != 0;
  }
}
