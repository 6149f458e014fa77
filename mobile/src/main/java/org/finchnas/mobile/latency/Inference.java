package org.finchnas.mobile.latency;

/** One image, ready to be classified again and again: input in place, memory taken. */
public interface Inference extends AutoCloseable {

  /** Classifies it once, nothing else. */
  void run();

  @Override
  void close();
}
