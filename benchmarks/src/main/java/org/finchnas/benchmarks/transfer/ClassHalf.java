package org.finchnas.benchmarks.transfer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.finchnas.data.DataSet;
import org.finchnas.data.ImageSet;
import org.finchnas.searchspace.network.Normalization;
import org.finchnas.worker.training.LabelledImages;
import org.finchnas.worker.training.TrainingImages;

/**
 * A data set's images of some classes.
 *
 * @param classes numbered as in the data set
 */
record ClassHalf(DataSet data, List<Integer> classes) {

  /** All of every second class, from a first one. */
  static ClassHalf of(DataSet data, int first) {
    List<Integer> classes = new ArrayList<>();
    for (int c = first; c < data.labels().size(); c += 2) {
      classes.add(c);
    }
    return new ClassHalf(data, classes);
  }

  private static final int TEST_PER_CLASS = 200;

  /** The first images of each class to learn from, and test images to be scored on. */
  TrainingImages images(int perClass, Normalization normalization) {
    return new TrainingImages(
        LabelledImages.all(chosen(data.train(), perClass)),
        LabelledImages.all(chosen(data.test(), TEST_PER_CLASS)),
        normalization,
        classes.stream().map(data.labels()::get).toList());
  }

  private ImageSet chosen(ImageSet from, int perClass) {
    List<Integer> left = new ArrayList<>(Collections.nCopies(classes.size(), perClass));
    List<Integer> positions = new ArrayList<>();
    for (int i = 0; i < from.size(); i++) {
      int label = classes.indexOf(from.label(i));
      if (label >= 0 && left.get(label) > 0) {
        left.set(label, left.get(label) - 1);
        positions.add(i);
      }
    }
    byte[] pixels = new byte[Math.multiplyExact(positions.size(), from.imageBytes())];
    int[] labels = new int[positions.size()];
    for (int i = 0; i < labels.length; i++) {
      from.read(positions.get(i), pixels, i * from.imageBytes());
      labels[i] = classes.indexOf(from.label(positions.get(i)));
    }
    return ImageSet.of(pixels, labels, from.channels(), from.height(), from.width());
  }
}
