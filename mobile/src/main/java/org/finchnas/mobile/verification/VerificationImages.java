package org.finchnas.mobile.verification;

import java.util.ArrayList;
import java.util.List;
import org.finchnas.data.ImageSet;

/** Real images that a file is checked on, with their classes where these are known. */
public final class VerificationImages {

  private final byte[] pixels;
  private final int count;
  private final List<Integer> classes;

  /**
   * @param pixels images one after the other, each channel, row, column, values 0…255
   * @param classes the class of each image, or empty where the classes are not known
   */
  public VerificationImages(byte[] pixels, int count, List<Integer> classes) {
    if (count < 1 || pixels.length % count != 0) {
      throw new IllegalArgumentException(
          "%d bytes are not %d images of one size.".formatted(pixels.length, count));
    }
    if (!classes.isEmpty() && classes.size() != count) {
      throw new IllegalArgumentException(
          "There are classes for %d of %d images.".formatted(classes.size(), count));
    }
    this.pixels = pixels;
    this.count = count;
    this.classes = List.copyOf(classes);
  }

  /** At most {@code count} images, evenly spread over a set. */
  public static VerificationImages of(ImageSet images, int count) {
    int taken = Math.min(count, images.size());
    int size = images.channels() * images.height() * images.width();
    byte[] pixels = new byte[Math.multiplyExact(taken, size)];
    List<Integer> classes = new ArrayList<>();
    for (int i = 0; i < taken; i++) {
      int image = (int) ((long) i * images.size() / taken);
      images.read(image, pixels, i * size);
      classes.add(images.label(image));
    }
    return new VerificationImages(pixels, taken, classes);
  }

  /** All pixels: treat them as read-only. */
  public byte[] pixels() {
    return pixels;
  }

  public int count() {
    return count;
  }

  /** The class of each image; empty where the classes are not known. */
  public List<Integer> classes() {
    return classes;
  }

  /** The pixels of one image. */
  public byte[] image(int index) {
    int size = pixels.length / count;
    byte[] image = new byte[size];
    System.arraycopy(pixels, index * size, image, 0, size);
    return image;
  }
}
