package org.finchnas.searchspace;

import java.util.Locale;
import org.finchnas.searchspace.network.Layer;

/** The layers before the first cell. */
public enum Stem {
  /** One 3x3 convolution; the image keeps its size. */
  CIFAR,
  /**
   * To an eighth of the image's size: a 3x3 convolution of stride 2, then two reduction cells; with
   * DARTS' wiring three 3x3 convolutions of stride 2.
   */
  IMAGENET;

  /** Its name in notations and configurations. */
  public String token() {
    return name().toLowerCase(Locale.ROOT);
  }

  int defaultMultiplier() {
    return switch (this) {
      case CIFAR -> 3;
      case IMAGENET -> 1;
    };
  }

  int defaultImageSize() {
    return switch (this) {
      case CIFAR -> 32;
      case IMAGENET -> 224;
    };
  }

  Layer.BatchNorm defaultBatchNorm() {
    return switch (this) {
      case CIFAR -> new Layer.BatchNorm(1e-5, 0.9);
      case IMAGENET -> new Layer.BatchNorm(1e-3, 0.9997);
    };
  }
}
