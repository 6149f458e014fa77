package org.finchnas.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --from}: a trained model that is taught other classes. */
final class TransferOptions {

  @Option(
      names = "--from",
      paramLabel = "MODEL",
      description = {
        "Teaches a trained model the classes of --data: RUN#ID, RUN#best, a model's folder or",
        "model.safetensors. A new head learns on what the rest, frozen, sees in the pictures."
      })
  private @Nullable String from;

  @Option(
      names = "--tune",
      paramLabel = "N",
      description = {
        "With --from: N more epochs in which everything learns, at a tenth of the learning rate;",
        "default: 0, the head alone."
      })
  private @Nullable Integer tune;

  boolean isAsked() {
    return from != null;
  }

  int tuningEpochs() {
    return tune == null ? 0 : tune;
  }

  /**
   * What is trained.
   *
   * @param design as it was asked for beside these options, or empty
   * @throws InputException if the options contradict each other
   */
  String subject(String design, @Nullable String dataSet, @Nullable Integer image) {
    if (from == null) {
      require(
          tune == null, "--tune is for a model that --from names. Leave it out, or say --from.");
      require(!design.isEmpty(), "Which network? Name one, or a trained model with --from MODEL.");
      return design;
    }
    require(
        design.isEmpty(),
        "--from %s says which network it is, so %s is one too many. Leave it out."
            .formatted(from, design));
    require(
        image == null,
        "--image is for networks that are trained from the start: with --from pictures are scaled to what the model reads. Leave it out.");
    require(
        dataSet != null,
        "--from needs pictures of the new classes. Name them: --data images:DIR, with a folder per class.");
    require(tune == null || tune >= 0, "--tune (%s) must be 0 or more.".formatted(tune));
    return from;
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new InputException(otherwise);
    }
  }
}
