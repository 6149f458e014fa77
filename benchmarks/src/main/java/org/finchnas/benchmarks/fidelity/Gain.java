package org.finchnas.benchmarks.fidelity;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.finchnas.coordinator.ToldEvaluation;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Evaluation.Completed;
import org.finchnas.evaluation.Evaluation.Failed;
import org.finchnas.evaluation.FailureReason;
import org.finchnas.evaluation.Fidelity;
import org.finchnas.evaluation.Hypervolume;
import org.finchnas.evaluation.Objective;
import org.finchnas.evaluation.Start;

/**
 * How the hypervolume of a search's evaluations at full fidelity grew with the images it trained.
 * Duplicates cost nothing; a training that diverged counts as if it had gone through.
 */
final class Gain {

  /** After so many evaluations. */
  record Point(int evaluations, long images, double hypervolume) {}

  private final Hypervolume measure;
  private final Fidelity full;
  private final long imagesPerEpoch;
  private final List<double[]> vectors = new ArrayList<>();
  private final List<Point> points = new ArrayList<>();
  private long images;

  /**
   * @param imagesPerEpoch of a failed candidate
   */
  Gain(Hypervolume measure, Fidelity full, long imagesPerEpoch) {
    this.measure = measure;
    this.full = full;
    this.imagesPerEpoch = imagesPerEpoch;
  }

  Gain addAll(List<ToldEvaluation> told) {
    told.forEach(this::add);
    return this;
  }

  private void add(ToldEvaluation told) {
    images += told.duplicateOf() == null ? images(told) : 0;
    if (told.evaluation() instanceof Completed completed
        && completed.candidate().fidelity().equals(full)) {
      vectors.add(
          new double[] {
            completed.score(Objective.VALIDATION_ACCURACY), completed.score(Objective.MACS)
          });
    }
    points.add(new Point(points.size() + 1, images, measure.of(vectors).volume()));
  }

  private long images(ToldEvaluation told) {
    if (told.evaluation() instanceof Completed completed) {
      return completed.trainedImages();
    }
    Failed failed = (Failed) told.evaluation();
    return failed.reason() == FailureReason.DIVERGED ? epochs(failed.candidate()) : 0;
  }

  private long epochs(Candidate candidate) {
    Start start = candidate.start();
    return imagesPerEpoch * (candidate.fidelity().epochs() - (start == null ? 0 : start.epochs()));
  }

  /** After the last evaluation. */
  Point last() {
    return points.get(points.size() - 1);
  }

  /** After the first evaluation with at least that hypervolume. */
  Optional<Point> reaching(double hypervolume) {
    return points.stream().filter(point -> point.hypervolume() >= hypervolume).findFirst();
  }

  /** The hypervolume after at most so many images. */
  double after(double count) {
    return points.stream()
        .filter(point -> point.images() <= count)
        .mapToDouble(Point::hypervolume)
        .max()
        .orElse(0);
  }
}
