package org.finchnas.searchspace.weights;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.finchnas.searchspace.json.Json;
import org.finchnas.searchspace.network.Tensor;

/**
 * Writes the safetensors format: the length of the header in 8 bytes, the header in JSON padded
 * with blanks to a multiple of 8 bytes, then the arrays; everything little-endian.
 */
final class SafetensorsWriter {

  private static final int ALIGNMENT = 8;

  private SafetensorsWriter() {}

  /**
   * @param strings what the file says beside its arrays
   */
  static void write(Map<String, String> strings, Map<String, Tensor> arrays, OutputStream out)
      throws IOException {
    SortedMap<String, Tensor> tensors = new TreeMap<>(arrays);
    byte[] header = header(new TreeMap<>(strings), tensors).getBytes(StandardCharsets.US_ASCII);
    ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    out.write(length.putLong(header.length).array());
    out.write(header);
    for (Tensor tensor : tensors.values()) {
      float[] values = tensor.values();
      ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
      bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
      out.write(bytes.array());
    }
  }

  private static String header(
      SortedMap<String, String> strings, SortedMap<String, Tensor> tensors) {
    StringBuilder json = new StringBuilder("{\"__metadata__\":");
    json.append(
        strings.entrySet().stream()
            .map(SafetensorsWriter::string)
            .collect(Collectors.joining(",", "{", "}")));
    long offset = 0;
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      long end = offset + (long) entry.getValue().values().length * Float.BYTES;
      json.append(',').append(Json.quote(entry.getKey()));
      json.append(":{\"dtype\":\"F32\",\"shape\":");
      json.append(entry.getValue().shape().toString().replace(" ", ""));
      json.append(",\"data_offsets\":[").append(offset).append(',').append(end).append("]}");
      offset = end;
    }
    json.append('}');
    while (json.length() % ALIGNMENT != 0) {
      json.append(' ');
    }
    return json.toString();
  }

  private static String string(Map.Entry<String, String> entry) {
    return Json.quote(entry.getKey()) + ":" + Json.quote(entry.getValue());
  }
}
