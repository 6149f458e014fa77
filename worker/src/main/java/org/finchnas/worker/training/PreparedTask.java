package org.finchnas.worker.training;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.finchnas.data.DataSet;
import org.finchnas.data.DataSetException;
import org.finchnas.data.DataSets;
import org.finchnas.data.StratifiedFolds;
import org.finchnas.data.StratifiedSplit;
import org.finchnas.evaluation.Fidelity;
import org.finchnas.evaluation.TrainingTask;
import org.finchnas.searchspace.network.Normalization;
import org.finchnas.searchspace.network.Shape;

/** A task with its images at hand: what all trainings of a search share, split once for all. */
public final class PreparedTask {

  private final TrainingTask task;
  private final DataSet data;
  private final LabelledImages train;
  private final LabelledImages validation;
  private final Normalization normalization;
  private final Map<Integer, DataSet> scaled = new ConcurrentHashMap<>();

  private PreparedTask(TrainingTask task, DataSet data) {
    this.task = task;
    this.data = data;
    StratifiedSplit split =
        StratifiedSplit.of(data.train().labels(), task.validationShare(), task.splitSeed());
    requireBoth(split, task);
    this.train = LabelledImages.of(data.train(), split.train());
    this.validation = LabelledImages.of(data.train(), split.validation());
    this.normalization = Standardization.of(train);
  }

  /**
   * Opens the data set, decoding it into the cache first where that is new.
   *
   * @throws DataSetException if files are missing or damaged, or the images too few to be split
   * @throws IllegalArgumentException if the data set is unknown
   */
  public static PreparedTask of(TrainingTask task) {
    return new PreparedTask(task, open(task, task.imageSize()));
  }

  private static void requireBoth(StratifiedSplit split, TrainingTask task) {
    int train = split.train().length;
    int validation = split.validation().length;
    if (train == 0 || validation == 0) {
      throw new DataSetException(
          "%s has %d training images, of which a validation share of %s leaves %d to train and %d to validate. Use more images or another share."
              .formatted(
                  task.dataSet(), train + validation, task.validationShare(), train, validation));
    }
  }

  public TrainingTask task() {
    return task;
  }

  public DataSet data() {
    return data;
  }

  public int trainImages() {
    return train.size();
  }

  public int validationImages() {
    return validation.size();
  }

  /** The images of an evaluation: standardised alike in every resolution. */
  public TrainingImages images(Fidelity fidelity) {
    LabelledImages part = train.stratified(fidelity.trainImages(), task.splitSeed());
    DataSet set = at(fidelity);
    return new TrainingImages(
        part.in(set.train()), validation.in(set.train()), normalization, set.labels());
  }

  /**
   * The images of each training of an evaluation: one, or as many as it has folds, each held out
   * once and standardised by what is learnt from beside it.
   *
   * @throws DataSetException if there are fewer images than folds
   */
  public List<TrainingImages> folds(Fidelity fidelity) {
    if (fidelity.folds() == 1) {
      return List.of(images(fidelity));
    }
    int images = data.train().size();
    if (fidelity.folds() > images) {
      throw new DataSetException(
          "%s has %d training images, too few for %d folds. Set fidelity.folds to less."
              .formatted(task.dataSet(), images, fidelity.folds()));
    }
    StratifiedFolds folds =
        StratifiedFolds.of(data.train().labels(), fidelity.folds(), task.splitSeed());
    return IntStream.range(0, fidelity.folds())
        .mapToObj(
            fold ->
                images(
                    fidelity,
                    LabelledImages.of(data.train(), folds.without(fold)),
                    LabelledImages.of(data.train(), folds.within(fold))))
        .toList();
  }

  private TrainingImages images(Fidelity fidelity, LabelledImages learnt, LabelledImages held) {
    DataSet set = at(fidelity);
    LabelledImages part = learnt.stratified(fidelity.trainImages(), task.splitSeed());
    return new TrainingImages(
        part.in(set.train()), held.in(set.train()), Standardization.of(learnt), set.labels());
  }

  /** The shape of an image in an evaluation. */
  public Shape shape(Fidelity fidelity) {
    int size = size(fidelity);
    return new Shape(data.train().channels(), size, size);
  }

  private int size(Fidelity fidelity) {
    return fidelity.resolution() > 0 ? fidelity.resolution() : task.imageSize();
  }

  private DataSet at(Fidelity fidelity) {
    int size = size(fidelity);
    return size == task.imageSize()
        ? data
        : scaled.computeIfAbsent(size, resolution -> open(task, resolution));
  }

  private static DataSet open(TrainingTask task, int size) {
    String directory = task.dataDirectory();
    return DataSets.open(
        task.dataSet(),
        size,
        directory == null ? null : Path.of(directory),
        Path.of(task.cacheDirectory()));
  }
}
