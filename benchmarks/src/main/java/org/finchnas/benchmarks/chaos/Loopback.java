package org.finchnas.benchmarks.chaos;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.finchnas.coordinator.ignite.Endpoint;

/** All on this machine, as it is. */
record Loopback(Endpoint endpoint) implements Network {

  private static final String HOST = "127.0.0.1";

  /** Below those that the system gives to outgoing connections, one of which might be had. */
  private static final int FIRST_PORT = 21_000;

  private static final int PAIRS = 5000;

  /**
   * A network on ports that are free now, and that are not the first choice of another benchmark:
   * while a coordinator is dead nobody holds its ports.
   */
  static Loopback free() {
    long first = ProcessHandle.current().pid();
    for (int i = 0; i < PAIRS; i++) {
      int port = FIRST_PORT + 2 * (int) ((first + i) % PAIRS);
      if (isFree(port) && isFree(port + 1)) {
        return new Loopback(new Endpoint(HOST, port));
      }
    }
    throw new IllegalStateException("No port of this machine is free.");
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public List<String> coordinatorPrefix() {
    return List.of();
  }

  @Override
  public List<String> workerPrefix(int worker) {
    return List.of();
  }

  @Override
  public List<String> coordinatorOptions() {
    return List.of();
  }

  @Override
  public List<String> workerOptions() {
    return List.of();
  }
}
