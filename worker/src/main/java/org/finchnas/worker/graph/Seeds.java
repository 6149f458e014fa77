package org.finchnas.worker.graph;

/** Derives seeds from seeds. */
final class Seeds {
  private Seeds() {}

  /** A seed that depends on both values; the finaliser of MurmurHash3 between them. */
  static long mix(long seed, long value) {
    long hash = seed * 0x9E3779B97F4A7C15L + value;
    hash = (hash ^ (hash >>> 33)) * 0xFF51AFD7ED558CCDL;
    hash = (hash ^ (hash >>> 33)) * 0xC4CEB9FE1A85EC53L;
    return hash ^ (hash >>> 33);
  }
}
