package org.finchnas.worker.training;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.finchnas.evaluation.TrainingParams;
import org.finchnas.searchspace.network.Normalization;
import org.finchnas.searchspace.network.TrainedNetwork;

/** Features instead of pictures: what a head alone learns from. */
final class FeatureLessons implements Lessons, AutoCloseable {

  private final TrainingImages images;
  private final FrozenBody body;
  private final Path directory;
  private final List<FeatureSamples> given = new ArrayList<>();

  /**
   * @param base whose body computes them
   * @param images normalised as it knows them
   * @param directory for files that keep the features until this is closed
   */
  FeatureLessons(TrainedNetwork base, TrainingImages images, Path directory) {
    this.images = images;
    this.body = new FrozenBody(base);
    this.directory = directory;
  }

  @Override
  public int trainSize() {
    return images.train().size();
  }

  @Override
  public Samples train(int capacity, TrainingParams params) {
    ClassWeighting weighting =
        ClassWeighting.of(params.classWeights(), images.train(), labels().size());
    return samples(images.train(), params.flip(), weighting, "train.features", capacity);
  }

  @Override
  public Samples held(int capacity) {
    ClassWeighting none = ClassWeighting.none(labels().size());
    return samples(images.held(), false, none, "held.features", capacity);
  }

  private Samples samples(
      LabelledImages of, boolean mirrors, ClassWeighting weighting, String file, int capacity) {
    FeatureSamples samples =
        new FeatureSamples(
            of,
            new Standardization(images.normalization()),
            body,
            mirrors,
            labels().size(),
            weighting,
            directory.resolve(file),
            capacity);
    given.add(samples);
    return samples;
  }

  /** None: features are read as they are. */
  @Override
  public Normalization normalization() {
    int channels = body.shape().channels();
    return new Normalization(Collections.nCopies(channels, 0f), Collections.nCopies(channels, 1f));
  }

  @Override
  public List<String> labels() {
    return images.labels();
  }

  @Override
  public void close() {
    given.forEach(FeatureSamples::close);
    body.close();
  }
}
