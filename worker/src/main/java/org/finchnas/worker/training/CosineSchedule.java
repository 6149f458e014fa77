package org.finchnas.worker.training;

/**
 * A learning rate that falls along half a cosine, step by step (Loshchilov and Hutter, arXiv
 * 1608.03983, without restarts): {@code rate} at step 0, nearly 0 at the last.
 */
record CosineSchedule(double rate, long steps) {

  double at(long step) {
    return 0.5 * rate * (1 + Math.cos(Math.PI * step / steps));
  }
}
