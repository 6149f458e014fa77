package org.finchnas.evolution.jenetics;

import java.util.List;

/**
 * Replaces one operation of one block by another from the list (arXiv 1802.01548, section 3.2). The
 * paper leaves open whether the new one may be the old one; here it may not, as in NAS-Bench-101's
 * code, because doing nothing has a probability of its own.
 */
final class OperationMutation<C extends Comparable<? super C>> extends LocusMutation<C> {

  OperationMutation(List<Integer> positions) {
    super(positions);
  }
}
