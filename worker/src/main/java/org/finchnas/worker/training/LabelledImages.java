package org.finchnas.worker.training;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.finchnas.data.ImageSet;
import org.finchnas.data.StratifiedSplit;

/** Some images of a set; positions count from 0 and do not depend on where they lie in the set. */
public final class LabelledImages {

  private final ImageSet images;
  private final int[] chosen;

  private LabelledImages(ImageSet images, int[] chosen) {
    this.images = images;
    this.chosen = chosen;
  }

  public static LabelledImages all(ImageSet images) {
    return new LabelledImages(images, IntStream.range(0, images.size()).toArray());
  }

  public static LabelledImages of(ImageSet images, int[] chosen) {
    return new LabelledImages(images, chosen.clone());
  }

  public int size() {
    return chosen.length;
  }

  public ImageSet images() {
    return images;
  }

  /** The same images in another resolution. */
  LabelledImages in(ImageSet scaled) {
    return new LabelledImages(scaled, chosen);
  }

  int[] chosen() {
    return chosen.clone();
  }

  /** The class of an image, from 0. */
  public int label(int position) {
    return images.label(chosen[position]);
  }

  /** Copies one image, channel, row, column, into {@code target} at {@code offset}. */
  public void read(int position, byte[] target, int offset) {
    images.read(chosen[position], target, offset);
  }

  /**
   * As many images, of every class its share; fewer are always among more. All of them for 0 or a
   * count that is not smaller.
   */
  LabelledImages stratified(int count, long seed) {
    if (count == 0 || count >= size()) {
      return this;
    }
    int[] labels = Arrays.stream(chosen).map(images::label).toArray();
    int[] positions = StratifiedSplit.of(labels, (double) count / size(), seed).validation();
    return new LabelledImages(images, Arrays.stream(positions).map(i -> chosen[i]).toArray());
  }
}
