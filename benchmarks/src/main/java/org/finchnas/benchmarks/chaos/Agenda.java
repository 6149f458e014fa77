package org.finchnas.benchmarks.chaos;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** What is to be done later, by whoever looks in. */
final class Agenda {

  private record Entry(long atNanos, Runnable action) {}

  private final PriorityQueue<Entry> entries =
      new PriorityQueue<>(Comparator.comparingLong(Entry::atNanos));

  void add(Duration delay, Runnable action) {
    entries.add(new Entry(System.nanoTime() + delay.toNanos(), action));
  }

  /** Does what is due. */
  void run() {
    while (!entries.isEmpty() && entries.element().atNanos() <= System.nanoTime()) {
      entries.remove().action().run();
    }
  }

  /** Does all of it now. */
  void runAll() {
    while (!entries.isEmpty()) {
      entries.remove().action().run();
    }
  }
}
