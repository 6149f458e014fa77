package org.finchnas.data;

/**
 * A data set that is missing, cut short or unreadable. The message names the file, the rule it
 * breaks, what was found and the way out.
 */
public final class DataSetException extends RuntimeException {

  public DataSetException(String message) {
    super(message);
  }

  public DataSetException(String message, Throwable cause) {
    super(message, cause);
  }
}
