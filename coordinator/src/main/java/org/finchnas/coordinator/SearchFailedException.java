package org.finchnas.coordinator;

/** The evaluator or the disk gave up; what was finished is kept and the run can be resumed. */
public final class SearchFailedException extends RuntimeException {

  public SearchFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
