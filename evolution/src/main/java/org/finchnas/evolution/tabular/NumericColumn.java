package org.finchnas.evolution.tabular;

import java.nio.file.Path;
import java.util.List;
import org.finchnas.searchspace.DidYouMean;

/** Finds the columns of a table and reads their numbers. */
final class NumericColumn {

  private NumericColumn() {}

  /**
   * @throws TableException if there is none of that name
   */
  static int index(CsvLines csv, String name, Path file) {
    int index = csv.header().indexOf(name);
    if (index < 0) {
      throw new TableException(
          "%s has no column \"%s\". %s"
              .formatted(file, name, DidYouMean.sentence(name, csv.header())));
    }
    return index;
  }

  /**
   * @throws TableException if there is no such column or a cell is no finite number
   */
  static double[] read(CsvLines csv, String name, Path file) {
    int index = index(csv, name, file);
    double[] values = new double[csv.rows().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = number(csv.rows().get(i), index, name, file);
    }
    return values;
  }

  private static double number(List<String> row, int index, String name, Path file) {
    try {
      double value = Double.parseDouble(row.get(index));
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Told below, like what is not finite.
    }
    throw new TableException(
        "%s, column %s holds \"%s\" in the row that begins with %s, but must hold numbers. Drop such rows or name another column."
            .formatted(file, name, row.get(index), row.get(0)));
  }
}
