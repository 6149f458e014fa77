package org.finchnas.benchmarks.training;

/** One of those whose training speed is compared. */
interface Side {

  String name();

  /** Nanoseconds that the given number of steps take, the network built and warmed up before. */
  long train(String network, int batch, int steps);
}
