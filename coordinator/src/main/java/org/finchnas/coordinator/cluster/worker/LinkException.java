package org.finchnas.coordinator.cluster.worker;

import java.io.IOException;

/** The coordinator could not be reached, or did not answer in time; it may later. */
public final class LinkException extends IOException {

  public LinkException(String message) {
    super(message);
  }

  public LinkException(String message, Throwable cause) {
    super(message, cause);
  }
}
