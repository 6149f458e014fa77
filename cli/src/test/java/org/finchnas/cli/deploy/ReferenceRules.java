package org.finchnas.cli.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.finchnas.cli.CommandLines;

/** Whatever names something else names what there is. */
final class ReferenceRules {

  private static final Pattern VARIABLE = Pattern.compile("\\$\\(([A-Z_]+)\\)");

  private final Manifests manifests;
  private final List<String> problems = new ArrayList<>();

  private ReferenceRules(Manifests manifests) {
    this.manifests = manifests;
  }

  static List<String> problems(Manifests manifests) {
    ReferenceRules rules = new ReferenceRules(manifests);
    manifests.workloads().forEach(rules::checkWorkload);
    manifests.ofKind("Service").forEach(rules::checkService);
    manifests.ofKind("NetworkPolicy").forEach(rules::checkPolicy);
    rules.checkKustomization();
    return rules.problems;
  }

  private void checkWorkload(Workload workload) {
    String name = workload.name();
    require(
        workload.isSelectedBy(workload.document().at("/spec/selector/matchLabels")),
        name + ": its selector does not match its pods");
    JsonNode service = workload.document().at("/spec/serviceName");
    require(
        service.isMissingNode() || manifests.names("Service").contains(service.asText()),
        name + ": no Service " + service);
    checkVolumes(workload);
    checkVariables(workload);
    checkPaths(workload);
    workload
        .commands()
        .forEach(
            command ->
                CommandLines.problem(command)
                    .ifPresent(problem -> problems.add(name + ": " + problem)));
    checkSlots(workload);
    checkGrace(workload);
  }

  private void checkVolumes(Workload workload) {
    Set<String> volumes = new HashSet<>();
    for (JsonNode volume : workload.pod().path("volumes")) {
      volumes.add(volume.path("name").asText());
      requireNamed(workload, volume.at("/secret/secretName"), manifests.names("Secret"));
      requireNamed(workload, volume.at("/configMap/name"), generated());
    }
    for (JsonNode claim : workload.document().at("/spec/volumeClaimTemplates")) {
      volumes.add(claim.at("/metadata/name").asText());
    }
    Set<String> mounted = new HashSet<>();
    for (JsonNode mount : workload.container().path("volumeMounts")) {
      mounted.add(mount.path("name").asText());
    }
    require(
        volumes.equals(mounted),
        "%s: volumes %s, mounted %s".formatted(workload.name(), volumes, mounted));
  }

  private void requireNamed(Workload workload, JsonNode reference, List<String> names) {
    require(
        reference.isMissingNode() || names.contains(reference.asText()),
        "%s: %s is none of %s".formatted(workload.name(), reference, names));
  }

  /** Kubernetes puts variables into arguments, and not into probes. */
  private void checkVariables(Workload workload) {
    Set<String> defined = new HashSet<>();
    workload.container().path("env").forEach(each -> defined.add(each.path("name").asText()));
    VARIABLE
        .matcher(String.join(" ", workload.arguments()))
        .results()
        .map(found -> found.group(1))
        .forEach(
            variable ->
                require(defined.contains(variable), workload.name() + ": no variable " + variable));
    require(
        !VARIABLE.matcher(workload.probes().toString()).find(),
        workload.name() + ": a probe has a variable in round brackets");
  }

  private void checkPaths(Workload workload) {
    List<String> paths = new ArrayList<>();
    for (String option : List.of("--keys", "--dir", "--data-dir")) {
      workload.option(option).ifPresent(paths::add);
    }
    for (JsonNode variable : workload.container().path("env")) {
      paths.add(variable.path("value").asText());
    }
    workload.arguments().stream().limit(1).forEach(paths::add);
    paths.removeIf(path -> !path.startsWith("/"));
    for (String path : paths) {
      boolean isMounted = false;
      for (JsonNode mount : workload.container().path("volumeMounts")) {
        isMounted |= (path + "/").startsWith(mount.path("mountPath").asText() + "/");
      }
      require(isMounted, "%s: %s is on no volume".formatted(workload.name(), path));
    }
  }

  /** A slot on the CPU wants a core. */
  private void checkSlots(Workload workload) {
    workload
        .option("--slots")
        .ifPresent(
            slots ->
                require(
                    workload.container().at("/resources/requests/cpu").asText().equals(slots),
                    workload.name() + ": as many cores as slots"));
    boolean asks = workload.container().at("/resources/limits").has("nvidia.com/gpu");
    boolean uses = workload.option("--backend").filter("cuda"::equals).isPresent();
    require(asks == uses, workload.name() + ": a GPU for --backend cuda, and only for it");
  }

  private void checkGrace(Workload workload) {
    int grace = workload.pod().path("terminationGracePeriodSeconds").asInt();
    require(
        !workload.isWorker() || grace >= Draining.seconds(workload.arguments()),
        "%s: %d seconds are too few to drain it".formatted(workload.name(), grace));
  }

  private void checkService(JsonNode service) {
    int count = manifests.selected(service.at("/spec/selector")).size();
    require(count == 1, service.at("/metadata/name") + " selects " + count + " workloads");
  }

  private void checkPolicy(JsonNode policy) {
    for (JsonNode selector : policy.findValues("podSelector")) {
      require(
          !manifests.selected(selector.path("matchLabels")).isEmpty(),
          "%s selects no pods: %s".formatted(policy.at("/metadata/name"), selector));
    }
  }

  private List<String> generated() {
    return manifests.kustomization().path("configMapGenerator").findValuesAsText("name");
  }

  private void checkKustomization() {
    JsonNode kustomization = manifests.kustomization();
    List<JsonNode> files = new ArrayList<>();
    kustomization.path("resources").forEach(files::add);
    kustomization.at("/configMapGenerator/0/files").forEach(files::add);
    for (JsonNode file : files) {
      require(Files.exists(Manifests.FOLDER.resolve(file.asText())), "no file " + file);
    }
    List<String> workloads = manifests.workloads().stream().map(Workload::name).toList();
    List<String> counted = kustomization.path("replicas").findValuesAsText("name");
    require(workloads.containsAll(counted), "replicas of %s".formatted(counted));
    List<String> images = kustomization.path("images").findValuesAsText("name");
    for (Workload workload : manifests.workloads()) {
      String image = workload.container().path("image").asText();
      require(images.contains(image), workload.name() + ": no image " + image);
    }
  }

  private void require(boolean holds, String problem) {
    if (!holds) {
      problems.add(problem);
    }
  }
}
