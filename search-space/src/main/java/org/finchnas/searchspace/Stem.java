package org.finchnas.searchspace;

/** The layers before the first cell. */
public enum Stem {
  /** One 3x3 convolution; the image keeps its size. */
  CIFAR,
  /** A 3x3 convolution of stride 2, then two reduction cells: an eighth of the image's size. */
  IMAGENET
}
