package org.finchnas.mobile.coreml.decoder;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One protobuf message, read without a schema: its fields by number, as they lie in the bytes
 * (protobuf.dev/programming-guides/encoding). What a field means its reader knows.
 */
final class WireMessage {

  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int DELIMITED = 2;
  private static final int FIXED32 = 5;

  private final byte[] bytes;
  private final int end;
  private final Map<Integer, List<Field>> fields = new LinkedHashMap<>();
  private int position;

  /** The place of a field's content; that of a varint is {@code number} instead. */
  private record Field(int wireType, long number, int start, int end) {}

  private WireMessage(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.position = start;
    this.end = end;
    while (position < end) {
      read();
    }
  }

  /**
   * @throws MalformedModelException if these are no fields of a message
   */
  static WireMessage of(byte[] bytes) {
    return new WireMessage(bytes, 0, bytes.length);
  }

  private void read() {
    long tag = varint();
    int wireType = (int) (tag & 7);
    long number = wireType == VARINT ? varint() : 0;
    long length =
        switch (wireType) {
          case VARINT -> 0;
          case FIXED64 -> Long.BYTES;
          case DELIMITED -> varint();
          case FIXED32 -> Integer.BYTES;
          default -> throw new MalformedModelException("wire type " + wireType + " is unknown");
        };
    if (length < 0 || length > end - position) {
      throw new MalformedModelException("a field ends behind its message");
    }
    Field field = new Field(wireType, number, position, position + (int) length);
    position = field.end;
    fields.computeIfAbsent((int) (tag >>> 3), any -> new ArrayList<>()).add(field);
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      if (position >= end) {
        throw new MalformedModelException("a number ends behind its message");
      }
      byte next = bytes[position++];
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new MalformedModelException("a number has more than ten bytes");
  }

  private List<Field> all(int number) {
    return fields.getOrDefault(number, List.of());
  }

  private Field delimited(int number) {
    List<Field> all = all(number);
    if (all.isEmpty() || all.get(all.size() - 1).wireType != DELIMITED) {
      throw new MalformedModelException("field " + number + " is missing");
    }
    return all.get(all.size() - 1);
  }

  boolean has(int number) {
    return fields.containsKey(number);
  }

  /** The numbers of all fields that are there, in their order. */
  List<Integer> numbers() {
    return List.copyOf(fields.keySet());
  }

  long integer(int number, long absent) {
    List<Field> all = all(number);
    return all.isEmpty() ? absent : all.get(all.size() - 1).number;
  }

  boolean flag(int number) {
    return integer(number, 0) != 0;
  }

  /** Repeated integers, packed or one by one. */
  int[] integers(int number) {
    List<Integer> values = new ArrayList<>();
    for (Field field : all(number)) {
      if (field.wireType == VARINT) {
        values.add((int) field.number);
      } else {
        WireMessage packed = new WireMessage(bytes, field.end, field.end);
        packed.position = field.start;
        while (packed.position < field.end) {
          values.add((int) packed.varint());
        }
      }
    }
    return values.stream().mapToInt(Integer::intValue).toArray();
  }

  float single(int number, float absent) {
    float[] values = singles(number);
    return values.length == 0 ? absent : values[values.length - 1];
  }

  /** Repeated single precision numbers, packed or one by one. */
  float[] singles(int number) {
    int count = 0;
    for (Field field : all(number)) {
      count += (field.end - field.start) / Float.BYTES;
    }
    float[] values = new float[count];
    int next = 0;
    for (Field field : all(number)) {
      ByteBuffer buffer = buffer(field);
      while (buffer.remaining() >= Float.BYTES) {
        values[next++] = buffer.getFloat();
      }
    }
    return values;
  }

  private ByteBuffer buffer(Field field) {
    return ByteBuffer.wrap(bytes, field.start, field.end - field.start)
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  byte[] bytes(int number) {
    Field field = delimited(number);
    return Arrays.copyOfRange(bytes, field.start, field.end);
  }

  /** Where the content of a field begins in the bytes of the whole. */
  int start(int number) {
    return delimited(number).start;
  }

  String text(int number) {
    Field field = delimited(number);
    return new String(bytes, field.start, field.end - field.start, StandardCharsets.UTF_8);
  }

  List<String> texts(int number) {
    return all(number).stream()
        .map(
            field ->
                new String(bytes, field.start, field.end - field.start, StandardCharsets.UTF_8))
        .toList();
  }

  WireMessage message(int number) {
    Field field = delimited(number);
    return new WireMessage(bytes, field.start, field.end);
  }

  List<WireMessage> messages(int number) {
    return all(number).stream()
        .map(field -> new WireMessage(bytes, field.start, field.end))
        .toList();
  }

  /** The entries of a map with text keys: key 1, value 2. */
  Map<String, WireMessage> map(int number) {
    Map<String, WireMessage> entries = new LinkedHashMap<>();
    messages(number).forEach(entry -> entries.put(entry.has(1) ? entry.text(1) : "", entry));
    return entries;
  }
}
