package org.finchnas.worker.training;

import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.finchnas.data.ImageSet;
import org.finchnas.evaluation.TrainingParams;
import org.finchnas.worker.graph.Floats;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Images as arrays {@code [batch, height, width, channels]} with labels {@code [batch, classes]}:
 * in the column of its class what an image counts in the loss, else 0. A batch is good until the
 * next is asked for: both share arrays.
 */
final class Batches implements Samples {

  private final LabelledImages images;
  private final Standardization standardization;
  private final Standardization.ImageSize size;
  private final byte[] pixels;
  private final float[] features;
  private final float[] labels;
  private final int imageValues;
  private final int classes;
  private final ClassWeighting weighting;
  // Kept from step to step: fresh native memory costs more than filling it.
  private @Nullable Batch batch;

  /**
   * @param capacity images in the largest batch
   */
  Batches(LabelledImages images, Standardization standardization, int classes, int capacity) {
    this(images, standardization, classes, capacity, ClassWeighting.none(classes));
  }

  /**
   * @param capacity images in the largest batch
   */
  Batches(
      LabelledImages images,
      Standardization standardization,
      int classes,
      int capacity,
      ClassWeighting weighting) {
    ImageSet set = images.images();
    this.images = images;
    this.standardization = standardization;
    this.classes = classes;
    this.weighting = weighting;
    this.size = new Standardization.ImageSize(set.height(), set.width());
    this.imageValues = set.imageBytes();
    this.pixels = new byte[imageValues];
    this.features = new float[capacity * imageValues];
    this.labels = new float[capacity * classes];
  }

  /** Images and what they show. */
  record Batch(INDArray features, INDArray labels) {}

  /** All positions, shuffled (Fisher and Yates). */
  static int[] shuffled(int size, RandomGenerator random) {
    int[] order = IntStream.range(0, size).toArray();
    for (int i = size - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int kept = order[i];
      order[i] = order[j];
      order[j] = kept;
    }
    return order;
  }

  @Override
  public int size() {
    return images.size();
  }

  @Override
  public int label(int position) {
    return images.label(position);
  }

  @Override
  public Batch augmented(
      int[] order, int from, int to, TrainingParams params, RandomGenerator random) {
    for (int i = from; i < to; i++) {
      put(order[i], i - from, Augmentation.draw(params, random));
    }
    return arrays(to - from);
  }

  /** The images at {@code order[from]} up to {@code order[to - 1]}, as they are. */
  Batch plain(int[] order, int from, int to) {
    for (int i = from; i < to; i++) {
      put(order[i], i - from, Augmentation.NONE);
    }
    return arrays(to - from);
  }

  @Override
  public Batch plain(int from, int to) {
    return alike(from, to, Augmentation.NONE);
  }

  /** The images from one position up to another, all augmented alike. */
  Batch alike(int from, int to, Augmentation augmentation) {
    for (int position = from; position < to; position++) {
      put(position, position - from, augmentation);
    }
    return arrays(to - from);
  }

  private void put(int position, int slot, Augmentation augmentation) {
    images.read(position, pixels, 0);
    standardization.write(pixels, size, augmentation, features, slot * imageValues);
    int label = images.label(position);
    for (int c = 0; c < classes; c++) {
      labels[slot * classes + c] = label == c ? weighting.of(label) : 0;
    }
  }

  private Batch arrays(int count) {
    Batch current = batch;
    if (current == null || current.features().size(0) != count) {
      current =
          new Batch(
              create(count, size.height(), size.width(), images.images().channels()),
              create(count, classes));
      batch = current;
    }
    Floats.copy(features, current.features());
    Floats.copy(labels, current.labels());
    return current;
  }

  private static INDArray create(long... shape) {
    return Nd4j.createUninitialized(DataType.FLOAT, shape, 'c');
  }
}
