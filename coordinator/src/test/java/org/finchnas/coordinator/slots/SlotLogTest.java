package org.finchnas.coordinator.slots;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlotLogTest {

  @TempDir private Path directory;

  private static ByteArrayInputStream lines(int count) {
    String text =
        IntStream.range(0, count).mapToObj("line %09d\n"::formatted).collect(Collectors.joining());
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void keepsTheLatestOfALongLogAndItsLastWords() throws IOException {
    SlotLog log = new SlotLog(directory.resolve("slot-0.log"));
    log.drain(lines(200_000));
    Path old = directory.resolve("slot-0.log.old");
    assertThat(Files.size(log.file())).isLessThanOrEqualTo(SlotLog.HALF_BYTES);
    assertThat(Files.size(old)).isLessThanOrEqualTo(SlotLog.HALF_BYTES);
    assertThat(Files.readString(log.file())).endsWith("line 000199999\n");
    assertThat(log.tail()).endsWith("line 000199998\nline 000199999").hasSizeLessThan(4097);
  }

  @Test
  void goesOnWhereAnEarlierProcessEnded() {
    Path file = directory.resolve("slot-0.log");
    new SlotLog(file).drain(lines(1));
    new SlotLog(file).drain(lines(2));
    assertThat(file).hasContent("line 000000000\nline 000000000\nline 000000001\n");
  }

  @Test
  void losesTheLogAndNotTheSlotWhenItCannotWrite() {
    SlotLog log = new SlotLog(directory.resolve("missing/slot-0.log"));
    log.drain(lines(100));
    assertThat(log.tail()).contains("line 000000099", "missing");
  }
}
