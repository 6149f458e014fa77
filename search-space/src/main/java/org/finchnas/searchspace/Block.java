package org.finchnas.searchspace;

/**
 * Two operations on two hidden states, added.
 *
 * @param leftInput hidden state: 0 the output of the previous cell, 1 of the one before, 2… blocks
 * @param rightInput likewise
 */
public record Block(
    int leftInput, Operation leftOperation, int rightInput, Operation rightOperation) {

  public Block {
    if (leftInput < 0 || rightInput < 0) {
      throw new IllegalArgumentException(
          "A block's inputs (%d and %d) must be hidden states: 0 and 1 are the two previous cells, 2"
                  .formatted(leftInput, rightInput)
              + " the first block.");
    }
  }

  /** Whether it reads a hidden state. */
  public boolean reads(int state) {
    return leftInput == state || rightInput == state;
  }
}
