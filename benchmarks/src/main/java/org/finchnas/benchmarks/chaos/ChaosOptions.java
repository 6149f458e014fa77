package org.finchnas.benchmarks.chaos;

/**
 * What is asked of the benchmark.
 *
 * @param seed of the moments and the victims
 * @param kills of processes
 * @param cuts of a worker's network
 * @param stops of processes, for a while
 */
record ChaosOptions(long seed, int kills, int cuts, int stops, boolean json) {

  static ChaosOptions of(String[] arguments) {
    long seed = System.currentTimeMillis();
    int kills = 100;
    int cuts = 20;
    int stops = 20;
    boolean json = false;
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--seed" -> seed = Long.parseLong(arguments[++i]);
        case "--kills" -> kills = Integer.parseInt(arguments[++i]);
        case "--cuts" -> cuts = Integer.parseInt(arguments[++i]);
        case "--stops" -> stops = Integer.parseInt(arguments[++i]);
        case "--json" -> json = true;
        default ->
            throw new IllegalArgumentException(
                "There is no option %s. Known are --seed N, --kills N, --cuts N, --stops N, --json."
                    .formatted(arguments[i]));
      }
    }
    return new ChaosOptions(seed, kills, cuts, stops, json);
  }
}
