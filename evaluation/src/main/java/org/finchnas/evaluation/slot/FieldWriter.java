package org.finchnas.evaluation.slot;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.finchnas.evaluation.Epoch;
import org.finchnas.evaluation.FailureReason;
import org.finchnas.evaluation.Fidelity;
import org.finchnas.evaluation.Start;
import org.finchnas.evaluation.TrainingParams;
import org.finchnas.evaluation.TrainingTask;
import org.finchnas.evaluation.ZeroCostProxy;
import org.jspecify.annotations.Nullable;

/** Writes the fields of messages; {@link FieldReader} reads them in the same order. */
final class FieldWriter {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(bytes);

  FieldWriter(int kind) {
    bytes.write(kind);
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }

  void integer(int value) throws IOException {
    out.writeInt(value);
  }

  void number(long value) throws IOException {
    out.writeLong(value);
  }

  void real(double value) throws IOException {
    out.writeDouble(value);
  }

  void flag(boolean value) throws IOException {
    out.writeBoolean(value);
  }

  /** Half a surrogate pair is an error here, not a question mark at the other end. */
  void text(String value) throws IOException {
    ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(value));
    out.writeInt(encoded.remaining());
    out.write(encoded.array(), encoded.arrayOffset(), encoded.remaining());
  }

  void texts(List<String> values) throws IOException {
    out.writeInt(values.size());
    for (String value : values) {
      text(value);
    }
  }

  void optionalText(@Nullable String value) throws IOException {
    out.writeBoolean(value != null);
    if (value != null) {
      text(value);
    }
  }

  void reason(FailureReason reason) throws IOException {
    text(reason.name());
  }

  void epoch(Epoch epoch) throws IOException {
    real(epoch.trainLoss());
    real(epoch.validationAccuracy());
  }

  void epochs(List<Epoch> epochs) throws IOException {
    out.writeInt(epochs.size());
    for (Epoch epoch : epochs) {
      epoch(epoch);
    }
  }

  void fidelity(Fidelity fidelity) throws IOException {
    integer(fidelity.epochs());
    integer(fidelity.trainImages());
    integer(fidelity.resolution());
    integer(fidelity.folds());
  }

  void proxies(Collection<ZeroCostProxy> proxies) throws IOException {
    integer(proxies.size());
    for (ZeroCostProxy proxy : new TreeSet<>(proxies)) {
      text(proxy.name());
    }
  }

  void proxyValues(Map<ZeroCostProxy, Double> values) throws IOException {
    integer(values.size());
    for (ZeroCostProxy proxy : new TreeSet<>(values.keySet())) {
      text(proxy.name());
      real(values.getOrDefault(proxy, Double.NaN));
    }
  }

  void optionalStart(@Nullable Start start) throws IOException {
    out.writeBoolean(start != null);
    if (start != null) {
      text(start.kind().name());
      integer(start.number());
      text(start.weights());
      integer(start.epochs());
    }
  }

  void task(TrainingTask task) throws IOException {
    text(task.dataSet());
    optionalText(task.dataDirectory());
    text(task.cacheDirectory());
    integer(task.imageSize());
    real(task.validationShare());
    number(task.splitSeed());
    params(task.params());
    text(task.weightsDirectory());
    text(task.checkpointDirectory());
    number(task.maxSteps());
    number(task.maxBytes());
  }

  private void params(TrainingParams params) throws IOException {
    integer(params.batchSize());
    real(params.learningRate());
    real(params.momentum());
    real(params.weightDecay());
    real(params.dropPathKeep());
    real(params.gradientClip());
    flag(params.flip());
    integer(params.cropPadding());
    text(params.classWeights().name());
  }
}
