package org.finchnas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** {@code finch describe} of the notations of other tools, and in them. */
final class DescribeNotationsTest {

  private static final String GENOTYPE =
      """
      # two blocks a cell
      Genotype(normal=[('sep_conv_3x3', 0), ('skip_connect', 1),
                       ('dil_conv_3x3', 2), ('sep_conv_5x5', 1)], normal_concat=range(2, 4),
               reduce=[('max_pool_3x3', 0), ('avg_pool_3x3', 1),
                       ('skip_connect', 2), ('skip_connect', 1)], reduce_concat=[2, 3])
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  private int finch(String... arguments) {
    CommandLine command = Finch.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(arguments);
  }

  private String written(String name, String notation) {
    out.getBuffer().setLength(0);
    assertThat(finch("describe", name, "--as", notation)).as(err.toString()).isZero();
    return out.toString();
  }

  private String file(String text) throws IOException {
    return Files.writeString(folder.resolve("cells.txt"), text).toString();
  }

  /** The same network by its name and by what was printed of it, which is in no other order. */
  @ParameterizedTest
  @CsvSource({
    "darts-v2, darts",
    "darts-v2, nni",
    "darts-v1, json",
    "nasnet-a-mobile, json",
    "amoebanet-c-mobile, json",
    "enas, finch",
  })
  void describesWhatItPrints(String name, String notation) throws IOException {
    String file = file(written(name, notation));
    out.getBuffer().setLength(0);

    assertThat(finch("describe", file, "--json")).as(err.toString()).isZero();
    JsonNode json = new ObjectMapper().readTree(out.toString());
    assertThat(json.path("architecture").asText() + System.lineSeparator())
        .isEqualTo(written(name, "finch"));
  }

  @Test
  void cellsAreStackedAsTheirToolDoesUnlessSaidOtherwise() throws IOException {
    String cells = written("nasnet-a-mobile", "slim");
    String published = written("nasnet-a-mobile", "finch");
    String file = file(cells);

    assertThat(written(file, "finch"))
        .isEqualTo("n=6,f=36,stem=cifar,image=32" + published.substring(published.indexOf(':')));
    out.getBuffer().setLength(0);
    assertThat(
            finch(
                "describe",
                file,
                "--macro",
                "n=4,f=44,stem=imagenet,headKeep=0.5",
                "--classes",
                "1000",
                "--json"))
        .isZero();
    assertThat(new ObjectMapper().readTree(out.toString()).path("params").asLong())
        .isEqualTo(5_289_978);
  }

  @Test
  void otherStackingKeepsTheWiringOfTheTool() throws IOException {
    assertThat(finch("describe", file(GENOTYPE), "--macro", "n=2,f=16", "--as", "finch")).isZero();
    assertThat(
            finch("describe", file(GENOTYPE), "--macro", "n=2,f=16,wiring=enas", "--as", "finch"))
        .isZero();
    assertThat(out.toString().lines())
        .satisfiesExactly(
            first -> assertThat(first).startsWith("n=2,f=16,stem=cifar,image=32,wiring=darts:"),
            second -> assertThat(second).startsWith("n=2,f=16,stem=cifar,image=32,wiring=enas:"));
  }

  @Test
  void printsNothingButTheNotation() throws IOException {
    assertThat(written(file(GENOTYPE), "darts").lines())
        .containsExactly(
            "Genotype(normal=[('sep_conv_3x3', 0), ('skip_connect', 1), ('dil_conv_3x3', 2),"
                + " ('sep_conv_5x5', 1)], normal_concat=[2, 3], reduce=[('max_pool_3x3', 0),"
                + " ('avg_pool_3x3', 1), ('skip_connect', 2), ('skip_connect', 1)],"
                + " reduce_concat=[2, 3])");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void aMistakeInAFileIsPlaced() throws IOException {
    String file = file("\n" + GENOTYPE.replace("sep_conv_5x5", "sep_conv_5x6"));

    assertThat(finch("describe", file)).isEqualTo(2);
    assertThat(err.toString()).contains("line 4, character 40").contains("\"sep_conv_5x5\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mobilenet-v2 --as darts|mobilenet-v2 has no cells to write. Leave out --as.",
        "darts-v2 --as darts --json|leave out --json",
        "darts-v2 --as dart|There is no notation \"dart\". Did you mean \"darts\"?",
        "darts-v2 --as slim|slim builds cells of exactly 5 blocks",
        "nasnet-a-mobile --as nni|Write the notation slim or json",
        "nasnet-a-mobile --macro n=1,f=8|nasnet-a-mobile is no such file: leave --macro out",
        "FILE --macro n=1,g=8|there is no such setting",
        "JSON --macro n=1,f=8|is no such file: leave --macro out",
      })
  void whatMakesNoSenseIsRefused(String command, String message) throws IOException {
    Path json = Files.writeString(folder.resolve("a.json"), written("enas", "json"));
    out.getBuffer().setLength(0);
    String line = command.replace("FILE", file(GENOTYPE)).replace("JSON", json.toString());

    assertThat(finch(("describe " + line).split(" "))).isEqualTo(2);
    assertThat(err.toString()).contains(message);
    assertThat(out.toString()).isEmpty();
  }
}
