package org.finchnas.evolution.surrogate;

import java.util.List;

/**
 * The positions of what is predicted, and which of them choose from one alphabet: operations mean
 * the same wherever they stand.
 *
 * @param alphabets by position, numbered from 0
 * @param choices by alphabet, how many values its positions have
 */
public record KernelShape(List<Integer> alphabets, List<Integer> choices) {

  public KernelShape {
    alphabets = List.copyOf(alphabets);
    choices = List.copyOf(choices);
  }

  int positions() {
    return alphabets.size();
  }

  int choicesOf(int position) {
    return choices.get(alphabets.get(position));
  }

  /** Of an alphabet in a list of all choices of all alphabets. */
  int offset(int alphabet) {
    return choices.subList(0, alphabet).stream().mapToInt(each -> each).sum();
  }

  int allChoices() {
    return offset(choices.size());
  }
}
