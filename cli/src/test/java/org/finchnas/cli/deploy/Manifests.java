package org.finchnas.cli.deploy;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What lies in {@code deploy/kubernetes}.
 *
 * @param documents for the Kubernetes API, of all files
 * @param kustomization what kubectl puts them together by
 */
record Manifests(List<JsonNode> documents, JsonNode kustomization) {

  static final Path FOLDER = Path.of("..", "deploy", "kubernetes");

  private static final String KUSTOMIZATION = "kustomization.yaml";
  private static final ObjectReader READER =
      new YAMLMapper()
          .readerFor(JsonNode.class)
          .with(StreamReadFeature.STRICT_DUPLICATE_DETECTION.mappedFeature());

  Manifests {
    documents = List.copyOf(documents);
  }

  static Manifests read() throws IOException {
    JsonNode kustomization = READER.readTree(Files.readString(FOLDER.resolve(KUSTOMIZATION)));
    List<JsonNode> documents = new ArrayList<>();
    for (Path file : files()) {
      try (MappingIterator<JsonNode> all = READER.readValues(file.toFile())) {
        documents.addAll(all.readAll());
      }
    }
    return new Manifests(documents, kustomization);
  }

  /** Those for the API: all but the kustomization itself and what its ConfigMap is made from. */
  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(Manifests::isForTheApi).sorted().toList();
    }
  }

  private static boolean isForTheApi(Path file) {
    String name = file.getFileName().toString();
    return !name.equals(KUSTOMIZATION) && !name.equals("search.yaml");
  }

  List<JsonNode> ofKind(String kind) {
    return documents.stream().filter(each -> each.path("kind").asText().equals(kind)).toList();
  }

  List<String> names(String kind) {
    return ofKind(kind).stream().map(each -> each.at("/metadata/name").asText()).toList();
  }

  List<Workload> workloads() {
    return Stream.of("StatefulSet", "Deployment")
        .flatMap(kind -> ofKind(kind).stream())
        .map(Workload::new)
        .toList();
  }

  /** The workloads whose pods have these labels. */
  List<Workload> selected(JsonNode labels) {
    return workloads().stream().filter(each -> each.isSelectedBy(labels)).toList();
  }

  /**
   * A copy in which what a pointer leads to was changed.
   *
   * @param pointer into the document, to an object
   */
  Manifests with(String kind, String name, String pointer, Consumer<ObjectNode> change) {
    List<JsonNode> changed = documents.stream().map(JsonNode::<JsonNode>deepCopy).toList();
    Manifests copy = new Manifests(changed, kustomization);
    int index = copy.names(kind).indexOf(name);
    change.accept((ObjectNode) copy.ofKind(kind).get(index).at(pointer));
    return copy;
  }
}
