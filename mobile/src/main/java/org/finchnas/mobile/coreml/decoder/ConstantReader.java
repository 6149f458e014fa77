package org.finchnas.mobile.coreml.decoder;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Reads values of an ML program, out of itself or out of the files beside it. */
final class ConstantReader {

  private static final int SIGNED_BYTE = 21;
  private static final int BLOB_SENTINEL = 0xDEADBEEF;
  private static final int BLOB_DESCRIPTION = 64;

  /** For each type that files hold: what files call it, and bytes of an element. */
  private static final Map<Integer, List<Integer>> STORED =
      Map.of(
          Constant.HALF, List.of(1, 2), Constant.SINGLE, List.of(2, 4), SIGNED_BYTE, List.of(4, 1));

  private final Map<String, byte[]> files;
  private final String folder;

  /**
   * @param files of the package, by their place
   * @param folder of the model, which ends in a slash
   */
  ConstantReader(Map<String, byte[]> files, String folder) {
    this.files = files;
    this.folder = folder;
  }

  Constant read(WireMessage value) {
    WireMessage tensor = value.message(2).message(1);
    int type = (int) tensor.integer(1, 0);
    int[] shape = shape(tensor);
    if (value.has(5)) {
      return new Constant(type, new Blob(shape, stored(value.message(5), type, shape)), List.of());
    }
    WireMessage immediate = value.message(3).message(1);
    if (type == Constant.TEXT) {
      return new Constant(
          type, new Blob(new int[] {0}, new float[0]), immediate.message(4).texts(1));
    }
    return new Constant(type, new Blob(shape, immediate(immediate, type)), List.of());
  }

  /** The texts of a list. */
  static List<String> texts(WireMessage value) {
    return value.message(3).message(3).messages(1).stream()
        .map(text -> text.message(3).message(1).message(4).text(1))
        .toList();
  }

  static int[] shape(WireMessage tensor) {
    int[] shape =
        tensor.messages(3).stream()
            .mapToInt(dimension -> (int) dimension.message(1).integer(1, 0))
            .toArray();
    if (shape.length != tensor.integer(2, 0)) {
      throw new MalformedModelException("a tensor has another rank than dimensions");
    }
    return shape;
  }

  private static float[] immediate(WireMessage tensor, int type) {
    if (tensor.has(7)) {
      return numbers(tensor.message(7).bytes(1), type);
    }
    if (tensor.has(1)) {
      return tensor.message(1).singles(1);
    }
    int[] integers = tensor.message(tensor.has(2) ? 2 : 3).integers(1);
    float[] values = new float[integers.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = integers[i];
    }
    return values;
  }

  private float[] stored(WireMessage reference, int type, int[] shape) {
    byte[] file = files.get(reference.text(1).replace("@model_path/", folder));
    List<Integer> stored = STORED.get(type);
    if (file == null || stored == null) {
      throw new MalformedModelException(
          "weights of type %d in %s".formatted(type, reference.text(1)));
    }
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    long start = reference.integer(2, 0);
    if (start < 0 || start + BLOB_DESCRIPTION > file.length) {
      throw new MalformedModelException("weights begin behind their file");
    }
    int at = (int) start;
    long size = bytes.getLong(at + 8);
    long data = bytes.getLong(at + 16);
    long expected = Arrays.stream(shape).asLongStream().reduce(stored.get(1), Math::multiplyExact);
    if (bytes.getInt(at) != BLOB_SENTINEL
        || bytes.getInt(at + 4) != stored.get(0)
        || size != expected
        || data < 0
        || data > file.length - size
        || data % BLOB_DESCRIPTION != 0) {
      throw new MalformedModelException("weights at %d are not as they are used".formatted(at));
    }
    return numbers(Arrays.copyOfRange(file, (int) data, (int) (data + size)), type);
  }

  private static float[] numbers(byte[] bytes, int type) {
    return switch (type) {
      case Constant.HALF -> Halves.read(bytes);
      case Constant.SINGLE -> {
        float[] values = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        yield values;
      }
      case SIGNED_BYTE -> {
        float[] values = new float[bytes.length];
        for (int i = 0; i < values.length; i++) {
          values[i] = bytes[i];
        }
        yield values;
      }
      default -> throw new MalformedModelException("bytes of type " + type + " are unknown");
    };
  }
}
