package org.finchnas.coordinator.cluster;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * {@code state.json} in a run's {@code cluster} folder: where the cluster stands, for those who
 * only look. Not durable: it is written again and again.
 */
public final class ClusterStateFile {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private ClusterStateFile() {}

  /**
   * @param folder the run's {@code cluster} folder
   */
  public static void write(Path folder, ClusterState state) throws IOException {
    Path next = folder.resolve("state.json.next");
    Files.write(next, MAPPER.writeValueAsBytes(state));
    Files.move(
        next,
        folder.resolve("state.json"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** What was last written, if anything was. */
  public static Optional<ClusterState> read(Path folder) throws IOException {
    try {
      byte[] bytes = Files.readAllBytes(folder.resolve("state.json"));
      return Optional.ofNullable(MAPPER.readValue(bytes, ClusterState.class));
    } catch (NoSuchFileException | JacksonException e) {
      // Written by another version, or never: nothing is known.
      return Optional.empty();
    }
  }
}
