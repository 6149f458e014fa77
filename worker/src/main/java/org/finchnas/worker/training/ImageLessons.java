package org.finchnas.worker.training;

import java.util.List;
import org.finchnas.evaluation.TrainingParams;
import org.finchnas.searchspace.network.Normalization;

/** Pictures, as every network but a head alone reads them. */
record ImageLessons(TrainingImages images) implements Lessons {

  @Override
  public int trainSize() {
    return images.train().size();
  }

  @Override
  public Samples train(int capacity, TrainingParams params) {
    int classes = labels().size();
    return new Batches(
        images.train(),
        standardization(),
        classes,
        capacity,
        ClassWeighting.of(params.classWeights(), images.train(), classes));
  }

  @Override
  public Samples held(int capacity) {
    return new Batches(images.held(), standardization(), labels().size(), capacity);
  }

  private Standardization standardization() {
    return new Standardization(images.normalization());
  }

  @Override
  public Normalization normalization() {
    return images.normalization();
  }

  @Override
  public List<String> labels() {
    return images.labels();
  }
}
