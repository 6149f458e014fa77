package org.finchnas.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.finchnas.searchspace.ArchitectureId;

/**
 * The files of a run's models, and no others: whatever name is asked for, what lies outside {@code
 * models/} or is a link to there is not given out.
 */
public record ModelFiles(Path run) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
  private static final String REPORT = ".json";

  /** The file of that name in the folder of a model, if it may be read. */
  public Optional<Path> find(String folder, String name) {
    if (!NAME.matcher(folder).matches() || !NAME.matcher(name).matches()) {
      return Optional.empty();
    }
    Path file = models().resolve(folder).resolve(name);
    try {
      // A link on the way would lead to a place of another name.
      boolean own =
          Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
              && file.toRealPath()
                  .equals(run.toRealPath().resolve("models").resolve(folder).resolve(name));
      return own ? Optional.of(file) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Path models() {
    return run.resolve("models");
  }

  /** What there is of a model: names, bytes and, of exported files, what verifying them gave. */
  List<Map<String, Object>> list(ArchitectureId id) {
    Path folder = models().resolve(id.hex());
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.endsWith(REPORT))
          .sorted()
          .flatMap(name -> find(id.hex(), name).stream())
          .map(this::describe)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What its final training and the test images gave; empty if there is none that can be read. */
  Optional<JsonNode> trained(ArchitectureId id) {
    try {
      Optional<Path> file = find(id.hex(), "model.json");
      return file.isPresent() ? Optional.of(JSON.readTree(file.get().toFile())) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Map<String, Object> describe(Path file) {
    String name = file.getFileName().toString();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", name);
    json.put("folder", String.valueOf(file.getName(file.getNameCount() - 2)));
    try {
      json.put("bytes", Files.size(file));
      Optional<Path> report = find(String.valueOf(json.get("folder")), name + REPORT);
      if (report.isPresent()) {
        JsonNode said = JSON.readTree(report.get().toFile());
        for (String field :
            List.of("format", "precision", "verified", "runtime", "latencyMillis", "sha256")) {
          if (said.hasNonNull(field)) {
            json.put(field, said.get(field));
          }
        }
      }
    } catch (IOException e) {
      // It is being written at this moment, or damaged: the name is all that is sure.
      json.put("unreadable", true);
    }
    return json;
  }
}
