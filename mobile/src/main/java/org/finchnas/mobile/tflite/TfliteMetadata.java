package org.finchnas.mobile.tflite;

import com.google.flatbuffers.FlatBufferBuilder;
import org.finchnas.mobile.ModelCard;
import org.tensorflow.lite.support.metadata.schema.AssociatedFileT;
import org.tensorflow.lite.support.metadata.schema.AssociatedFileType;
import org.tensorflow.lite.support.metadata.schema.ColorSpaceType;
import org.tensorflow.lite.support.metadata.schema.ContentProperties;
import org.tensorflow.lite.support.metadata.schema.ContentPropertiesUnion;
import org.tensorflow.lite.support.metadata.schema.ContentT;
import org.tensorflow.lite.support.metadata.schema.ImagePropertiesT;
import org.tensorflow.lite.support.metadata.schema.ModelMetadata;
import org.tensorflow.lite.support.metadata.schema.ModelMetadataT;
import org.tensorflow.lite.support.metadata.schema.NormalizationOptionsT;
import org.tensorflow.lite.support.metadata.schema.ProcessUnitOptions;
import org.tensorflow.lite.support.metadata.schema.ProcessUnitOptionsUnion;
import org.tensorflow.lite.support.metadata.schema.ProcessUnitT;
import org.tensorflow.lite.support.metadata.schema.StatsT;
import org.tensorflow.lite.support.metadata.schema.SubGraphMetadataT;
import org.tensorflow.lite.support.metadata.schema.TensorMetadataT;

/**
 * What phones' libraries read of a model: name, author, licence, what goes in and what comes out.
 * Values 0…255 need no normalisation, which is said as mean 0 and deviation 1.
 */
final class TfliteMetadata {

  /** Under which name the bytes are in a file. */
  static final String NAME = "TFLITE_METADATA";

  private TfliteMetadata() {}

  /**
   * @param channels of an image
   */
  static byte[] bytes(ModelCard card, int channels) {
    SubGraphMetadataT graph = new SubGraphMetadataT();
    graph.setInputTensorMetadata(new TensorMetadataT[] {image(channels)});
    graph.setOutputTensorMetadata(
        new TensorMetadataT[] {
          output("logits", "What the probabilities are the softmax of."),
          output("probabilities", "One for each label; they sum to 1.")
        });
    ModelMetadataT model = new ModelMetadataT();
    model.setName(card.name());
    model.setDescription(
        "Image classifier of design %s, trained on %s.".formatted(card.design(), card.dataSet()));
    model.setVersion(card.finchVersion());
    model.setAuthor(ModelCard.AUTHOR);
    model.setLicense(ModelCard.LICENSE);
    model.setMinParserVersion("1.0.0");
    model.setSubgraphMetadata(new SubGraphMetadataT[] {graph});
    FlatBufferBuilder builder = new FlatBufferBuilder();
    ModelMetadata.finishModelMetadataBuffer(builder, ModelMetadata.pack(builder, model));
    return builder.sizedByteArray();
  }

  private static TensorMetadataT image(int channels) {
    ImagePropertiesT properties = new ImagePropertiesT();
    properties.setColorSpace(channels == 1 ? ColorSpaceType.GRAYSCALE : ColorSpaceType.RGB);
    ContentPropertiesUnion union = new ContentPropertiesUnion();
    union.setType(ContentProperties.ImageProperties);
    union.setValue(properties);
    ContentT content = new ContentT();
    content.setContentProperties(union);
    TensorMetadataT image = new TensorMetadataT();
    image.setName("image");
    image.setDescription("One image, row by row, all channels of a pixel together, values 0…255.");
    image.setContent(content);
    image.setProcessUnits(new ProcessUnitT[] {normalization()});
    StatsT stats = new StatsT();
    stats.setMin(new float[] {0});
    stats.setMax(new float[] {255});
    image.setStats(stats);
    return image;
  }

  private static ProcessUnitT normalization() {
    NormalizationOptionsT none = new NormalizationOptionsT();
    none.setMean(new float[] {0});
    none.setStd(new float[] {1});
    ProcessUnitOptionsUnion union = new ProcessUnitOptionsUnion();
    union.setType(ProcessUnitOptions.NormalizationOptions);
    union.setValue(none);
    ProcessUnitT unit = new ProcessUnitT();
    unit.setOptions(union);
    return unit;
  }

  private static TensorMetadataT output(String name, String description) {
    AssociatedFileT labels = new AssociatedFileT();
    labels.setName(LabelArchive.NAME);
    labels.setType(AssociatedFileType.TENSOR_AXIS_LABELS);
    TensorMetadataT output = new TensorMetadataT();
    output.setName(name);
    output.setDescription(description);
    output.setAssociatedFiles(new AssociatedFileT[] {labels});
    return output;
  }
}
