package org.finchnas.coordinator.ignite;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteException;
import org.apache.ignite.IgniteState;
import org.apache.ignite.Ignition;
import org.apache.ignite.IgnitionListener;
import org.finchnas.coordinator.SearchInputException;
import org.jspecify.annotations.Nullable;

/**
 * The coordinator's Ignite node, the only server of its cluster. Search and run do not depend on
 * it: should Ignite stop it, another one is started.
 */
public final class IgniteServer implements AutoCloseable {

  private static final int RESTARTS = 20;
  private static final long RESTART_PAUSE_SECONDS = 3;

  private final Endpoint endpoint;
  private final ClusterSecurity security;
  private final String build;
  private final Answerer answerer;
  private final Consumer<RuntimeException> givenUp;
  private final Consumer<String> log;
  private final WorkDirectory work = WorkDirectory.make();
  private final String name = "finch-coordinator-" + UUID.randomUUID();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final IgnitionListener revival = this::stateChanged;

  // Guarded by this object.
  private @Nullable Ignite node;
  private boolean closed;

  private IgniteServer(
      Endpoint endpoint,
      ClusterSecurity security,
      String build,
      Answerer answerer,
      Consumer<RuntimeException> givenUp,
      Consumer<String> log) {
    this.endpoint = endpoint;
    this.security = security;
    this.build = build;
    this.answerer = answerer;
    this.givenUp = givenUp;
    this.log = log;
  }

  /**
   * Begins to listen.
   *
   * @param givenUp told why if Ignite stops and cannot be started again
   * @param log takes what Ignite warns of
   * @throws SearchInputException if a port is in use
   * @throws IllegalStateException if Ignite cannot work
   */
  public static IgniteServer start(
      Endpoint endpoint,
      ClusterSecurity security,
      String build,
      Answerer answerer,
      Consumer<RuntimeException> givenUp,
      Consumer<String> log) {
    NodeSettings.requireOpenPackages();
    requireFree(endpoint, endpoint.port());
    requireFree(endpoint, endpoint.messagePort());
    IgniteServer server = new IgniteServer(endpoint, security, build, answerer, givenUp, log);
    boolean started = false;
    try {
      server.startNode();
      started = true;
    } finally {
      if (!started) {
        server.close();
      }
    }
    Ignition.addListener(server.revival);
    return server;
  }

  private static void requireFree(Endpoint endpoint, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(endpoint.host()), port));
    } catch (IOException e) {
      throw new SearchInputException(
          "Port %d of %s cannot be had (%s), perhaps because another search has it. Choose another with --port; Finch needs it and the next one."
              .formatted(port, endpoint.host(), e.getMessage()));
    }
  }

  private synchronized void startNode() {
    // A start that fails may itself be told as a failure, so that two threads come here.
    if (closed || Ignition.state(name) == IgniteState.STARTED) {
      return;
    }
    try {
      Ignite started =
          Ignition.start(
              NodeSettings.coordinator(endpoint, security, build, work, log)
                  .setIgniteInstanceName(name));
      started.cluster().<String, Answerer>nodeLocalMap().put(RemoteCall.ANSWERER, answerer);
      node = started;
    } catch (IgniteException e) {
      throw new IllegalStateException(
          "The cluster cannot be started at %s: %s"
              .formatted(endpoint, String.join(" / ", Causes.all(e))),
          e);
    }
  }

  private void stateChanged(@Nullable String instance, IgniteState state) {
    boolean failed =
        state == IgniteState.STOPPED_ON_FAILURE || state == IgniteState.STOPPED_ON_SEGMENTATION;
    if (failed && name.equals(instance)) {
      log.accept("ignite stopped (" + state + ") and is started again");
      Thread restart = new Thread(this::restart, "ignite-restart");
      restart.setDaemon(true);
      restart.start();
    }
  }

  /** Again and again for a while: its port may be taken for the moment, or memory short. */
  private void restart() {
    for (int attempt = 1; ; attempt++) {
      try {
        startNode();
        return;
      } catch (RuntimeException | Error e) {
        log.accept("attempt %d failed: %s".formatted(attempt, e.getMessage()));
        if (attempt == RESTARTS) {
          givenUp.accept(
              e instanceof RuntimeException known ? known : new IllegalStateException(e));
          return;
        }
      }
      if (isClosedWithin(RESTART_PAUSE_SECONDS)) {
        return;
      }
    }
  }

  private boolean isClosedWithin(long seconds) {
    try {
      return closing.await(seconds, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  @Override
  public void close() {
    Ignite running;
    synchronized (this) {
      closed = true;
      running = node;
      node = null;
    }
    closing.countDown();
    Ignition.removeListener(revival);
    if (running != null) {
      running.close();
    }
    work.close();
  }
}
