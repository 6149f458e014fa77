package org.finchnas.coordinator.keys;

/** Keys that cannot be made or used as asked; the message says why and what to do. */
public final class KeyException extends RuntimeException {

  KeyException(String message) {
    super(message);
  }

  KeyException(String message, Throwable cause) {
    super(message, cause);
  }
}
