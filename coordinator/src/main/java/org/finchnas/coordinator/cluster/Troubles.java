package org.finchnas.coordinator.cluster;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** What people were told of lately, so that nothing that goes wrong all the time fills a log. */
final class Troubles {

  /** After so long the same is worth a word again. */
  static final Duration QUIET = Duration.ofMinutes(10);

  /** Others in this time are not told. */
  static final int MOST = 100;

  /** When each was told, the longest ago first. */
  private final Map<String, Long> told = new LinkedHashMap<>();

  /** Whether to tell a line now; counts it as told if so. */
  boolean isNews(String line, long nowNanos) {
    forgetOld(nowNanos);
    return told.size() < MOST && told.putIfAbsent(line, nowNanos) == null;
  }

  private void forgetOld(long nowNanos) {
    Iterator<Long> times = told.values().iterator();
    while (times.hasNext() && nowNanos - times.next() >= QUIET.toNanos()) {
      times.remove();
    }
  }
}
