package org.finchnas.evaluation.slot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.finchnas.evaluation.Epoch;
import org.finchnas.evaluation.slot.SlotMessage.Progress;
import org.finchnas.evaluation.slot.SlotMessage.Stop;
import org.finchnas.evaluation.slot.SlotMessage.Unable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlotChannelTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void whatIsSentIsReceived(long seed) throws IOException {
    RandomGenerator random = new SplittableRandom(seed);
    List<SlotMessage> sent = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      sent.add(RandomMessages.next(random));
    }

    assertThat(receiveAll(bytesOf(sent))).isEqualTo(sent);
  }

  @Test
  void everyKindOfMessageIsTried() {
    RandomGenerator random = new SplittableRandom(1);
    Set<Class<?>> seen = new HashSet<>();
    for (int i = 0; i < 500; i++) {
      seen.add(RandomMessages.next(random).getClass());
    }

    assertThat(seen).containsExactlyInAnyOrder(SlotMessage.class.getPermittedSubclasses());
  }

  @Test
  void anUnmeasuredAccuracyStaysUnmeasured() throws IOException {
    Progress progress = new Progress(3, 1, new Epoch(2.25, Double.NaN));

    assertThat(receiveAll(bytesOf(List.of(progress)))).containsExactly(progress);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aStreamCutAnywhereIsAnError(long seed) throws IOException {
    byte[] whole = bytesOf(List.of(RandomMessages.next(new SplittableRandom(seed))));
    for (int length = 1; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);

      assertThatThrownBy(() -> receiveAll(cut))
          .isInstanceOf(EOFException.class)
          .hasMessageContaining("ended inside a slot message");
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void corruptBytesGiveAMessageOrAnIoException(long seed) throws IOException {
    RandomGenerator random = new SplittableRandom(seed);
    int rejected = 0;
    for (int round = 0; round < 2000; round++) {
      byte[] bytes = bytesOf(List.of(RandomMessages.next(random)));
      for (int flips = random.nextInt(1, 4); flips > 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      rejected += isRejected(bytes) ? 1 : 0;
    }

    assertThat(rejected).isGreaterThan(500);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void corruptBodiesInSoundFramesGiveAMessageOrAnIoException(long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    for (int round = 0; round < 5000; round++) {
      byte[] body = new byte[random.nextInt(1, 200)];
      random.nextBytes(body);
      body[0] = (byte) random.nextInt(11);
      // Small numbers, so that counts and lengths are now and then plausible.
      for (int i = 1; i < body.length; i++) {
        body[i] = random.nextInt(4) == 0 ? body[i] : 0;
      }

      isRejected(frame(body));
    }
  }

  @Test
  void bytesOfSomethingElseAreNamed() {
    assertThatThrownBy(() -> receiveAll("Loading native library".getBytes(UTF_8)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("4c6f6164")
        .hasMessageContaining("something else write");
  }

  @Test
  void anotherProtocolIsNamed() throws IOException {
    byte[] bytes = bytesOf(List.of(new Stop()));
    bytes[3] = 9;

    assertThatThrownBy(() -> receiveAll(bytes))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("protocol 9, this one " + SlotChannel.PROTOCOL);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, (1 << 20) + 1})
  void aFrameOfAnImpossibleLengthIsAnErrorBeforeItIsRead(int length) {
    byte[] header = {
      'F',
      'N',
      'C',
      SlotChannel.PROTOCOL,
      (byte) (length >> 24),
      (byte) (length >> 16),
      (byte) (length >> 8),
      (byte) length
    };

    assertThatThrownBy(() -> receiveAll(header))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(EOFException.class)
        .hasMessageContaining("message of " + length + " bytes");
  }

  @Test
  void aMessageLargerThanAFrameIsNotSent() {
    Unable huge = new Unable("x".repeat(SlotChannel.MAX_FRAME_BYTES));
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    assertThatThrownBy(() -> new SlotChannel(InputStream.nullInputStream(), out).send(huge))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Unable");
    assertThat(out.size()).isZero();
  }

  @Test
  void aTextThatIsNoUnicodeIsNotSent() {
    Unable broken = new Unable("half a pair: \ud83d");

    assertThatThrownBy(() -> bytesOf(List.of(broken))).isInstanceOf(IOException.class);
  }

  @Test
  void bytesAfterTheLastFieldAreAnError() throws IOException {
    byte[] stopAndMore = Arrays.copyOf(MessageKind.encode(new Stop()), 2);

    assertThatThrownBy(() -> receiveAll(frame(stopAndMore)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("1 bytes before its frame");
  }

  private static boolean isRejected(byte[] bytes) {
    try {
      receiveAll(bytes);
      return false;
    } catch (IOException expected) {
      return true;
    }
  }

  private static byte[] frame(byte[] body) {
    byte[] frame =
        Arrays.copyOf(
            new byte[] {'F', 'N', 'C', SlotChannel.PROTOCOL, 0, 0, 0, 0}, 8 + body.length);
    frame[7] = (byte) body.length;
    System.arraycopy(body, 0, frame, 8, body.length);
    return frame;
  }

  private static byte[] bytesOf(List<SlotMessage> messages) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    SlotChannel channel = new SlotChannel(InputStream.nullInputStream(), bytes);
    for (SlotMessage message : messages) {
      channel.send(message);
    }
    return bytes.toByteArray();
  }

  private static List<SlotMessage> receiveAll(byte[] bytes) throws IOException {
    SlotChannel channel =
        new SlotChannel(new ByteArrayInputStream(bytes), OutputStream.nullOutputStream());
    List<SlotMessage> received = new ArrayList<>();
    Optional<SlotMessage> message = channel.receive();
    while (message.isPresent()) {
      received.add(message.get());
      message = channel.receive();
    }
    return received;
  }
}
