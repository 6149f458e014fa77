package org.finchnas.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.finchnas.coordinator.config.SearchConfigReader;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The manifests under {@code deploy/kubernetes}, without a cluster. */
final class DeployManifestsTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SET = "StatefulSet";
  private static final String DEPLOYMENT = "Deployment";
  private static final String POLICY = "NetworkPolicy";
  private static final String SERVICE = "Service";
  private static final String COORDINATOR = "finch-coordinator";
  private static final String CPU = "finch-worker-cpu";
  private static final String WORKERS = "finch-worker";
  private static final String GPU = "finch-worker-gpu";
  private static final String POD = "/spec/template/spec";
  private static final String CONTAINER = POD + "/containers/0";

  /**
   * A mistake in one place.
   *
   * @param change what it does to the object that {@code pointer} leads to
   * @param found part of what must be said of it
   */
  private record Mistake(
      String kind, String name, String pointer, Consumer<ObjectNode> change, String found) {}

  private static Mistake set(
      String kind, String name, String pointer, String key, Object value, String found) {
    return new Mistake(
        kind, name, pointer, object -> object.set(key, JSON.valueToTree(value)), found);
  }

  private static Mistake remove(
      String kind, String name, String pointer, String key, String found) {
    return new Mistake(kind, name, pointer, object -> object.remove(key), found);
  }

  private static Mistake argument(String name, int index, String value, String found) {
    Consumer<ObjectNode> change = object -> object.withArray("args").set(index, value(value));
    return new Mistake(name.equals(COORDINATOR) ? SET : DEPLOYMENT, name, CONTAINER, change, found);
  }

  private static JsonNode value(String text) {
    return TextNode.valueOf(text);
  }

  private static Stream<DynamicTest> found(
      Function<Manifests, List<String>> rules, Stream<Mistake> mistakes) throws IOException {
    Manifests right = Manifests.read();
    return mistakes.map(
        mistake ->
            DynamicTest.dynamicTest(
                mistake.name() + mistake.pointer() + ": " + mistake.found(),
                () -> {
                  Manifests wrong =
                      right.with(
                          mistake.kind(), mistake.name(), mistake.pointer(), mistake.change());
                  assertThat(rules.apply(wrong)).anyMatch(each -> each.contains(mistake.found()));
                }));
  }

  private static List<String> schema(Manifests manifests) {
    return manifests.documents().stream()
        .flatMap(each -> KubernetesSchema.problems(each).stream())
        .toList();
  }

  @Test
  void everyDocumentIsOfTheKubernetesApi() throws IOException {
    Manifests manifests = Manifests.read();
    assertThat(manifests.documents()).hasSize(10);
    assertThat(schema(manifests)).isEmpty();
  }

  @TestFactory
  Stream<DynamicTest> theSchemaFinds() throws IOException {
    String env = CONTAINER + "/env/1";
    String limits = CONTAINER + "/resources/limits";
    return found(
        DeployManifestsTest::schema,
        Stream.of(
            set(SET, COORDINATOR, "/spec", "replica", 1, "`replica`"),
            set(DEPLOYMENT, CPU, CONTAINER, "commands", "x", "`commands`"),
            set(POLICY, COORDINATOR, "/spec", "ingres", 1, "`ingres`"),
            set(DEPLOYMENT, CPU, "/spec", "replicas", "many", "many"),
            set(DEPLOYMENT, CPU, "/spec", "replicas", "2", "should be NUMBER"),
            set(DEPLOYMENT, CPU, CONTAINER, "args", "worker", "args"),
            set(SERVICE, COORDINATOR, "/spec/ports/0", "port", true, "Service"),
            set(SERVICE, COORDINATOR, "", "apiVersion", "v2", "v2 Service"),
            set(DEPLOYMENT, GPU, limits, "memory", "12 gigs", "Deployment"),
            set(SET, COORDINATOR, env, "value", true, "env/1/value"),
            set(SET, COORDINATOR, env, "value", 1, "env/1/value"),
            remove(DEPLOYMENT, CPU, CONTAINER, "name", "`name`"),
            remove(DEPLOYMENT, CPU, "/spec", "selector", "`selector`"),
            remove(SET, COORDINATOR, CONTAINER + "/ports/0", "containerPort", "`containerPort`")));
  }

  @Test
  void everyPortIsOneThatFinchListensOn() throws IOException {
    assertThat(PortRules.problems(Manifests.read())).isEmpty();
  }

  @TestFactory
  Stream<DynamicTest> thePortRulesFind() throws IOException {
    String probe = CONTAINER + "/livenessProbe";
    Map<String, Object> port = Map.of("containerPort", 47502);
    Map<String, Object> rule = Map.of("ports", List.of(Map.of("port", 47502)));
    return found(
        PortRules::problems,
        Stream.of(
            argument(COORDINATOR, 5, "47510", "finch-worker egress"),
            argument(COORDINATOR, 5, "47510", "Service finch-coordinator:"),
            argument(COORDINATOR, 5, "47510", "a probe looks"),
            argument(CPU, 2, "finch-coordinator:28461", "finch-worker-cpu joins"),
            argument(CPU, 2, "coordinator:28460", "finch-worker-cpu joins"),
            set(DEPLOYMENT, GPU, CONTAINER, "ports", List.of(port), "finch-worker-gpu container"),
            set(SERVICE, COORDINATOR, "/spec/ports/1", "port", 47502, "Service"),
            set(SERVICE, COORDINATOR, "/spec/ports/0", "targetPort", 47502, "Service"),
            set(SET, COORDINATOR, CONTAINER + "/ports/0", "containerPort", 1, "container"),
            remove(SET, COORDINATOR, probe, "exec", "a probe looks"),
            set(POLICY, COORDINATOR, "/spec/ingress/0/ports/1", "port", 47502, "ingress"),
            set(POLICY, WORKERS, "/spec", "ingress", List.of(rule), "ingress"),
            set(POLICY, WORKERS, "/spec/egress/0/ports/0", "port", 47502, "egress"),
            set(POLICY, "finch-names-only", "/spec/egress/0/ports/0", "port", 54, "egress")));
  }

  @Test
  void everyNameIsThatOfSomething() throws IOException {
    assertThat(ReferenceRules.problems(Manifests.read())).isEmpty();
  }

  @TestFactory
  Stream<DynamicTest> theReferenceRulesFind() throws IOException {
    String label = "app.kubernetes.io/name";
    String mount = CONTAINER + "/volumeMounts/0";
    String volume = POD + "/volumes/0";
    return found(
        ReferenceRules::problems,
        Stream.of(
            set(DEPLOYMENT, CPU, "/spec/selector/matchLabels", label, "x", "its selector"),
            set(SERVICE, COORDINATOR, "/spec/selector", label, "x", "selects 0"),
            set(POLICY, COORDINATOR, "/spec/podSelector/matchLabels", label, "x", "no pods"),
            set(SET, COORDINATOR, "/spec", "serviceName", "x", "no Service"),
            set(SET, COORDINATOR, mount, "name", "x", "mounted"),
            set(SET, COORDINATOR, volume + "/configMap", "name", "x", "is none of"),
            set(DEPLOYMENT, GPU, volume + "/secret", "secretName", "x", "is none of"),
            set(DEPLOYMENT, GPU, CONTAINER, "image", "x", "no image"),
            set(DEPLOYMENT, CPU, mount, "mountPath", "/elsewhere", "/etc/finch-keys is on no"),
            set(SET, COORDINATOR, CONTAINER + "/env/0", "value", "/x", "/x is on no volume"),
            set(SET, COORDINATOR, CONTAINER + "/env/2", "name", "X", "no variable POD_IP"),
            set(DEPLOYMENT, CPU, POD, "terminationGracePeriodSeconds", 60, "too few to drain"),
            argument(COORDINATOR, 4, "--slots", "'--slots'"),
            argument(COORDINATOR, 4, "--set", "'--set'"),
            argument(COORDINATOR, 5, "high", "'high' is not an int"),
            argument(CPU, 1, "--bind", "--join"),
            argument(CPU, 3, "--port", "'--port'"),
            argument(CPU, 8, "cuda", "a GPU for"),
            argument(CPU, 10, "8", "as many cores"),
            argument(CPU, 10, "all", "'all' is not an int"),
            argument(GPU, 6, "/x", "/x is on no volume")));
  }

  /** What the restricted Pod Security Standard asks for, and a file system that is only read. */
  @Test
  void podsMayDoNothingMoreThanTheyNeed() throws IOException {
    Manifests manifests = Manifests.read();
    assertThat(manifests.workloads()).hasSize(3);
    for (Workload each : manifests.workloads()) {
      JsonNode pod = each.pod().path("securityContext");
      JsonNode container = each.container().path("securityContext");
      assertThat(each.pod().path("containers")).hasSize(1);
      assertThat(each.pod().path("automountServiceAccountToken").asBoolean(true)).isFalse();
      assertThat(pod.path("runAsNonRoot").asBoolean()).isTrue();
      assertThat(pod.at("/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
      assertThat(container.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
      assertThat(container.path("readOnlyRootFilesystem").asBoolean()).isTrue();
      assertThat(container.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
      assertThat(each.container().at("/resources/limits").has("memory")).isTrue();
    }
  }

  /** A worker waits for a coordinator that is away; nothing may kill it for that. */
  @Test
  void noProbeLooksAtWorkers() throws IOException {
    assertThat(Manifests.read().workloads().stream().filter(Workload::isWorker))
        .hasSize(2)
        .allSatisfy(each -> assertThat(each.probes()).allMatch(JsonNode::isMissingNode));
  }

  @Test
  void theSearchCanBeRead() {
    assertThat(SearchConfigReader.read(Manifests.FOLDER.resolve("search.yaml"), List.of()).name())
        .isEqualTo("search");
  }

  @Test
  void noKeyIsCommitted() throws IOException {
    assertThat(Manifests.read().ofKind("Secret"))
        .hasSize(2)
        .allSatisfy(
            secret -> {
              assertThat(secret.has("data")).isFalse();
              assertThat(secret.path("stringData"))
                  .isNotEmpty()
                  .allMatch(each -> each.asText().isEmpty());
            });
  }
}
