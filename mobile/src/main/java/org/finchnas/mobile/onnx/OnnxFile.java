package org.finchnas.mobile.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.finchnas.mobile.ExportRequest;
import org.finchnas.mobile.LabelLines;
import org.finchnas.mobile.ModelCard;
import org.finchnas.mobile.Precision;
import org.finchnas.mobile.UnreadableModelException;

/**
 * The properties of an ONNX file of ours. The last one is a hash of all the rest, so that a file
 * with a single altered weight is told from the one that was verified.
 */
record OnnxFile(Map<String, String> properties) {

  private static final String HASH = "sha256OfTheRest";
  private static final String LABELS = "labels";
  private static final String PRECISION = "precision";

  static ModelProto sealed(ModelProto.Builder model, ExportRequest request, List<String> labels) {
    ModelCard card = request.card();
    put(model, "author", ModelCard.AUTHOR);
    put(model, "license", ModelCard.LICENSE);
    put(model, "version", card.finchVersion());
    put(model, "name", card.name());
    put(model, "design", card.design());
    put(model, "dataSet", card.dataSet());
    put(model, PRECISION, request.precision().token());
    put(model, LABELS, LabelLines.of(labels));
    put(model, HASH, hash(model.build()));
    return model.build();
  }

  /**
   * @param name of the file, for messages
   * @throws UnreadableModelException if these are not the bytes that were written
   */
  static OnnxFile parse(String name, byte[] bytes) {
    ModelProto model;
    try {
      model = ModelProto.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new UnreadableModelException(
          "%s (%d bytes) is no ONNX file or only a part of one. Export the model again."
              .formatted(name, bytes.length),
          e);
    }
    int last = model.getMetadataPropsCount() - 1;
    if (last < 0 || !model.getMetadataProps(last).getKey().equals(HASH)) {
      throw new UnreadableModelException(
          "%s (%d bytes) is no whole ONNX file that Finch wrote. Export the model again."
              .formatted(name, bytes.length),
          null);
    }
    ModelProto rest = model.toBuilder().removeMetadataProps(last).build();
    if (!hash(rest).equals(model.getMetadataProps(last).getValue())) {
      throw new UnreadableModelException(
          "%s was altered after it was written: its hash differs. Export the model again."
              .formatted(name),
          null);
    }
    return new OnnxFile(
        rest.getMetadataPropsList().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    StringStringEntryProto::getKey, StringStringEntryProto::getValue)));
  }

  List<String> labels() {
    return LabelLines.parse(property(LABELS));
  }

  Precision precision() {
    return Precision.ofToken(property(PRECISION));
  }

  private String property(String key) {
    String value = properties.get(key);
    if (value == null) {
      throw new UnreadableModelException("The file has no property '" + key + "'.", null);
    }
    return value;
  }

  private static void put(ModelProto.Builder model, String key, String value) {
    model.addMetadataProps(StringStringEntryProto.newBuilder().setKey(key).setValue(value));
  }

  private static String hash(ModelProto model) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(model.toByteArray()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }
}
