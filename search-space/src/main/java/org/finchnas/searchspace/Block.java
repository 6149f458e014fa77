package org.finchnas.searchspace;

/**
 * Two operations on two hidden states, added.
 *
 * @param leftInput hidden state: 0 the output of the previous cell, 1 of the one before, 2… blocks
 * @param rightInput likewise
 */
public record Block(
    int leftInput, Operation leftOperation, int rightInput, Operation rightOperation) {}
