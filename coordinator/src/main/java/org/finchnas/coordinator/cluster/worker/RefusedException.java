package org.finchnas.coordinator.cluster.worker;

/** The coordinator sent this worker away; says why, and the way out. */
public final class RefusedException extends RuntimeException {

  public RefusedException(String message) {
    super(message);
  }
}
