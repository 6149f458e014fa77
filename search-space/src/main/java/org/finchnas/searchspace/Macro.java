package org.finchnas.searchspace;

/**
 * How cells are stacked to a network.
 *
 * @param cellsPerStack normal cells in each of the three stacks (paper: N)
 * @param initialFilters filters of the first stack, doubled at each reduction (paper: F)
 * @param imageSize rows and columns of the images it is meant for
 */
public record Macro(int cellsPerStack, int initialFilters, Stem stem, int imageSize) {}
