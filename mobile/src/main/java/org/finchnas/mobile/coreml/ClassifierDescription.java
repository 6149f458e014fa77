package org.finchnas.mobile.coreml;

import java.util.Set;
import org.finchnas.mobile.ExportRequest;
import org.finchnas.mobile.ModelCard;
import org.finchnas.mobile.coreml.proto.ModelMessages.Description;
import org.finchnas.mobile.coreml.proto.ModelMessages.Feature;
import org.finchnas.mobile.coreml.proto.ModelMessages.FeatureType;
import org.finchnas.mobile.coreml.proto.ModelMessages.Metadata;
import org.finchnas.mobile.graph.InferenceGraph;
import org.finchnas.searchspace.network.Shape;

/** What a Core ML classifier says of itself: input, outputs, author, provenance. */
final class ClassifierDescription {

  static final String IMAGE = "image";
  static final String LOGITS = "logits";
  static final String PROBABILITIES = "probabilities";
  static final String LABEL = "classLabel";
  static final String LABEL_PROBABILITIES = "classLabel_probs";

  /** Names that no value inside a network may have. */
  static final Set<String> NAMES = Set.of(IMAGE, LOGITS, PROBABILITIES, LABEL, LABEL_PROBABILITIES);

  private ClassifierDescription() {}

  /**
   * A model whose logits are a row of doubles, as neural networks give them.
   *
   * @throws IllegalArgumentException if the network does not read images that Core ML knows
   */
  static Description of(ExportRequest request, InferenceGraph graph) {
    FeatureType.Array logits =
        FeatureType.Array.newBuilder()
            .addShape(graph.labels().size())
            .setType(FeatureType.Array.Type.DOUBLE)
            .build();
    return of(request, graph, logits);
  }

  static Description of(ExportRequest request, InferenceGraph graph, FeatureType.Array logits) {
    return Description.newBuilder()
        .addInput(
            feature(
                IMAGE,
                "The picture to classify",
                FeatureType.newBuilder().setImage(image(graph.input()))))
        .addOutput(
            feature(
                LABEL,
                "The most probable class",
                FeatureType.newBuilder().setText(FeatureType.Text.getDefaultInstance())))
        .addOutput(
            feature(
                LABEL_PROBABILITIES,
                "The probability of each class",
                FeatureType.newBuilder()
                    .setDictionary(
                        FeatureType.Dictionary.newBuilder()
                            .setTextKeys(FeatureType.Text.getDefaultInstance()))))
        .addOutput(
            feature(
                LOGITS,
                "The classes' logits, in the order of the labels",
                FeatureType.newBuilder().setArray(logits)))
        .setPredictedFeature(LABEL)
        .setPredictedProbabilities(LABEL_PROBABILITIES)
        .setMetadata(metadata(request))
        .build();
  }

  private static Feature feature(String name, String summary, FeatureType.Builder type) {
    return Feature.newBuilder().setName(name).setSummary(summary).setType(type).build();
  }

  private static FeatureType.Image image(Shape shape) {
    return FeatureType.Image.newBuilder()
        .setWidth(shape.width())
        .setHeight(shape.height())
        .setColors(colors(shape))
        .build();
  }

  private static FeatureType.Image.Colors colors(Shape shape) {
    return switch (shape.channels()) {
      case 1 -> FeatureType.Image.Colors.GRAY;
      case 3 -> FeatureType.Image.Colors.RGB;
      default ->
          throw new IllegalArgumentException(
              ("Core ML reads pictures of 1 (gray) or 3 (red, green, blue) channels, but the network"
                      + " reads %s. Export it to another format.")
                  .formatted(shape));
    };
  }

  private static Metadata metadata(ExportRequest request) {
    ModelCard card = request.card();
    return Metadata.newBuilder()
        .setSummary("Image classifier %s, found and trained with Finch".formatted(card.name()))
        .setVersion(card.finchVersion())
        .setAuthor(ModelCard.AUTHOR)
        .setLicense(ModelCard.LICENSE)
        .putUserDefined("name", card.name())
        .putUserDefined("design", card.design())
        .putUserDefined("dataSet", card.dataSet())
        .putUserDefined("precision", request.precision().token())
        .putUserDefined(Seal.KEY, Seal.UNSEALED)
        .build();
  }
}
