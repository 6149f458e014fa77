package org.finchnas.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.finchnas.coordinator.keys.KeyMaker;
import org.finchnas.coordinator.keys.KeyRequest;
import org.finchnas.coordinator.keys.MadeKeys;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code finch cluster keys}. */
@Command(
    name = "keys",
    description = "Makes the keys with which the machines of a cluster know each other.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Whoever holds a node's keys can run code on every node: keep them as you keep passwords.",
      "Example: finch cluster keys --out keys --host gpu-1.example --host 10.0.0.7"
    })
final class ClusterKeysCommand implements Callable<Integer> {

  @Mixin private final Output output = new Output();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "A new or empty folder for the keys.")
  private Path out = Path.of("");

  @Option(
      names = "--host",
      paramLabel = "NAME",
      description =
          "A DNS name or IP address of a machine of the cluster, for the certificates; may be"
              + " repeated. localhost and 127.0.0.1 are always in them.")
  private List<String> hosts = List.of();

  @Option(
      names = "--days",
      defaultValue = "365",
      paramLabel = "N",
      description = "How long the keys are valid, 1 to 3650; default: ${DEFAULT-VALUE}.")
  private int days;

  @Override
  public Integer call() throws IOException {
    KeyRequest request = new KeyRequest(hosts, days);
    MadeKeys keys = new KeyMaker(Clock.systemUTC(), new SecureRandom()).make(out, request);
    describe(keys, request);
    output.answer(json(keys, request));
    return Finch.DONE;
  }

  private void describe(MadeKeys keys, KeyRequest request) {
    output.say("Keys of a new cluster, valid until %s:", keys.notAfter());
    output.say("  coordinator  %s (for the machine that searches)", keys.coordinator());
    output.say("  worker       %s (for every worker: copy the folder to each)", keys.worker());
    output.say(
        "  authority    %s (signs keys, no node needs it: keep it offline)", keys.authority());
    output.say("The certificates name %s.", String.join(", ", request.hosts()));
    output.say("Whoever holds a node's keys can run code on every node.");
    output.say("");
    output.say(
        "Next, on the machine that searches, and on each worker with that machine's name as HOST:");
    output.say(
        "  %s",
        Places.command(
            "search", "CONFIG", "--cluster", "--bind", "0.0.0.0", "--keys", keys.coordinator()));
    output.say("  %s", Places.command("worker", "--join", "HOST:28460", "--keys", keys.worker()));
  }

  private static Map<String, Object> json(MadeKeys keys, KeyRequest request) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("authority", keys.authority().toString());
    json.put("coordinator", keys.coordinator().toString());
    json.put("worker", keys.worker().toString());
    json.put("validUntil", keys.notAfter().toString());
    json.put("hosts", request.hosts());
    return json;
  }
}
