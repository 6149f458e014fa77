package org.finchnas.benchmarks.chaos;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.finchnas.coordinator.ignite.Endpoint;

/**
 * A network namespace for the coordinator and one for each worker, joined by pairs of virtual
 * devices, so that each worker's network can be cut. All speak mutual TLS. Linux and its
 * superuser's rights are needed.
 */
final class Namespaces implements Network, AutoCloseable {

  private static final String PREFIX = "finch-chaos-";
  private static final String COORDINATOR = "10.201.0.1";
  private static final String WORKERS = "10.201.0.1%d";
  private static final String WORKERS_DEVICE = "finch0";

  /** Of no device: frames for it are lost without a word. */
  private static final String NOBODY = "02:00:00:00:00:01";

  /** How a worker's network may be cut. */
  enum Cut {
    /** Packets vanish, and neither side is told. */
    LOST,
    /** The devices are down. */
    DOWN
  }

  private final String name = PREFIX + ProcessHandle.current().pid() + "-";
  private final int workers;
  private final Path keys;
  private final List<String> made = new ArrayList<>();

  private Namespaces(int workers, Path keys) {
    this.workers = workers;
    this.keys = keys;
  }

  /** Why there can be none here; empty if there can. */
  static Optional<String> obstacle() {
    String name = PREFIX + ProcessHandle.current().pid() + "-try";
    try {
      Shell.run("ip", "netns", "add", name);
      Shell.run("ip", "-n", name, "link", "add", "left", "type", "veth", "peer", "name", "right");
      return Optional.empty();
    } catch (IllegalStateException | UncheckedIOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    } finally {
      remove(name);
    }
  }

  /**
   * Makes them.
   *
   * @param keys a folder of keys that {@link #hosts} are named in
   */
  static Namespaces make(int workers, Path keys) {
    removeStale();
    Namespaces namespaces = new Namespaces(workers, keys);
    try {
      namespaces.makeAll();
    } catch (RuntimeException e) {
      namespaces.close();
      throw e;
    }
    return namespaces;
  }

  /** The addresses in it. */
  static List<String> hosts(int workers) {
    List<String> hosts = new ArrayList<>(List.of(COORDINATOR));
    for (int i = 0; i < workers; i++) {
      hosts.add(address(i));
    }
    return hosts;
  }

  private static String address(int worker) {
    return WORKERS.formatted(worker);
  }

  private static String device(int worker) {
    return "worker" + worker;
  }

  private String center() {
    return name + "c";
  }

  private String place(int worker) {
    return name + "w" + worker;
  }

  private void makeAll() {
    makeOne(center());
    ip(center(), "addr", "add", COORDINATOR + "/32", "dev", "lo");
    for (int i = 0; i < workers; i++) {
      makeOne(place(i));
      ip(
          center(),
          "link",
          "add",
          "name",
          device(i),
          "type",
          "veth",
          "peer",
          "name",
          WORKERS_DEVICE,
          "netns",
          place(i));
      ip(place(i), "addr", "add", address(i) + "/32", "dev", WORKERS_DEVICE);
      heal(i);
    }
  }

  private void makeOne(String namespace) {
    Shell.run("ip", "netns", "add", namespace);
    made.add(namespace);
    ip(namespace, "link", "set", "lo", "up");
  }

  private static void ip(String namespace, String... command) {
    List<String> words = new ArrayList<>(List.of("ip", "-n", namespace));
    words.addAll(List.of(command));
    Shell.run(words.toArray(String[]::new));
  }

  void cut(int worker, Cut cut) {
    switch (cut) {
      case LOST -> {
        misdirect(place(worker), COORDINATOR, WORKERS_DEVICE);
        misdirect(center(), address(worker), device(worker));
      }
      case DOWN -> ip(center(), "link", "set", device(worker), "down");
    }
  }

  private static void misdirect(String namespace, String address, String device) {
    ip(namespace, "neigh", "replace", address, "lladdr", NOBODY, "dev", device, "nud", "permanent");
  }

  /** Ends all cuts of a worker's network. */
  void heal(int worker) {
    ip(center(), "link", "set", device(worker), "up");
    ip(place(worker), "link", "set", WORKERS_DEVICE, "up");
    // Going down loses the way.
    ip(center(), "route", "replace", address(worker), "dev", device(worker));
    ip(place(worker), "route", "replace", COORDINATOR, "dev", WORKERS_DEVICE);
    Shell.tryRun("ip", "-n", place(worker), "neigh", "del", COORDINATOR, "dev", WORKERS_DEVICE);
    Shell.tryRun("ip", "-n", center(), "neigh", "del", address(worker), "dev", device(worker));
  }

  @Override
  public Endpoint endpoint() {
    return new Endpoint(COORDINATOR, Endpoint.DEFAULT_PORT);
  }

  @Override
  public List<String> coordinatorPrefix() {
    return List.of("ip", "netns", "exec", center());
  }

  @Override
  public List<String> workerPrefix(int worker) {
    return List.of("ip", "netns", "exec", place(worker));
  }

  @Override
  public List<String> coordinatorOptions() {
    return List.of("--bind", COORDINATOR, "--keys", keys.resolve("coordinator").toString());
  }

  @Override
  public List<String> workerOptions() {
    return List.of("--keys", keys.resolve("worker").toString());
  }

  @Override
  public void close() {
    made.forEach(Namespaces::remove);
  }

  private static void remove(String namespace) {
    try {
      Shell.tryRun("ip", "netns", "del", namespace);
    } catch (UncheckedIOException e) {
      // There is no such command, and so no namespace.
      return;
    }
  }

  /** Those of a benchmark that was killed, with what may still run in them. */
  private static void removeStale() {
    Shell.run("ip", "netns", "list")
        .lines()
        .map(line -> line.split(" ", 2)[0])
        .filter(Namespaces::isStale)
        .forEach(
            namespace -> {
              Shell.run("ip", "netns", "pids", namespace)
                  .lines()
                  .forEach(pid -> Shell.tryRun("kill", "-KILL", pid.strip()));
              remove(namespace);
            });
  }

  private static boolean isStale(String namespace) {
    if (!namespace.matches(PREFIX + "\\d+-.+")) {
      return false;
    }
    long owner = Long.parseLong(namespace.substring(PREFIX.length()).split("-", 2)[0]);
    return ProcessHandle.of(owner).isEmpty();
  }
}
