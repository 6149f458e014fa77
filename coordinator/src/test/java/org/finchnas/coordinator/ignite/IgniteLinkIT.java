package org.finchnas.coordinator.ignite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.ignite.Ignite;
import org.apache.ignite.Ignition;
import org.apache.ignite.failure.FailureContext;
import org.apache.ignite.failure.FailureType;
import org.apache.ignite.internal.IgniteEx;
import org.apache.ignite.lang.IgniteCallable;
import org.finchnas.coordinator.SearchInputException;
import org.finchnas.coordinator.cluster.worker.LinkException;
import org.finchnas.coordinator.cluster.worker.RefusedException;
import org.finchnas.coordinator.keys.ClusterKeys;
import org.finchnas.coordinator.keys.KeyMaker;
import org.finchnas.coordinator.keys.KeyRequest;
import org.finchnas.coordinator.keys.MadeKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real nodes over real sockets of this machine. */
class IgniteLinkIT {

  private static final ClusterSecurity PLAIN = new ClusterSecurity("token", null);
  private static final String BUILD = "1.0+abc";

  @TempDir private Path directory;

  private final Endpoint endpoint = Endpoint.free("127.0.0.1");
  private final List<RuntimeException> givenUp = new CopyOnWriteArrayList<>();
  private final List<String> log = new CopyOnWriteArrayList<>();

  private IgniteServer serve(ClusterSecurity security, Answerer answerer) {
    return IgniteServer.start(endpoint, security, BUILD, answerer, givenUp::add, log::add);
  }

  private IgniteLink link(ClusterSecurity security, String build) {
    return new IgniteLink(endpoint, security, build, log::add);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void bytesComeBackWhateverTheirSizeAndAlsoFromACoordinatorThatWasStartedAgain()
      throws IOException {
    byte[] large = new byte[600_000];
    new Random(1).nextBytes(large);
    try (IgniteLink link = link(PLAIN, BUILD)) {
      assertThatExceptionOfType(LinkException.class)
          .isThrownBy(() -> link.call(bytes("early")))
          .withMessageContaining("Connection refused");
      try (IgniteServer server = serve(PLAIN, request -> request)) {
        assertThat(server).isNotNull();
        assertThat(link.call(large)).isEqualTo(large);
        assertThat(link.call(new byte[0])).isEmpty();
      }
      assertThatExceptionOfType(LinkException.class).isThrownBy(() -> link.call(bytes("alone")));
      try (IgniteServer server = serve(PLAIN, request -> bytes("again"))) {
        assertThat(server).isNotNull();
        assertThat(eventually(link, bytes("back?"))).isEqualTo(bytes("again"));
      }
    }
  }

  @Test
  void aHostThatNobodyKnowsIsNamedAsSuch() {
    Endpoint nowhere = new Endpoint("finch-nowhere.invalid", Endpoint.DEFAULT_PORT);
    try (IgniteLink link = new IgniteLink(nowhere, PLAIN, BUILD, log::add)) {
      assertThatExceptionOfType(LinkException.class)
          .isThrownBy(() -> link.call(bytes("anybody?")))
          .withMessageContaining("host finch-nowhere.invalid is unknown");
    }
  }

  /** An Error that left a job would end the coordinator's node. */
  @Test
  void whateverAnAnswererThrowsComesBackAsAMessageAndTheNodeLives() throws IOException {
    Answerer answerer =
        request -> {
          switch (new String(request, StandardCharsets.UTF_8)) {
            case "memory" -> throw new OutOfMemoryError("all of it");
            case "disk" -> throw new IOException("the disk is full");
            default -> {
              return request;
            }
          }
        };
    try (IgniteServer server = serve(PLAIN, answerer);
        IgniteLink link = link(PLAIN, BUILD)) {
      assertThat(server).isNotNull();
      assertThatExceptionOfType(LinkException.class)
          .isThrownBy(() -> link.call(bytes("memory")))
          .withMessageContaining("all of it");
      assertThatExceptionOfType(LinkException.class)
          .isThrownBy(() -> link.call(bytes("disk")))
          .withMessageContaining("the disk is full");
      assertThat(link.call(bytes("well"))).isEqualTo(bytes("well"));
    }
  }

  @Test
  void strangersAreSentAwayWithAReason() {
    try (IgniteServer server = serve(PLAIN, request -> request);
        IgniteLink otherToken = link(new ClusterSecurity("guessed", null), BUILD);
        IgniteLink otherBuild = link(PLAIN, "0.9+def")) {
      assertThat(server).isNotNull();
      assertThatExceptionOfType(RefusedException.class)
          .isThrownBy(() -> otherToken.call(bytes("hello")))
          .withMessageContaining("cluster token is another")
          .withMessageContaining("FINCH_CLUSTER_TOKEN");
      assertThatExceptionOfType(RefusedException.class)
          .isThrownBy(() -> otherBuild.call(bytes("hello")))
          .withMessageContaining("runs Finch 0.9+def, and the coordinator runs 1.0+abc");
    }
  }

  @Test
  void keysOfOneClusterOpenItAndOthersDoNot() throws IOException {
    MadeKeys ours = keys("ours");
    MadeKeys theirs = keys("theirs");
    try (IgniteServer server = serve(tls(ours.coordinator()), request -> request);
        IgniteLink member = link(tls(ours.worker()), BUILD);
        IgniteLink plain = link(PLAIN, BUILD);
        IgniteLink stranger = link(tls(theirs.worker()), BUILD)) {
      assertThat(server).isNotNull();
      assertThat(member.call(bytes("secret"))).isEqualTo(bytes("secret"));
      assertThatExceptionOfType(RefusedException.class)
          .isThrownBy(() -> plain.call(bytes("hello")))
          .withMessageContaining("wants mutual TLS")
          .withMessageContaining("--keys");
      assertThatExceptionOfType(RefusedException.class)
          .isThrownBy(() -> stranger.call(bytes("hello")))
          .withMessageContaining("another authority");
      assertThat(member.call(bytes("still"))).isEqualTo(bytes("still"));
    }
  }

  @Test
  void aWorkerWithKeysIsToldOfACoordinatorWithout() throws IOException {
    try (IgniteServer server = serve(PLAIN, request -> request);
        IgniteLink link = link(tls(keys("ours").worker()), BUILD)) {
      assertThat(server).isNotNull();
      assertThatExceptionOfType(LinkException.class)
          .isThrownBy(() -> link.call(bytes("hello")))
          .withMessageContaining("without --keys");
    }
  }

  @Test
  void aCoordinatorThatDiesInTheHandshakeIsTriedAgain() throws Exception {
    InetAddress here = InetAddress.getLoopbackAddress();
    try (ServerSocket dying = new ServerSocket(endpoint.port(), 50, here);
        IgniteLink link = link(tls(keys("ours").worker()), BUILD)) {
      Thread hangsUp =
          new Thread(
              () -> {
                try {
                  while (true) {
                    dying.accept().close();
                  }
                } catch (IOException e) {
                  return;
                }
              });
      hangsUp.start();
      assertThatExceptionOfType(LinkException.class)
          .isThrownBy(() -> link.call(bytes("hello")))
          .withMessageNotContaining("Exception");
      dying.close();
      hangsUp.join();
    }
  }

  /** As when a node runs for longer than its certificate is valid. */
  @Test
  void certificatesThatExpiredSinceTheyWereReadAreNamed() throws IOException {
    Clock longAgo = Clock.offset(Clock.systemUTC(), Duration.ofDays(-10));
    MadeKeys old =
        new KeyMaker(longAgo, new SecureRandom())
            .make(directory.resolve("old"), new KeyRequest(List.of(), 5));
    ClusterSecurity theirs =
        new ClusterSecurity("token", ClusterKeys.read(old.coordinator(), longAgo));
    ClusterSecurity ours = new ClusterSecurity("token", ClusterKeys.read(old.worker(), longAgo));
    try (IgniteServer server = serve(theirs, request -> request);
        IgniteLink link = link(ours, BUILD)) {
      assertThat(server).isNotNull();
      assertThatExceptionOfType(RefusedException.class)
          .isThrownBy(() -> link.call(bytes("hello")))
          .withMessageContaining("not valid now")
          .withMessageContaining("finch cluster keys");
    }
  }

  /** As when Ignite gives up a node, and something else has its port for the moment. */
  @Test
  void aNodeThatFailedIsStartedAgainAsSoonAsItCan() throws Exception {
    try (IgniteServer server = serve(PLAIN, request -> request);
        IgniteLink link = link(PLAIN, BUILD)) {
      assertThat(server).isNotNull();
      link.call(bytes("before"));
      fail(coordinator());
      InetAddress here = InetAddress.getLoopbackAddress();
      try (ServerSocket taken = socketAt(endpoint.messagePort(), here)) {
        assertThat(taken.isBound()).isTrue();
        awaitLog("attempt 1 failed");
      }
      assertThat(eventually(link, bytes("after"))).isEqualTo(bytes("after"));
      assertThat(givenUp).isEmpty();
    }
  }

  private static Ignite coordinator() {
    return Ignition.allGrids().stream()
        .filter(node -> node.name().startsWith("finch-coordinator"))
        .findFirst()
        .orElseThrow();
  }

  private static void fail(Ignite node) {
    ((IgniteEx) node)
        .context()
        .failure()
        .process(new FailureContext(FailureType.CRITICAL_ERROR, new IllegalStateException("test")));
  }

  /** As soon as the port is free. */
  private static ServerSocket socketAt(int port, InetAddress here) throws IOException {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (true) {
      try {
        return new ServerSocket(port, 1, here);
      } catch (BindException e) {
        if (System.nanoTime() > end) {
          throw e;
        }
      }
    }
  }

  private void awaitLog(String part) {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (log.stream().noneMatch(line -> line.contains(part))) {
      assertThat(System.nanoTime()).as("time until the log says %s", part).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  @Test
  void aPortInUseIsNamedWithTheWayOut() throws IOException {
    InetAddress here = InetAddress.getLoopbackAddress();
    try (ServerSocket taken = new ServerSocket(endpoint.messagePort(), 1, here)) {
      assertThat(taken.isBound()).isTrue();
      assertThatExceptionOfType(SearchInputException.class)
          .isThrownBy(() -> serve(PLAIN, request -> request))
          .withMessageContaining("Port " + endpoint.messagePort())
          .withMessageContaining("--port");
    }
  }

  /** A worker's own code has no business in the coordinator, nor the other way round. */
  @Test
  void noClassButOursIsReadFromTheNetwork() {
    try (IgniteServer server = serve(PLAIN, request -> request)) {
      assertThat(server).isNotNull();
      try (Ignite stranger =
          Ignition.start(
              NodeSettings.worker(
                      endpoint, PLAIN, BUILD, WorkDirectory.make(directory), 20_000, log::add)
                  .setIgniteInstanceName("stranger"))) {
        IgniteCallable<String> code = new Intruder();
        assertThatExceptionOfType(RuntimeException.class)
            .isThrownBy(
                () ->
                    stranger
                        .compute(stranger.cluster().forServers())
                        .withNoFailover()
                        .withTimeout(5_000)
                        .call(code));
        assertThat(Intruder.ran).isFalse();
      }
    }
  }

  /** Would run in the coordinator's process if Ignite let it. */
  private static final class Intruder implements IgniteCallable<String> {
    private static final long serialVersionUID = 1;
    private static volatile boolean ran;

    @Override
    public String call() {
      ran = true;
      return "in";
    }
  }

  /** Reconnecting takes the client a moment; nothing but the deadline is timed. */
  private static byte[] eventually(IgniteLink link, byte[] request) throws IOException {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (true) {
      try {
        return link.call(request);
      } catch (LinkException e) {
        if (System.nanoTime() > end) {
          throw e;
        }
      }
    }
  }

  private MadeKeys keys(String name) throws IOException {
    return new KeyMaker(Clock.systemUTC(), new SecureRandom())
        .make(directory.resolve(name), new KeyRequest(List.of(), 1));
  }

  private static ClusterSecurity tls(Path folder) {
    ClusterKeys keys = ClusterKeys.read(folder);
    return new ClusterSecurity("token", keys);
  }
}
