package org.finchnas.evolution.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.finchnas.evaluation.Direction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchmarkTableTest {

  private final Path folder;

  BenchmarkTableTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static final TableDescription PLAIN =
      Tables.description(List.of("acc"), List.of("size"), Map.of());

  @Test
  void positionsAndChoicesAreReadOffTheTable() throws IOException {
    BenchmarkTable table = BenchmarkTable.read(PLAIN, Tables.gzip(folder, Tables.NINE));
    assertThat(table.size()).isEqualTo(9);
    assertThat(table.choices()).containsExactly(3, 3);
    assertThat(table.best()).isEqualTo(4);
    TabularArchitecture ca = table.decode(new int[] {2, 0});
    assertThat(table.value("size", ca)).isEqualTo(7);
    assertThat(table.encode(ca)).containsExactly(2, 0);
  }

  @Test
  void aGroupOfTheExpressionIsTheChoice() throws IOException {
    String csv = "arch,acc,size\n|conv~0|+|skip~0|,1,1\n|skip~0|+|conv~0|,2,1\n";
    TableDescription description =
        new TableDescription(
            "t",
            "arch",
            Pattern.compile("\\|(\\w+)~"),
            List.of("acc"),
            "acc",
            Direction.MAXIMIZE,
            List.of(),
            List.of(),
            Map.of(),
            Map.of(),
            List.of());
    BenchmarkTable table = BenchmarkTable.read(description, Tables.write(folder, csv));
    assertThat(table.choices()).containsExactly(2, 2);
    assertThat(table.violation(table.decode(new int[] {0, 0}))).isInfinite();
    assertThat(table.violation(table.decode(new int[] {0, 1}))).isZero();
  }

  @Test
  void limitsAreAskedForTheirViolation() throws IOException {
    BenchmarkTable table =
        BenchmarkTable.read(
            Tables.description(List.of("acc"), List.of("size"), Map.of("size", 4.0)),
            Tables.write(folder, Tables.NINE));
    assertThat(table.best()).isEqualTo(2);
    assertThat(table.violation(table.decode(new int[] {1, 0}))).isZero();
    assertThat(table.violation(table.decode(new int[] {1, 2}))).isEqualTo(0.5);
  }

  /** By hand: from (acc 0, size 9), a-a to c-c, of which a-c, b-c and c-c bound the volume. */
  @Test
  void theTrueFrontIsOfTheReportedColumn() throws IOException {
    BenchmarkTable table = BenchmarkTable.read(PLAIN, Tables.write(folder, Tables.NINE));
    // Per unit of size from 2 to 9: heights 1, 2, 2, 2, 3, 3, 3.
    assertThat(table.trueHypervolume().volume()).isEqualTo(1 + 2 + 2 + 2 + 3 + 3 + 3);
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "arch,acc,noisy| has no column \"size\"",
        "arch,acc,size;a-b,1,2;a-b,1,2| holds an architecture twice",
        "arch,acc,size;a-b,1,2;a,1,2| finds 1 in architecture \"a\", but 2 in \"a-b\"",
        "arch,acc,size;x-y,1,2| finds 0 in architecture \"x-y\"",
        "arch,acc,size;a-b,1| line 2 has 2 cells, but the table has 3",
        "arch,acc,size;a-b,high,2| holds \"high\" in the row that begins with a-b",
        "arch,acc,size;a-b,NaN,2| holds \"NaN\"",
        "arch,acc,size| has no rows",
        "''| holds no table",
      })
  void whatIsWrongIsNamed(String csv, String message) throws IOException {
    Path file = Tables.write(folder, csv.replace(';', '\n'));
    String csvWithRow = csv.equals("arch,acc,noisy") ? csv + "\na-b,1,2\n" : null;
    Path tried = csvWithRow == null ? file : Tables.write(folder, csvWithRow);
    assertThatThrownBy(() -> BenchmarkTable.read(PLAIN, tried))
        .isInstanceOf(TableException.class)
        .hasMessageContaining(message.strip());
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> BenchmarkTable.read(PLAIN, folder.resolve("none.csv")))
        .isInstanceOf(TableException.class)
        .hasMessageContaining("There is no table")
        .hasMessageContaining("--data");
  }

  @Test
  void limitsThatNothingKeepsAreRefused() throws IOException {
    Path file = Tables.write(folder, Tables.NINE);
    assertThatThrownBy(
            () ->
                BenchmarkTable.read(
                    Tables.description(List.of("acc"), List.of("size"), Map.of("size", 0.5)), file))
        .hasMessageContaining("No row of");
  }
}
