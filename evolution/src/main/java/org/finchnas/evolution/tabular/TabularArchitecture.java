package org.finchnas.evolution.tabular;

import java.util.Arrays;

/** One row of a table, or a combination of choices that the table lacks. */
public final class TabularArchitecture {

  static final int ABSENT = -1;

  private final int[] values;
  private final int row;

  TabularArchitecture(int[] values, int row) {
    this.values = values.clone();
    this.row = row;
  }

  int[] values() {
    return values.clone();
  }

  /** From 0, or {@link #ABSENT}. */
  int row() {
    return row;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TabularArchitecture that && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return Arrays.toString(values);
  }
}
