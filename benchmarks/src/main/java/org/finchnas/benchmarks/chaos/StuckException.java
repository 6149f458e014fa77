package org.finchnas.benchmarks.chaos;

/** A search that does not get to its end. */
final class StuckException extends Exception {

  private static final long serialVersionUID = 1;

  StuckException(String message) {
    super(message);
  }
}
