package org.finchnas.data;

import java.nio.ByteBuffer;

/**
 * Labelled images of one shape, decoded once into a file that processes map and share. An image is
 * stored channel, row, column, one unsigned byte a value.
 */
public interface ImageSet {

  int size();

  int channels();

  int height();

  int width();

  /** The class of an image, from 0. */
  int label(int image);

  /** Copies one image into {@code target} at {@code offset}. */
  void read(int image, byte[] target, int offset);

  /** The pixels of all images, read-only, for those who can use them in place. */
  ByteBuffer pixels();
}
