package org.finchnas.evaluation.slot;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.finchnas.evaluation.ClassWeights;
import org.finchnas.evaluation.Epoch;
import org.finchnas.evaluation.FailureReason;
import org.finchnas.evaluation.Fidelity;
import org.finchnas.evaluation.Start;
import org.finchnas.evaluation.TrainingParams;
import org.finchnas.evaluation.TrainingTask;
import org.finchnas.evaluation.ZeroCostProxy;
import org.jspecify.annotations.Nullable;

/** Reads the fields of messages; takes no length or count that the message cannot hold. */
final class FieldReader {

  private static final int EPOCH_BYTES = 2 * Double.BYTES;

  private final ByteBuffer bytes;

  /** Of a message's body, after the byte of its kind. */
  FieldReader(byte[] body) {
    bytes = ByteBuffer.wrap(body, 1, body.length - 1);
  }

  void requireEnd() throws IOException {
    if (bytes.hasRemaining()) {
      throw new IOException(
          "A slot message ends %d bytes before its frame.".formatted(bytes.remaining()));
    }
  }

  int integer() throws IOException {
    return require(Integer.BYTES).getInt();
  }

  long number() throws IOException {
    return require(Long.BYTES).getLong();
  }

  double real() throws IOException {
    return require(Double.BYTES).getDouble();
  }

  boolean flag() throws IOException {
    byte value = require(1).get();
    if (value != 0 && value != 1) {
      throw new IOException("A slot message has a flag of %d, not 0 or 1.".formatted(value));
    }
    return value == 1;
  }

  String text() throws IOException {
    int length = count(1);
    ByteBuffer encoded = bytes.slice(bytes.position(), length);
    bytes.position(bytes.position() + length);
    return StandardCharsets.UTF_8.newDecoder().decode(encoded).toString();
  }

  List<String> texts() throws IOException {
    int count = count(Integer.BYTES);
    List<String> texts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      texts.add(text());
    }
    return texts;
  }

  @Nullable String optionalText() throws IOException {
    return flag() ? text() : null;
  }

  FailureReason reason() throws IOException {
    return FailureReason.valueOf(text());
  }

  Epoch epoch() throws IOException {
    return new Epoch(real(), real());
  }

  List<Epoch> epochs() throws IOException {
    int count = count(EPOCH_BYTES);
    List<Epoch> epochs = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      epochs.add(epoch());
    }
    return epochs;
  }

  Fidelity fidelity() throws IOException {
    return new Fidelity(integer(), integer(), integer(), integer());
  }

  Set<ZeroCostProxy> proxies() throws IOException {
    int count = count(Integer.BYTES);
    Set<ZeroCostProxy> proxies = EnumSet.noneOf(ZeroCostProxy.class);
    for (int i = 0; i < count; i++) {
      proxies.add(ZeroCostProxy.valueOf(text()));
    }
    return proxies;
  }

  Map<ZeroCostProxy, Double> proxyValues() throws IOException {
    int count = count(Integer.BYTES + Double.BYTES);
    Map<ZeroCostProxy, Double> values = new EnumMap<>(ZeroCostProxy.class);
    for (int i = 0; i < count; i++) {
      values.put(ZeroCostProxy.valueOf(text()), real());
    }
    return values;
  }

  @Nullable Start optionalStart() throws IOException {
    return flag() ? new Start(Start.Kind.valueOf(text()), integer(), text(), integer()) : null;
  }

  TrainingTask task() throws IOException {
    return new TrainingTask(
        text(),
        optionalText(),
        text(),
        integer(),
        real(),
        number(),
        params(),
        text(),
        text(),
        number(),
        number());
  }

  private TrainingParams params() throws IOException {
    return new TrainingParams(
        integer(),
        real(),
        real(),
        real(),
        real(),
        real(),
        flag(),
        integer(),
        ClassWeights.valueOf(text()));
  }

  /** A count of things that take at least so many bytes each. */
  private int count(int bytesEach) throws IOException {
    int count = integer();
    if (count < 0 || count > bytes.remaining() / bytesEach) {
      throw new IOException(
          "A slot message counts %d entries of %d bytes or more, but has %d bytes left."
              .formatted(count, bytesEach, bytes.remaining()));
    }
    return count;
  }

  private ByteBuffer require(int count) throws IOException {
    if (bytes.remaining() < count) {
      throw new IOException(
          "A slot message breaks off: %d bytes left where %d are needed."
              .formatted(bytes.remaining(), count));
    }
    return bytes;
  }
}
