package org.finchnas.coordinator.slots;

/** Slots cannot be started, or do not fit together: nothing can be trained on this machine. */
public final class SlotFailedException extends RuntimeException {

  SlotFailedException(String message) {
    super(message);
  }

  SlotFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
