package org.finchnas.benchmarks.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Trainings that workers began, as they say themselves, and how often they began one again. */
final class Trainings {

  private static final String TAKES = "takes train-";

  private final Map<Path, Integer> linesRead = new HashMap<>();

  /** Those begun since the last time beyond the first of each: read it after each search. */
  int again(List<Node> workers) {
    List<String> begun = new ArrayList<>();
    workers.forEach(worker -> begun.addAll(next(worker.log())));
    Set<String> different = new TreeSet<>(begun);
    return begun.size() - different.size();
  }

  private List<String> next(Path log) {
    try {
      List<String> lines = Files.readAllLines(log);
      int from = linesRead.getOrDefault(log, 0);
      linesRead.put(log, lines.size());
      return lines.subList(from, lines.size()).stream()
          .filter(line -> line.startsWith(TAKES))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
