package org.finchnas.evolution.jenetics;

import java.util.List;

/**
 * Takes another of the choices for the cells per stack or the initial filters. The paper has no
 * such mutation, since it fixes both; here they are searched, so that a limit on cost can be met.
 */
final class MacroMutation<C extends Comparable<? super C>> extends LocusMutation<C> {

  MacroMutation(List<Integer> positions) {
    super(positions);
  }
}
