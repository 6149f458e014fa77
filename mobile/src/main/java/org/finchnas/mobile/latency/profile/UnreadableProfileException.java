package org.finchnas.mobile.latency.profile;

import org.jspecify.annotations.Nullable;

/** A file that is no device profile, or a name that no profile has. */
public final class UnreadableProfileException extends RuntimeException {

  UnreadableProfileException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
