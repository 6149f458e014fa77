package org.finchnas.mobile.coreml.decoder;

import java.util.Arrays;
import java.util.List;

/**
 * A value that a program holds.
 *
 * @param type number of the elements' type in ML programs
 * @param numbers what is a number or a truth value (1 or 0); empty for texts
 */
record Constant(int type, Blob numbers, List<String> texts) {

  static final int TEXT = 2;
  static final int HALF = 10;
  static final int SINGLE = 11;

  int[] integers() {
    int[] integers = new int[numbers.values().length];
    for (int i = 0; i < integers.length; i++) {
      integers[i] = (int) numbers.values()[i];
    }
    return integers;
  }

  float number() {
    if (numbers.values().length != 1) {
      throw new MalformedModelException(
          "one number is expected, not " + Arrays.toString(numbers.shape()));
    }
    return numbers.values()[0];
  }

  boolean isCalculatedWith() {
    return type == HALF || type == SINGLE;
  }
}
