package org.finchnas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What is wrong is told before anything is measured or trained. */
final class PictureOptionsTest {

  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  @Test
  void neitherAConfigurationNorPicturesIsAQuestionWithTwoAnswers() {
    assertThat(search()).isEqualTo(2);
    assertThat(err.toString())
        .contains("Search what?")
        .contains("search --data images:DIR")
        .contains("search configs/quickstart.yaml")
        .doesNotContain("\tat ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--time 2h                             | need --data",
        "--data shapes                         | must be images: and a folder",
        "--data images:                        | must be images: and a folder",
        "--data images:DIR --time 2            | a time with its unit of at least 10s",
        "--data images:DIR --time 1s           | a time with its unit of at least 10s",
        "--data images:DIR --max-latency 20ms  | Name it, as in --device pixel-1",
        "--data images:DIR --device pixel1     | Did you mean \"pixel-1\"",
        "--data images:DIR --device pixel-1 --max-latency 20   | must be a time above 0 with its unit",
        "--data images:DIR --device pixel-1 --max-latency 0ms  | must be a time above 0 with its unit",
        "--data images:DIR/none                | there is no such folder",
        "--data images:DIR configs/x.yaml      | configs/x.yaml has settings of its own"
      })
  void whatCannotBeMeantIsSaidWithTheWayOut(String words, String message) throws IOException {
    classes("cat", "dog");

    assertThat(search(words.replace("DIR", folder.toString()).split(" +"))).isEqualTo(2);
    assertThat(err.toString()).contains(message).doesNotContain("\tat ");
  }

  @Test
  void aFolderThatCannotBeSearchedIsNamed() throws IOException {
    String data = "images:" + folder;
    assertThat(search("--data", data)).isEqualTo(2);
    assertThat(err.toString()).contains("holds no class folder");

    classes("cat");
    assertThat(search("--data", data)).isEqualTo(2);
    assertThat(err.toString()).contains("only the class cat");

    classes("dog");
    assertThat(search("--data", data)).isEqualTo(2);
    assertThat(err.toString())
        .contains("none of 2 pictures that were tried decodes")
        .doesNotContain("\tat ");
  }

  private void classes(String... labels) throws IOException {
    for (String label : labels) {
      Path files = Files.createDirectories(folder.resolve(label));
      Files.writeString(files.resolve("1.jpg"), "not a picture");
    }
  }

  private int search(String... words) {
    CommandLine command = Finch.commandLine();
    command.setOut(new PrintWriter(new StringWriter(), true));
    command.setErr(new PrintWriter(err, true));
    List<String> all = new ArrayList<>(List.of("search"));
    all.addAll(List.of(words));
    String home = System.getProperty("finch.home");
    System.setProperty("finch.home", "..");
    try {
      return command.execute(all.toArray(String[]::new));
    } finally {
      if (home == null) {
        System.clearProperty("finch.home");
      } else {
        System.setProperty("finch.home", home);
      }
    }
  }
}
