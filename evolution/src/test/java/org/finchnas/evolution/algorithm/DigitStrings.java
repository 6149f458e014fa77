package org.finchnas.evolution.algorithm;

import java.util.Collections;
import java.util.List;

/** A small search space: strings of digits, each changed by operation mutation. */
public record DigitStrings(int length, int choices) implements IntegerEncoding<String> {

  @Override
  public List<Locus> loci() {
    return Collections.nCopies(length, new Locus(Locus.Kind.OPERATION, choices));
  }

  @Override
  public String decode(int[] values) {
    StringBuilder digits = new StringBuilder();
    for (int value : values) {
      digits.append((char) ('0' + value));
    }
    return digits.toString();
  }

  @Override
  public int[] encode(String architecture) {
    return architecture.chars().map(digit -> digit - '0').toArray();
  }
}
