package org.finchnas.coordinator.cluster.worker;

/** Waits for a while, or less if there is a reason not to. */
@FunctionalInterface
interface Pause {

  void of(long millis) throws InterruptedException;
}
