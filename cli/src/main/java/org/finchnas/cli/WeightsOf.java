package org.finchnas.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.finchnas.evaluation.Evaluation.Completed;
import org.finchnas.searchspace.Blueprint;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.weights.WeightsFile;
import org.jspecify.annotations.Nullable;

/** The weights that the candidates of a run were trained to. */
record WeightsOf(Path run) {

  private static final int USUAL_CLASSES = 10;

  /** The file, or null if it was deleted. */
  @Nullable Path file(Completed evaluation) {
    Path file = place(evaluation);
    return Files.exists(file) ? file : null;
  }

  /** Where the file lies unless it was deleted. */
  Path place(Completed evaluation) {
    return run.resolve("weights").resolve(evaluation.weights() + WeightsFile.SUFFIX);
  }

  /** As its weights say; without them as for images of the given shape. */
  Blueprint blueprint(Completed evaluation, Shape image) {
    Path file = file(evaluation);
    try {
      return file == null
          ? new Blueprint(evaluation.candidate().architecture().notation(), image, USUAL_CLASSES)
          : WeightsFile.read(file).blueprint();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
