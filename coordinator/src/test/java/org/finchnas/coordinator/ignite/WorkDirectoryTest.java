package org.finchnas.coordinator.ignite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkDirectoryTest {

  private static final long DEAD = 99_999_999_999L;

  @TempDir private Path folder;

  private Path made(String name, int hours) throws IOException {
    Path directory = Files.createDirectories(folder.resolve(name));
    Files.createFile(Files.createDirectory(directory.resolve("db")).resolve("x.classname0"));
    FileTime time = FileTime.from(Instant.now().minus(Duration.ofHours(hours)));
    return Files.setLastModifiedTime(directory, time);
  }

  @Test
  void itIsGoneWhenItsNodeIs() throws IOException {
    WorkDirectory work = WorkDirectory.make(folder);
    Files.writeString(work.path().resolve("lock"), "x");
    work.close();
    work.close();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void thoseOfTheDeadAreSweptAndNoOthers() throws IOException {
    Path dead = made("finch-ignite-%d-1".formatted(DEAD), 30);
    Path young = made("finch-ignite-%d-2".formatted(DEAD), 1);
    Path alive = made("finch-ignite-%d-3".formatted(ProcessHandle.current().pid()), 30);
    Path others = made("finch-ignite-mine", 30);
    try (WorkDirectory work = WorkDirectory.make(folder)) {
      assertThat(dead).doesNotExist();
      assertThat(folder).isDirectoryContaining(work.path()::equals);
      assertThat(young).exists();
      assertThat(alive).exists();
      assertThat(others).exists();
    }
  }

  @Test
  void namesThatAreNoProcessAreLeft() throws IOException {
    Path long20 = made("finch-ignite-99999999999999999999-1", 30);
    Path link = folder.resolve("finch-ignite-%d-4".formatted(DEAD));
    Files.createSymbolicLink(link, made("elsewhere", 30));
    try (WorkDirectory work = WorkDirectory.make(folder)) {
      assertThat(work.path()).isDirectory();
      assertThat(long20).exists();
      assertThat(link).exists();
      assertThat(folder.resolve("elsewhere").resolve("db")).exists();
    }
  }

  @Test
  void thoseOfOtherUsersAreLeft() throws IOException {
    Path theirs = made("finch-ignite-%d-5".formatted(DEAD), 30);
    try {
      Files.setOwner(
          theirs,
          theirs.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
    } catch (IOException e) {
      assumeTrue(false, "only root can give a folder away: " + e);
    }
    Files.setLastModifiedTime(theirs, FileTime.from(Instant.now().minus(Duration.ofHours(30))));
    try (WorkDirectory work = WorkDirectory.make(folder)) {
      assertThat(work.path()).isDirectory();
      assertThat(theirs.resolve("db")).exists();
    }
  }
}
