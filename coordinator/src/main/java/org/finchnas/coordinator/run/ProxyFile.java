package org.finchnas.coordinator.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.finchnas.coordinator.ProxyRecord;
import org.finchnas.evaluation.ZeroCostProxy;
import org.finchnas.searchspace.Architecture;
import org.finchnas.searchspace.ArchitectureId;
import org.jspecify.annotations.Nullable;

/**
 * {@code proxies.jsonl}: a line for each answer, with {@code "lost":true} where a machine is the
 * reason for none; not there before the first.
 */
final class ProxyFile implements ProxyRecord, AutoCloseable {

  static final String NAME = "proxies.jsonl";

  private final Path file;
  private final Map<ArchitectureId, Map<ZeroCostProxy, Double>> values = new HashMap<>();

  /** Not final: opened when there is something to write. */
  private @Nullable RandomAccessFile out;

  private long wholeBytes;

  private ProxyFile(Path file) {
    this.file = file;
  }

  /**
   * Reads what there is. A torn last line is written over: nobody has acted upon it.
   *
   * @throws RunException if another line is broken; names it
   */
  static ProxyFile open(Path file) {
    ProxyFile proxies = new ProxyFile(file);
    try {
      if (Files.exists(file)) {
        proxies.read(Files.readString(file));
      }
    } catch (IOException e) {
      throw new RunStorageException(file, e);
    }
    return proxies;
  }

  private void read(String text) {
    int number = 0;
    int start = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      number++;
      try {
        add(Json.parse(text.substring(start, end)));
      } catch (IllegalArgumentException e) {
        if (end == text.length() - 1) {
          return;
        }
        throw new RunException(
            "%s is damaged in line %d: %s. Restore the file from a copy."
                .formatted(file, number, e.getMessage()),
            e);
      }
      start = end + 1;
      // All that is written is ASCII.
      wholeBytes = start;
    }
  }

  private void add(ObjectNode line) {
    Architecture architecture = Architecture.parse(Json.text(line, "architecture"));
    Map<ZeroCostProxy, Double> added = new EnumMap<>(ZeroCostProxy.class);
    for (ZeroCostProxy proxy : ZeroCostProxy.values()) {
      if (line.has(proxy.token())) {
        added.put(proxy, Json.number(line, proxy.token()));
      }
    }
    add(architecture.id(), added);
  }

  private void add(ArchitectureId id, Map<ZeroCostProxy, Double> added) {
    values.computeIfAbsent(id, key -> new EnumMap<>(ZeroCostProxy.class)).putAll(added);
  }

  @Override
  public synchronized Map<ZeroCostProxy, Double> find(ArchitectureId id) {
    return Map.copyOf(values.getOrDefault(id, Map.of()));
  }

  @Override
  public synchronized void put(
      Architecture architecture, Map<ZeroCostProxy, Double> added, boolean lost) {
    ObjectNode line = Json.object();
    line.put("id", architecture.id().hex());
    line.put("architecture", architecture.notation());
    new EnumMap<>(added).forEach((proxy, value) -> Json.put(line, proxy.token(), value));
    if (lost) {
      line.put("lost", true);
    }
    write((line + "\n").getBytes(StandardCharsets.UTF_8));
    add(architecture.id(), added);
  }

  private void write(byte[] line) {
    try {
      RandomAccessFile opened = out;
      if (opened == null) {
        // Not a channel: an interrupt would close it in the middle of a line.
        opened = new RandomAccessFile(file.toFile(), "rw");
        opened.setLength(wholeBytes);
        out = opened;
      }
      opened.seek(wholeBytes);
      opened.write(line);
      opened.getFD().sync();
      wholeBytes += line.length;
    } catch (IOException e) {
      throw new RunStorageException(file, e);
    }
  }

  @Override
  public synchronized void close() {
    if (out != null) {
      try {
        out.close();
      } catch (IOException e) {
        throw new RunStorageException(file, e);
      }
    }
  }
}
