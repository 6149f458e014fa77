package org.finchnas.searchspace.weights;

import java.io.IOException;

/** A file that is no whole model; names the file and says what is wrong. */
public final class UnreadableWeightsException extends IOException {

  private static final long serialVersionUID = 1;

  UnreadableWeightsException(String message) {
    super(message);
  }

  UnreadableWeightsException(String message, Throwable cause) {
    super(message, cause);
  }
}
