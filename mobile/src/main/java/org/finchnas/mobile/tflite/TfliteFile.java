package org.finchnas.mobile.tflite;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.finchnas.mobile.ExportRequest;
import org.finchnas.mobile.LabelLines;
import org.finchnas.mobile.ModelCard;
import org.finchnas.mobile.Precision;
import org.finchnas.mobile.UnreadableModelException;
import org.finchnas.mobile.tflite.graph.TfliteGraph;
import org.tensorflow.lite.schema.Buffer;
import org.tensorflow.lite.schema.Metadata;
import org.tensorflow.lite.schema.Model;

/**
 * The properties of a TFLite file of ours. Near its end, at a fixed place, is the hash of all the
 * rest, so that a file with a single altered weight is told from the one that was verified, before
 * anything in it is believed.
 */
record TfliteFile(Map<String, String> properties) {

  private static final String OURS = "finch.";
  private static final String LABELS = "labels";
  private static final String PRECISION = "precision";
  private static final String HASH = "sha256OfTheRest:";
  private static final int DIGITS = 64;

  /** From the first digit to the end of the file. */
  private static final int TAIL = DIGITS + LabelArchive.END_BYTES;

  static byte[] sealed(
      TfliteGraph graph, ExportRequest request, List<String> labels, int channels) {
    ModelCard card = request.card();
    String lines = LabelLines.of(labels);
    graph.metadata(TfliteMetadata.NAME, TfliteMetadata.bytes(card, channels));
    put(graph, "author", ModelCard.AUTHOR);
    put(graph, "license", ModelCard.LICENSE);
    put(graph, "version", card.finchVersion());
    put(graph, "name", card.name());
    put(graph, "design", card.design());
    put(graph, "dataSet", card.dataSet());
    put(graph, PRECISION, request.precision().token());
    put(graph, LABELS, lines);
    byte[] model = graph.bytes(card.name());
    byte[] archive = LabelArchive.of(model.length, lines, HASH + "0".repeat(DIGITS));
    byte[] file = Arrays.copyOf(model, model.length + archive.length);
    System.arraycopy(archive, 0, file, model.length, archive.length);
    System.arraycopy(ascii(hash(file)), 0, file, file.length - TAIL, DIGITS);
    return file;
  }

  private static void put(TfliteGraph graph, String key, String value) {
    graph.metadata(OURS + key, value.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * @param name of the file, for messages
   * @throws UnreadableModelException if these are not the bytes that were written
   */
  static TfliteFile parse(String name, byte[] bytes) {
    int hash = bytes.length - TAIL;
    int mark = hash - HASH.length();
    if (mark < 0 || !Arrays.equals(Arrays.copyOfRange(bytes, mark, hash), ascii(HASH))) {
      throw new UnreadableModelException(
          "%s (%d bytes) is no whole TFLite file that Finch wrote. Export the model again."
              .formatted(name, bytes.length),
          null);
    }
    if (!Arrays.equals(Arrays.copyOfRange(bytes, hash, hash + DIGITS), ascii(hash(bytes)))) {
      throw new UnreadableModelException(
          "%s was altered after it was written: its hash differs. Export the model again."
              .formatted(name),
          null);
    }
    Model model = Model.getRootAsModel(ByteBuffer.wrap(bytes));
    Map<String, String> properties = new TreeMap<>();
    for (int i = 0; i < model.metadataLength(); i++) {
      Metadata entry = model.metadata(i);
      if (entry.name().startsWith(OURS)) {
        properties.put(
            entry.name().substring(OURS.length()), text(model.buffers((int) entry.buffer())));
      }
    }
    return new TfliteFile(properties);
  }

  private static String text(Buffer buffer) {
    ByteBuffer data = buffer.dataAsByteBuffer();
    return data == null ? "" : StandardCharsets.UTF_8.decode(data).toString();
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

  /** Of all but its digits. */
  private static String hash(byte[] file) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(file, 0, file.length - TAIL);
      digest.update(file, file.length - LabelArchive.END_BYTES, LabelArchive.END_BYTES);
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
