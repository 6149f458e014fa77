package org.finchnas.evolution.jenetics;

import java.util.List;

/**
 * Lets one input of one block read another hidden state (arXiv 1802.01548, section 3.2). A gene's
 * range holds only earlier states, so no loop can form.
 */
final class HiddenStateMutation<C extends Comparable<? super C>> extends LocusMutation<C> {

  HiddenStateMutation(List<Integer> positions) {
    super(positions);
  }
}
