package org.finchnas.searchspace.weights;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.finchnas.searchspace.json.Json;
import org.finchnas.searchspace.network.Tensor;

/**
 * Reads what {@link SafetensorsWriter} writes, and believes nothing it reads: the strings at once,
 * arrays when they are asked for.
 */
final class SafetensorsReader {

  private static final String METADATA = "__metadata__";

  /** The limit of the format's own library. */
  private static final long MAX_HEADER = 100_000_000;

  private final FileChannel channel;
  private final Map<String, Object> header;
  private final long dataStart;

  private SafetensorsReader(FileChannel channel, Map<String, Object> header, long dataStart) {
    this.channel = channel;
    this.header = header;
    this.dataStart = dataStart;
  }

  /**
   * Where an array lies.
   *
   * @param start of its bytes, from the end of the header
   */
  private record Entry(String name, List<Integer> shape, long start, long end) {}

  /**
   * @throws IllegalArgumentException if the file does not begin as one of this format does
   */
  static SafetensorsReader of(FileChannel channel) throws IOException {
    long size = channel.size();
    if (size < Long.BYTES) {
      throw new IllegalArgumentException(
          "it has %d bytes, fewer than the 8 that give the header's length.".formatted(size));
    }
    long headerLength = bytes(channel, 0, Long.BYTES).getLong();
    if (headerLength < 2 || headerLength > Math.min(MAX_HEADER, size - Long.BYTES)) {
      throw new IllegalArgumentException(
          "its header should take 2 to %d bytes, but claims %s: it is truncated or no safetensors file."
              .formatted(
                  Math.min(MAX_HEADER, size - Long.BYTES), Long.toUnsignedString(headerLength)));
    }
    return new SafetensorsReader(
        channel, header(bytes(channel, Long.BYTES, (int) headerLength)), Long.BYTES + headerLength);
  }

  /**
   * What the file says beside its arrays.
   *
   * @throws IllegalArgumentException if that is not strings under names
   */
  Map<String, String> strings() {
    Map<String, String> strings = new TreeMap<>();
    object(METADATA, header.getOrDefault(METADATA, Map.of()))
        .forEach((key, value) -> strings.put(key, string(key, value)));
    return strings;
  }

  /**
   * The arrays under their names.
   *
   * @throws IllegalArgumentException if they are not exactly what follows the header
   */
  Map<String, Tensor> tensors() throws IOException {
    Map<String, Tensor> tensors = new HashMap<>();
    for (Entry entry : entries(header, channel.size() - dataStart)) {
      tensors.put(entry.name(), tensor(channel, dataStart, entry));
    }
    return tensors;
  }

  private static ByteBuffer bytes(FileChannel channel, long position, int length)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, position + bytes.position()) < 0) {
        throw new IOException("The file became shorter while it was read.");
      }
    }
    return bytes.flip();
  }

  private static Map<String, Object> header(ByteBuffer bytes) {
    try {
      CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(bytes);
      return object("its header", Json.read(text.toString()));
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("its header is not UTF-8.", e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("its header is no JSON, " + e.getMessage(), e);
    }
  }

  /** The arrays by position; together they must be exactly the file's data. */
  private static List<Entry> entries(Map<String, Object> header, long dataLength) {
    List<Entry> entries =
        header.entrySet().stream()
            .filter(member -> !member.getKey().equals(METADATA))
            .map(member -> entry(member.getKey(), object(member.getKey(), member.getValue())))
            .sorted(Comparator.comparingLong(Entry::start).thenComparing(Entry::end))
            .toList();
    long position = 0;
    for (Entry entry : entries) {
      if (entry.start() != position) {
        throw new IllegalArgumentException(
            "%s starts at byte %d of the data, but the one before ends at %d."
                .formatted(entry.name(), entry.start(), position));
      }
      position = entry.end();
    }
    if (position != dataLength) {
      throw new IllegalArgumentException(
          "its arrays take %d bytes, but %d follow the header: it is truncated or damaged."
              .formatted(position, dataLength));
    }
    return entries;
  }

  private static Entry entry(String name, Map<String, Object> member) {
    if (!"F32".equals(member.get("dtype"))) {
      throw new IllegalArgumentException(
          "%s has dtype %s, but only F32 is read.".formatted(name, member.get("dtype")));
    }
    List<Integer> shape =
        wholes(name, "shape", member).stream().map(SafetensorsReader::dimension).toList();
    List<Long> offsets = wholes(name, "data_offsets", member);
    if (offsets.size() != 2 || offsets.get(0) < 0) {
      throw new IllegalArgumentException(
          "%s has data_offsets %s, not [start, end].".formatted(name, offsets));
    }
    Entry entry = new Entry(name, shape, offsets.get(0), offsets.get(1));
    if (entry.end() - entry.start() != bytes(shape)) {
      throw new IllegalArgumentException(
          "%s of shape %s needs %d bytes, but has data_offsets %s."
              .formatted(name, shape, bytes(shape), offsets));
    }
    return entry;
  }

  private static long bytes(List<Integer> shape) {
    try {
      return shape.stream().mapToLong(Integer::longValue).reduce(Float.BYTES, Math::multiplyExact);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("no array of shape %s exists.".formatted(shape), e);
    }
  }

  private static int dimension(long size) {
    if (size < 0 || size > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("no array has a dimension of %d.".formatted(size));
    }
    return (int) size;
  }

  private static List<Long> wholes(String name, String key, Map<String, Object> member) {
    if (member.get(key) instanceof List<?> list) {
      return list.stream().map(element -> whole(name, key, element)).toList();
    }
    throw new IllegalArgumentException("%s has no list %s.".formatted(name, key));
  }

  private static long whole(String name, String key, Object value) {
    if (value instanceof BigDecimal number && isLong(number)) {
      return number.longValueExact();
    }
    throw new IllegalArgumentException(
        "%s has %s with %s, which is no whole number.".formatted(name, key, value));
  }

  private static boolean isLong(BigDecimal number) {
    // The digits are counted first, as stripping those of 1e999999999 would never end.
    return Math.abs((long) number.scale()) <= 19
        && number.precision() <= 19
        && number.stripTrailingZeros().scale() <= 0
        && number.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
  }

  private static String string(String key, Object value) {
    if (value instanceof String string) {
      return string;
    }
    throw new IllegalArgumentException("its metadata %s are no string.".formatted(key));
  }

  private static Map<String, Object> object(String name, Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> object = new TreeMap<>();
      map.forEach((key, member) -> object.put(String.valueOf(key), member));
      return object;
    }
    throw new IllegalArgumentException(name + " is no JSON object.");
  }

  private static Tensor tensor(FileChannel channel, long dataStart, Entry entry)
      throws IOException {
    long length = entry.end() - entry.start();
    if (length > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "%s has %d bytes, more than an array can hold.".formatted(entry.name(), length));
    }
    float[] values = new float[(int) (length / Float.BYTES)];
    bytes(channel, dataStart + entry.start(), (int) length).asFloatBuffer().get(values);
    return new Tensor(entry.shape(), values);
  }
}
