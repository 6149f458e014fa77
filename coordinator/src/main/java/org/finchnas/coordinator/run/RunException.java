package org.finchnas.coordinator.run;

/** A run directory that cannot be used as it is; the message says why and what to do. */
public final class RunException extends RuntimeException {

  public RunException(String message) {
    super(message);
  }

  RunException(String message, Throwable cause) {
    super(message, cause);
  }
}
