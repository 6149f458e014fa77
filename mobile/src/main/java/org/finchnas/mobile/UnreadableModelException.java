package org.finchnas.mobile;

import org.jspecify.annotations.Nullable;

/** A file is not a model of its format, or not all of it, or not as it was written. */
public final class UnreadableModelException extends RuntimeException {

  public UnreadableModelException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
