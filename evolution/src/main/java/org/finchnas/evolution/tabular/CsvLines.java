package org.finchnas.evolution.tabular;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Comma-separated values (RFC 4180, without line breaks within cells), gzipped or not.
 *
 * @param header the names of the columns
 * @param rows as many cells each
 */
record CsvLines(List<String> header, List<List<String>> rows) {

  private static final int GZIP_MAGIC = 0x1f8b;

  CsvLines {
    header = List.copyOf(header);
    rows = List.copyOf(rows);
  }

  /**
   * @throws TableException if it cannot be read or a row has another number of cells
   */
  static CsvLines read(Path file) {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(open(file), StandardCharsets.UTF_8.newDecoder()))) {
      String first = reader.readLine();
      if (first == null || first.isBlank()) {
        throw new TableException(
            "%s holds no table: its first line must name the columns.".formatted(file));
      }
      List<String> header = cells(first.startsWith("\uFEFF") ? first.substring(1) : first);
      List<List<String>> rows = new ArrayList<>();
      int number = 1;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        if (!line.isBlank()) {
          rows.add(requireCells(file, number, cells(line), header.size()));
        }
      }
      return new CsvLines(header, rows);
    } catch (NoSuchFileException e) {
      throw new TableException(
          "There is no table %s. Name its file with --data.".formatted(file), e);
    } catch (CharacterCodingException e) {
      throw new TableException("%s is no UTF-8 text. Maybe it is another file.".formatted(file), e);
    } catch (IOException e) {
      throw new TableException("%s cannot be read: %s.".formatted(file, e.getMessage()), e);
    }
  }

  private static InputStream open(Path file) throws IOException {
    BufferedInputStream bytes = new BufferedInputStream(Files.newInputStream(file));
    bytes.mark(2);
    int magic = (bytes.read() << 8) | bytes.read();
    bytes.reset();
    return magic == GZIP_MAGIC ? new GZIPInputStream(bytes) : bytes;
  }

  private static List<String> requireCells(Path file, int line, List<String> cells, int columns) {
    if (cells.size() != columns) {
      throw new TableException(
          "%s, line %d has %d cells, but the table has %d columns. Mind commas and quotes."
              .formatted(file, line, cells.size(), columns));
    }
    return cells;
  }

  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        cell.append(c);
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        cells.add(cell.toString().strip());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString().strip());
    return cells;
  }
}
