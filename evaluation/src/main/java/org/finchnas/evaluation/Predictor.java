package org.finchnas.evaluation;

/** Classifies images with a trained network; the runtime is the implementation's. */
public interface Predictor extends AutoCloseable {

  /**
   * @param pixels images one after the other, each channel, row, column, values 0…255 as stored,
   *     not yet normalised
   * @param count how many images there are
   */
  Predictions predict(byte[] pixels, int count);

  @Override
  void close();
}
