package org.finchnas.coordinator.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.finchnas.coordinator.ToldEvaluation;

/**
 * What a log holds.
 *
 * @param wholeBytes length of the lines that are whole; what follows is a torn last line
 */
record LogLines(List<ToldEvaluation> told, long wholeBytes) {

  LogLines {
    told = List.copyOf(told);
  }

  /**
   * Reads a log; one that is not there is empty.
   *
   * @param order of a log without lines; afterwards that of what was read
   * @throws RunException if a line is broken that is not the last, or stands in the wrong place
   */
  static LogLines read(Path file, LogOrder order) {
    return of(bytes(file), file, order);
  }

  /**
   * The same of bytes that were read, from the start of a line on.
   *
   * @param file what they are of, for messages
   * @param order of the lines before
   */
  static LogLines of(byte[] bytes, Path file, LogOrder order) {
    List<ToldEvaluation> told = new ArrayList<>();
    int start = 0;
    for (int end = lineEnd(bytes, start); end < bytes.length; end = lineEnd(bytes, start)) {
      String line = new String(bytes, start, end - start, StandardCharsets.UTF_8);
      boolean last = end == bytes.length - 1;
      if (last && !isWhole(line)) {
        break;
      }
      told.add(told(file, line, order));
      start = end + 1;
    }
    return new LogLines(told, start);
  }

  private static int lineEnd(byte[] bytes, int start) {
    int end = start;
    while (end < bytes.length && bytes[end] != '\n') {
      end++;
    }
    return end;
  }

  /**
   * A line can be torn in its middle: after a power cut its end may be on disk and its start not.
   */
  private static boolean isWhole(String line) {
    try {
      Json.parse(line);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static ToldEvaluation told(Path file, String line, LogOrder order) {
    try {
      ObjectNode node = Json.parse(line);
      ToldEvaluation told = EvaluationJson.told(node);
      String refusal = order.refusal(told.number());
      if (refusal != null) {
        throw new IllegalArgumentException(
            "it holds evaluation %d, and %s".formatted(told.number(), refusal));
      }
      order.add(told.number());
      return told;
    } catch (IllegalArgumentException e) {
      throw new RunException(
          ("%s is damaged in line %d: %s. Restore the file from a copy, or cut it off"
                  + " before that line to go on from there.")
              .formatted(file, order.lines() + 1, e.getMessage()),
          e);
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return new byte[0];
    } catch (IOException e) {
      throw new RunException("%s cannot be read: %s.".formatted(file, e), e);
    }
  }
}
