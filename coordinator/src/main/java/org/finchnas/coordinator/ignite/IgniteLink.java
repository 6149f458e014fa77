package org.finchnas.coordinator.ignite;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteException;
import org.apache.ignite.IgniteState;
import org.apache.ignite.Ignition;
import org.apache.ignite.lang.IgniteFuture;
import org.finchnas.coordinator.cluster.worker.CoordinatorLink;
import org.finchnas.coordinator.cluster.worker.LinkException;
import org.finchnas.coordinator.cluster.worker.RefusedException;
import org.jspecify.annotations.Nullable;

/**
 * A worker's way to its coordinator: an Ignite client that calls it. It is started when the
 * coordinator is there, reconnects by itself, and is started again should Ignite give it up.
 */
public final class IgniteLink implements CoordinatorLink {

  private static final int PROBE_MILLIS = 3000;
  private static final long JOIN_MILLIS = 20_000;
  private static final long CALL_MILLIS = 15_000;

  private final Endpoint endpoint;
  private final ClusterSecurity security;
  private final String build;
  private final Consumer<String> log;
  private final WorkDirectory work = WorkDirectory.make();
  private final String name = "finch-worker-" + UUID.randomUUID();

  // Guarded by this object.
  private @Nullable Ignite node;
  private boolean closed;

  /**
   * @param log takes what Ignite warns of
   */
  public IgniteLink(
      Endpoint endpoint, ClusterSecurity security, String build, Consumer<String> log) {
    NodeSettings.requireOpenPackages();
    this.endpoint = endpoint;
    this.security = security;
    this.build = build;
    this.log = log;
  }

  /**
   * {@inheritDoc}
   *
   * @throws RefusedException if the coordinator did not let this node join
   */
  @Override
  public byte[] call(byte[] request) throws LinkException {
    Ignite ignite = node();
    try {
      IgniteFuture<byte[]> reply =
          ignite
              .compute(ignite.cluster().forServers())
              .withNoFailover()
              .withTimeout(CALL_MILLIS)
              .callAsync(new RemoteCall(request));
      return RemoteCall.answer(reply.get(CALL_MILLIS));
    } catch (IgniteException | IllegalStateException e) {
      throw new LinkException("%s does not answer: %s".formatted(endpoint, e.getMessage()), e);
    } catch (IOException e) {
      throw new LinkException("%s answers: %s".formatted(endpoint, e.getMessage()), e);
    }
  }

  private synchronized Ignite node() throws LinkException {
    Ignite running = node;
    if (closed) {
      throw new LinkException("The worker ends.");
    }
    if (running != null && Ignition.state(name) == IgniteState.STARTED) {
      return running;
    }
    probe();
    try {
      Ignite started =
          Ignition.start(
              NodeSettings.worker(endpoint, security, build, work, JOIN_MILLIS, log)
                  .setIgniteInstanceName(name));
      node = started;
      return started;
    } catch (IgniteException e) {
      throw failed(e);
    }
  }

  /** Cheaper than Ignite's own waiting, and says plainly what is wrong. */
  private void probe() throws LinkException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(endpoint.host(), endpoint.port()), PROBE_MILLIS);
    } catch (UnknownHostException e) {
      // Its message is the name, and no more.
      throw new LinkException("%s: host %s is unknown".formatted(endpoint, endpoint.host()), e);
    } catch (IOException | IllegalArgumentException e) {
      throw new LinkException("%s: %s".formatted(endpoint, e.getMessage()), e);
    }
  }

  private LinkException failed(IgniteException e) {
    JoinFailure failure = JoinFailure.of(e, security);
    String message = "The coordinator at %s %s".formatted(endpoint, failure.message());
    if (failure.isFinal()) {
      throw new RefusedException(message);
    }
    return new LinkException(message, e);
  }

  @Override
  public void close() {
    Ignite running;
    synchronized (this) {
      closed = true;
      running = node;
      node = null;
    }
    if (running != null) {
      running.close();
    }
    work.close();
  }
}
