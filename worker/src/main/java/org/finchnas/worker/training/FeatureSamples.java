package org.finchnas.worker.training;

import java.nio.file.Path;
import java.util.random.RandomGenerator;
import org.finchnas.evaluation.TrainingParams;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.worker.graph.Floats;
import org.finchnas.worker.training.Batches.Batch;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The features that a frozen body computes of images, once: of each as it is and, where training
 * mirrors images, of its mirror image. Images are not cropped at random, as each crop has features
 * of its own.
 */
final class FeatureSamples implements Samples, AutoCloseable {

  /** Images that the body computes together; more gain nothing and take memory. */
  private static final int BATCH = 64;

  private final LabelledImages images;
  private final Standardization standardization;
  private final FrozenBody body;
  private final boolean mirrors;
  private final int classes;
  private final ClassWeighting weighting;
  private final Path path;
  private final Shape shape;
  private final int values;
  private final float[] features;
  private final float[] labels;
  // Computed when the first are asked for.
  private @Nullable FeatureFile file;
  // Kept from step to step: fresh native memory costs more than filling it.
  private @Nullable Batch batch;

  /**
   * @param mirrors whether training mirrors images
   * @param path of the file that keeps the features meanwhile
   * @param capacity samples in the largest batch
   */
  FeatureSamples(
      LabelledImages images,
      Standardization standardization,
      FrozenBody body,
      boolean mirrors,
      int classes,
      ClassWeighting weighting,
      Path path,
      int capacity) {
    this.images = images;
    this.standardization = standardization;
    this.body = body;
    this.mirrors = mirrors;
    this.classes = classes;
    this.weighting = weighting;
    this.path = path;
    this.shape = body.shape();
    this.values = Math.toIntExact(shape.elements());
    this.features = new float[capacity * values];
    this.labels = new float[capacity * classes];
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
      put(order[i], i - from, random.nextBoolean() && mirrors);
    }
    return arrays(to - from);
  }

  @Override
  public Batch plain(int from, int to) {
    for (int position = from; position < to; position++) {
      put(position, position - from, false);
    }
    return arrays(to - from);
  }

  private void put(int position, int slot, boolean mirrored) {
    computed().read(row(position, mirrored), features, slot * values);
    int label = images.label(position);
    for (int c = 0; c < classes; c++) {
      labels[slot * classes + c] = label == c ? weighting.of(label) : 0;
    }
  }

  private long row(int position, boolean mirrored) {
    return mirrored ? (long) size() + position : position;
  }

  private FeatureFile computed() {
    FeatureFile known = file;
    if (known == null) {
      known = new FeatureFile(path, values);
      file = known;
      Batches pictures = new Batches(images, standardization, classes, Math.min(BATCH, size()));
      compute(pictures, Augmentation.NONE, known);
      if (mirrors) {
        compute(pictures, Augmentation.MIRRORED, known);
      }
    }
    return known;
  }

  private void compute(Batches pictures, Augmentation augmentation, FeatureFile target) {
    for (int from = 0; from < size(); from += BATCH) {
      int to = Math.min(size(), from + BATCH);
      float[] rows = body.valuesOf(pictures.alike(from, to, augmentation).features());
      for (int position = from; position < to; position++) {
        target.write(row(position, augmentation.flip()), rows, (position - from) * values);
      }
    }
  }

  private Batch arrays(int count) {
    Batch current = batch;
    if (current == null || current.features().size(0) != count) {
      current =
          new Batch(
              create(count, shape.height(), shape.width(), shape.channels()),
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

  @Override
  public void close() {
    if (file != null) {
      file.close();
    }
  }
}
