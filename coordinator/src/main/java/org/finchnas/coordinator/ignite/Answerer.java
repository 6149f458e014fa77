package org.finchnas.coordinator.ignite;

import java.io.IOException;

/** Answers what workers ask, on several threads. */
@FunctionalInterface
public interface Answerer {

  /**
   * @throws IOException if the request is none, or the disk fails
   */
  byte[] answer(byte[] request) throws IOException;
}
