package org.finchnas.worker.training;

import java.util.List;
import org.finchnas.searchspace.network.Normalization;
import org.finchnas.searchspace.network.Shape;

/**
 * What a network learns from and what its accuracy is measured on.
 *
 * @param held the images the accuracy is measured on: validation images in a search
 */
public record TrainingImages(
    LabelledImages train, LabelledImages held, Normalization normalization, List<String> labels) {

  public TrainingImages {
    labels = List.copyOf(labels);
  }

  /** The shape of an image. */
  public Shape shape() {
    return new Shape(train.images().channels(), train.images().height(), train.images().width());
  }
}
