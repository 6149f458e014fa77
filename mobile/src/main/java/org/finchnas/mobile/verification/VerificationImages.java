package org.finchnas.mobile.verification;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
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

  /**
   * At most {@code count} images: a set is cut into so many equal parts, and one is drawn of each.
   * The same set gives the same images.
   */
  public static VerificationImages of(ImageSet images, int count) {
    int taken = Math.min(count, images.size());
    int size = images.channels() * images.height() * images.width();
    byte[] pixels = new byte[Math.multiplyExact(taken, size)];
    List<Integer> classes = new ArrayList<>();
    // Drawn, because classes may take turns: every tenth image of such a set is of one class.
    SplittableRandom random = new SplittableRandom(images.size());
    for (int i = 0; i < taken; i++) {
      int first = (int) ((long) i * images.size() / taken);
      int end = (int) ((i + 1L) * images.size() / taken);
      int image = random.nextInt(first, end);
      images.read(image, pixels, i * size);
      classes.add(images.label(image));
    }
    return new VerificationImages(pixels, taken, classes);
  }

  /** These images, and of another set as many as bring them to {@code total} where it has them. */
  public VerificationImages completedFrom(ImageSet others, int total) {
    if (count >= total) {
      return this;
    }
    VerificationImages more = of(others, total - count);
    byte[] all = Arrays.copyOf(pixels, pixels.length + more.pixels.length);
    System.arraycopy(more.pixels, 0, all, pixels.length, more.pixels.length);
    List<Integer> allClasses = new ArrayList<>(classes);
    allClasses.addAll(classes.isEmpty() ? List.of() : more.classes);
    return new VerificationImages(all, count + more.count, allClasses);
  }

  /**
   * These images, and altered copies of them until there are {@code total}: in each round of copies
   * all pixels move on by one more place.
   */
  public VerificationImages completedWithCopies(int total) {
    if (count >= total) {
      return this;
    }
    int size = pixels.length / count;
    byte[] all = Arrays.copyOf(pixels, Math.multiplyExact(total, size));
    List<Integer> allClasses = new ArrayList<>(classes);
    for (int i = count; i < total; i++) {
      int moved = i / count % size;
      int from = i % count * size;
      System.arraycopy(pixels, from, all, i * size + moved, size - moved);
      System.arraycopy(pixels, from + size - moved, all, i * size, moved);
      if (!classes.isEmpty()) {
        allClasses.add(classes.get(i % count));
      }
    }
    return new VerificationImages(all, total, allClasses);
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
    return Arrays.copyOfRange(pixels, index * size, (index + 1) * size);
  }
}
