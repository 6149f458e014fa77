package org.finchnas.coordinator.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.IntStream;
import org.finchnas.coordinator.SearchInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalTokenTest {

  @TempDir private Path folder;

  private Path file() {
    return folder.resolve(LocalToken.FILE);
  }

  @Test
  void allWhoAskAtOnceGetTheSameAndNobodyElseCanReadIt() throws IOException {
    List<String> tokens =
        IntStream.range(0, 16).parallel().mapToObj(i -> LocalToken.in(folder)).distinct().toList();
    assertThat(tokens).hasSize(1);
    assertThat(tokens.get(0)).hasSizeGreaterThanOrEqualTo(32);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    assertThat(folder.toFile().list()).containsExactly(LocalToken.FILE);
  }

  @Test
  void anotherFolderHasAnother() throws IOException {
    assertThat(LocalToken.in(folder.resolve("a"))).isNotEqualTo(LocalToken.in(folder.resolve("b")));
  }

  @Test
  void oneThatOthersCouldReadIsNone() throws IOException {
    LocalToken.in(folder);
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> LocalToken.in(folder))
        .isInstanceOf(SearchInputException.class)
        .hasMessageContainingAll(file().toString(), "Delete it");
  }

  @Test
  void aLinkToElsewhereIsNone() throws IOException {
    Path guessed = Files.writeString(folder.resolve("guessed"), "123");
    Files.setPosixFilePermissions(guessed, PosixFilePermissions.fromString("rw-------"));
    Files.createSymbolicLink(file(), guessed);
    assertThatThrownBy(() -> LocalToken.in(folder)).isInstanceOf(SearchInputException.class);
  }

  @Test
  void whatAPowerCutLeftIsNone() throws IOException {
    LocalToken.in(folder);
    Files.writeString(file(), "");
    assertThatThrownBy(() -> LocalToken.in(folder))
        .isInstanceOf(SearchInputException.class)
        .hasMessageContainingAll(file().toString(), "holds no token", "Delete it");
  }

  @Test
  void whereItCannotBeKeptTheMessageSaysTheWayOut() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    assertThatThrownBy(() -> LocalToken.in(file))
        .isInstanceOf(SearchInputException.class)
        .hasMessageContaining("FINCH_CLUSTER_TOKEN");
  }
}
