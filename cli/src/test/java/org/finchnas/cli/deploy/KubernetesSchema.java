package org.finchnas.cli.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Checks documents by the types of the Kubernetes API: unknown fields, missing ones and wrong
 * types. Reading a document finds all of it but a number or boolean where a text belongs, which
 * becomes a text; the API server would refuse it. So what was read is written again and compared.
 */
final class KubernetesSchema {

  private static final Map<String, Class<?>> TYPES =
      Map.of(
          "v1 Namespace", V1Namespace.class,
          "v1 Secret", V1Secret.class,
          "v1 Service", V1Service.class,
          "apps/v1 Deployment", V1Deployment.class,
          "apps/v1 StatefulSet", V1StatefulSet.class,
          "networking.k8s.io/v1 NetworkPolicy", V1NetworkPolicy.class);

  private KubernetesSchema() {}

  static List<String> problems(JsonNode document) {
    String kind = document.path("apiVersion").asText() + " " + document.path("kind").asText();
    Class<?> type = TYPES.get(kind);
    if (type == null) {
      return List.of("unknown kind: " + kind);
    }
    List<String> problems = new ArrayList<>();
    try {
      Object read = JSON.getGson().fromJson(document.toString(), type);
      compare(kind, document, new ObjectMapper().readTree(JSON.serialize(read)), problems);
    } catch (JsonProcessingException | RuntimeException e) {
      problems.add(kind + ": " + e.getMessage());
    }
    return problems;
  }

  private static void compare(String at, JsonNode given, JsonNode read, List<String> problems) {
    if (given.getNodeType() != read.getNodeType()) {
      problems.add(
          "%s: %s (%s) should be %s".formatted(at, given.getNodeType(), given, read.getNodeType()));
      return;
    }
    given
        .properties()
        .forEach(
            field -> {
              String name = field.getKey();
              compare(at + "/" + name, field.getValue(), read.path(name), problems);
            });
    if (given.isArray()) {
      for (int i = 0; i < given.size(); i++) {
        compare(at + "/" + i, given.get(i), read.path(i), problems);
      }
    }
  }
}
