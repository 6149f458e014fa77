package org.finchnas.evaluation.slot;

import java.io.IOException;
import java.util.List;
import org.finchnas.evaluation.slot.SlotMessage.Hello;
import org.finchnas.evaluation.slot.SlotMessage.Prepare;
import org.finchnas.evaluation.slot.SlotMessage.Progress;
import org.finchnas.evaluation.slot.SlotMessage.Ready;
import org.finchnas.evaluation.slot.SlotMessage.Refused;
import org.finchnas.evaluation.slot.SlotMessage.Score;
import org.finchnas.evaluation.slot.SlotMessage.Scored;
import org.finchnas.evaluation.slot.SlotMessage.Stop;
import org.finchnas.evaluation.slot.SlotMessage.Train;
import org.finchnas.evaluation.slot.SlotMessage.Trained;
import org.finchnas.evaluation.slot.SlotMessage.Unable;

/** One kind of message: its code, and the order of its fields. */
final class MessageKind<M extends SlotMessage> {

  private static final List<MessageKind<?>> KINDS =
      List.of(
          new MessageKind<>(
              1,
              Hello.class,
              (out, m) -> {
                out.integer(m.protocol());
                out.number(m.process());
                out.text(m.numericClass());
              },
              in -> new Hello(in.integer(), in.number(), in.text())),
          new MessageKind<>(
              2, Prepare.class, (out, m) -> out.task(m.task()), in -> new Prepare(in.task())),
          new MessageKind<>(
              3,
              Ready.class,
              (out, m) -> {
                out.text(m.dataHash());
                out.integer(m.channels());
                out.texts(m.labels());
                out.integer(m.trainImages());
                out.integer(m.validationImages());
              },
              in -> new Ready(in.text(), in.integer(), in.texts(), in.integer(), in.integer())),
          new MessageKind<>(
              4, Unable.class, (out, m) -> out.text(m.message()), in -> new Unable(in.text())),
          new MessageKind<>(
              5,
              Train.class,
              (out, m) -> {
                out.integer(m.number());
                out.text(m.design());
                out.fidelity(m.fidelity());
                out.number(m.seed());
                out.optionalStart(m.start());
              },
              in ->
                  new Train(
                      in.integer(), in.text(), in.fidelity(), in.number(), in.optionalStart())),
          new MessageKind<>(
              6,
              Progress.class,
              (out, m) -> {
                out.integer(m.number());
                out.integer(m.epochs());
                out.epoch(m.last());
              },
              in -> new Progress(in.integer(), in.integer(), in.epoch())),
          new MessageKind<>(
              7,
              Trained.class,
              (out, m) -> {
                out.integer(m.number());
                out.real(m.validationAccuracy());
                out.epochs(m.learningCurve());
                out.text(m.weights());
                out.number(m.trainedImages());
                out.real(m.inheritedShare());
              },
              in ->
                  new Trained(
                      in.integer(), in.real(), in.epochs(), in.text(), in.number(), in.real())),
          new MessageKind<>(
              8,
              Refused.class,
              (out, m) -> {
                out.integer(m.number());
                out.reason(m.reason());
                out.text(m.message());
              },
              in -> new Refused(in.integer(), in.reason(), in.text())),
          new MessageKind<>(9, Stop.class, (out, m) -> {}, in -> new Stop()),
          new MessageKind<>(
              10,
              Score.class,
              (out, m) -> {
                out.integer(m.number());
                out.text(m.design());
                out.fidelity(m.fidelity());
                out.number(m.seed());
                out.proxies(m.proxies());
              },
              in -> new Score(in.integer(), in.text(), in.fidelity(), in.number(), in.proxies())),
          new MessageKind<>(
              11,
              Scored.class,
              (out, m) -> {
                out.integer(m.number());
                out.proxyValues(m.values());
              },
              in -> new Scored(in.integer(), in.proxyValues())));

  private final int code;
  private final Class<M> type;
  private final Encoder<M> encoder;
  private final Decoder<M> decoder;

  private MessageKind(int code, Class<M> type, Encoder<M> encoder, Decoder<M> decoder) {
    this.code = code;
    this.type = type;
    this.encoder = encoder;
    this.decoder = decoder;
  }

  /** The kind's code and the fields. */
  static byte[] encode(SlotMessage message) throws IOException {
    for (MessageKind<?> kind : KINDS) {
      if (kind.type.isInstance(message)) {
        return kind.write(message);
      }
    }
    throw new AssertionError("No kind for " + message.getClass());
  }

  /**
   * @throws IOException if the bytes are no message, or more than one
   */
  static SlotMessage decode(byte[] body) throws IOException {
    for (MessageKind<?> kind : KINDS) {
      if (kind.code == body[0]) {
        return kind.read(body);
      }
    }
    throw new IOException("There is no slot message of kind %d.".formatted(body[0]));
  }

  private byte[] write(SlotMessage message) throws IOException {
    FieldWriter out = new FieldWriter(code);
    encoder.write(out, type.cast(message));
    return out.bytes();
  }

  private M read(byte[] body) throws IOException {
    FieldReader in = new FieldReader(body);
    try {
      M message = decoder.read(in);
      in.requireEnd();
      return message;
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "A %s message is wrong: %s".formatted(type.getSimpleName(), e.getMessage()), e);
    }
  }

  private interface Encoder<M> {
    void write(FieldWriter out, M message) throws IOException;
  }

  private interface Decoder<M> {
    M read(FieldReader in) throws IOException;
  }
}
