package org.finchnas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.stream.Stream;
import org.finchnas.coordinator.SearchFailedException;
import org.finchnas.coordinator.SearchInputException;
import org.finchnas.data.DataSetException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class FailuresTest {

  static Stream<Arguments> failures() {
    IOException full = new IOException("No space left on device");
    NoSuchFileException missing = new NoSuchFileException("cells.svg");
    return Stream.of(
        Arguments.of(new SearchInputException("no such constraint"), 2, "no such constraint"),
        Arguments.of(new DataSetException("no images"), 2, "no images"),
        Arguments.of(new IllegalArgumentException("too small"), 2, "too small"),
        Arguments.of(missing, 2, "there is no file cells.svg."),
        Arguments.of(
            new AccessDeniedException("results/x"),
            2,
            "results/x must not be written or read. Mind its permissions."),
        Arguments.of(new UncheckedIOException(missing), 2, "there is no file cells.svg."),
        Arguments.of(new SearchFailedException("it broke off", full), 1, "it broke off"),
        Arguments.of(full, 1, "No space left on device"),
        Arguments.of(new UncheckedIOException(full), 1, "No space left on device"),
        Arguments.of(new UncheckedIOException("Make room.", full), 1, "Make room."),
        Arguments.of(
            new IllegalStateException(), 1, "IllegalStateException. --verbose tells more."));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void saysWhatHelpsAndTellsBadInputFromFailure(Exception failure, int code, String message) {
    assertThat(Failures.exitCode(failure)).isEqualTo(code);
    assertThat(Failures.message(failure)).isEqualTo(message);
  }
}
