package org.finchnas.coordinator.slots;

import java.io.IOException;

/** A slot process that ended, hung or talked nonsense; another may be started. */
final class SlotLostException extends IOException {

  SlotLostException(String message) {
    super(message);
  }
}
