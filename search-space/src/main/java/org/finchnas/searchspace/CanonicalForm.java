package org.finchnas.searchspace;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The least of all ways to write down a cell without its dead blocks: equal exactly for isomorphic
 * cells.
 *
 * <p>A cell is written as one number for each block (its two inputs and operations, sorted), in an
 * order in which every block comes after those it reads, followed by the concatenated states. The
 * lexicographically least such list is found by always taking the least block that is ready; only
 * blocks with equal numbers leave a choice, and then all choices are tried.
 */
final class CanonicalForm {

  private static final int OPERATION_BITS = 8;
  private static final int STATE_BITS = 16 - OPERATION_BITS;
  private static final int SIDE_BITS = OPERATION_BITS + STATE_BITS;

  private final int blocks;
  // For each block: left state, left operation, right state, right operation.
  private final int[] genes;
  private final boolean[] concatenated;
  private final boolean[] live;
  private final int liveBlocks;

  // The search's own stack: what has been numbered so far.
  private final int[] numbers;
  private final long[] current;
  private long[] best = new long[0];

  private CanonicalForm(Cell cell) {
    blocks = cell.blocks().size();
    genes = new int[4 * blocks];
    concatenated = new boolean[blocks + 2];
    cell.concat().forEach(state -> concatenated[state] = true);
    for (int i = 0; i < blocks; i++) {
      Block block = cell.blocks().get(i);
      genes[4 * i] = block.leftInput();
      genes[4 * i + 1] = block.leftOperation().code();
      genes[4 * i + 2] = block.rightInput();
      genes[4 * i + 3] = block.rightOperation().code();
    }
    live = live();
    liveBlocks = count(live);
    numbers = new int[blocks + 2];
    numbers[1] = 1;
    current = new long[liveBlocks];
  }

  static ArchitectureId id(Architecture architecture) {
    StringBuilder text = new StringBuilder(MacroNotation.write(architecture.macro()));
    append(text, architecture.normal());
    append(text, architecture.reduction());
    return ArchitectureId.of(text.toString().getBytes(StandardCharsets.US_ASCII));
  }

  private static void append(StringBuilder text, Cell cell) {
    text.append(':');
    for (long number : of(cell)) {
      text.append(Long.toHexString(number)).append(',');
    }
  }

  /** The canonical list of a cell: its live blocks, then the concatenated states as a bit set. */
  static long[] of(Cell cell) {
    CanonicalForm form = new CanonicalForm(cell);
    form.extend(0);
    return form.best;
  }

  private boolean[] live() {
    boolean[] reached = concatenated.clone();
    for (int i = blocks - 1; i >= 0; i--) {
      if (reached[i + 2]) {
        reached[genes[4 * i]] = true;
        reached[genes[4 * i + 2]] = true;
      }
    }
    return reached;
  }

  private int count(boolean[] states) {
    int count = 0;
    for (int state = 2; state < states.length; state++) {
      count += states[state] ? 1 : 0;
    }
    return count;
  }

  /** Gives the next number to each of the least blocks that are ready, one after the other. */
  private void extend(int numbered) {
    if (numbered == liveBlocks) {
      finish();
      return;
    }
    long least = Long.MAX_VALUE;
    for (int i = 0; i < blocks; i++) {
      least = Math.min(least, key(i));
    }
    current[numbered] = least;
    for (int i = 0; i < blocks; i++) {
      if (key(i) == least && !hasEarlierTwin(i, least)) {
        numbers[i + 2] = numbered + 2;
        extend(numbered + 1);
        numbers[i + 2] = 0;
      }
    }
  }

  /** Whether an earlier choice leads to the same lists, as with blocks that nobody reads. */
  private boolean hasEarlierTwin(int block, long least) {
    for (int i = 0; i < block; i++) {
      if (key(i) == least && areTwins(i + 2, block + 2)) {
        return true;
      }
    }
    return false;
  }

  /** Whether two states can be exchanged: every reader reads both alike, or none. */
  private boolean areTwins(int a, int b) {
    if (concatenated[a] != concatenated[b]) {
      return false;
    }
    for (int i = 0; i < genes.length; i += 4) {
      boolean readsOne = genes[i] == a || genes[i] == b || genes[i + 2] == a || genes[i + 2] == b;
      boolean readsBoth = genes[i] + genes[i + 2] == a + b && genes[i] != genes[i + 2];
      if (live[i / 4 + 2] && readsOne && !(readsBoth && genes[i + 1] == genes[i + 3])) {
        return false;
      }
    }
    return true;
  }

  /** The block's number, or the greatest long if it is dead, numbered or not ready. */
  private long key(int block) {
    if (!live[block + 2] || numbers[block + 2] != 0) {
      return Long.MAX_VALUE;
    }
    long left = side(genes[4 * block], genes[4 * block + 1]);
    long right = side(genes[4 * block + 2], genes[4 * block + 3]);
    return left < 0 || right < 0
        ? Long.MAX_VALUE
        : Math.max(left, right) << SIDE_BITS | Math.min(left, right);
  }

  private long side(int state, int operation) {
    boolean ready = state < 2 || numbers[state] != 0;
    return ready ? (long) numbers[state] << OPERATION_BITS | operation : -1;
  }

  private void finish() {
    long states = 0;
    for (int state = 0; state < concatenated.length; state++) {
      states |= concatenated[state] ? 1L << numbers[state] : 0;
    }
    // Orders that differ only in ties have equal blocks, so the concatenated states decide.
    if (best.length == 0) {
      best = Arrays.copyOf(current, liveBlocks + 1);
      best[liveBlocks] = states;
    } else if (isLess(states)) {
      System.arraycopy(current, 0, best, 0, liveBlocks);
      best[liveBlocks] = states;
    }
  }

  private boolean isLess(long states) {
    int difference = Arrays.compare(current, 0, liveBlocks, best, 0, liveBlocks);
    return difference < 0 || (difference == 0 && states < best[liveBlocks]);
  }
}
