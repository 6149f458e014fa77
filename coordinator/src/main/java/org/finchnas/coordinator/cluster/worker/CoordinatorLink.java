package org.finchnas.coordinator.cluster.worker;

/** A worker's way to its coordinator. Several threads may call. */
public interface CoordinatorLink extends AutoCloseable {

  /**
   * Sends a request and waits for the reply.
   *
   * @throws LinkException if there was none: the coordinator may have acted on it or not
   */
  byte[] call(byte[] request) throws LinkException;

  @Override
  void close();
}
