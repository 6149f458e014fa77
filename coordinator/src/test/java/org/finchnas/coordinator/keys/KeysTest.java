package org.finchnas.coordinator.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class KeysTest {

  private static final KeyRequest REQUEST =
      new KeyRequest(List.of("Gpu-1.example", "10.0.0.7", "fd00::7"), 365);

  /** Not final: set before each test. */
  private MadeKeys made;

  private Path folder;

  @BeforeEach
  void makeKeys(@TempDir Path parent) throws IOException {
    folder = parent.resolve("new/keys");
    made = make(folder, REQUEST);
  }

  private static MadeKeys make(Path folder, KeyRequest request) throws IOException {
    return new KeyMaker(Clock.systemUTC(), new SecureRandom()).make(folder, request);
  }

  @ParameterizedTest
  @CsvSource({
    "TLSv1.3, localhost",
    "TLSv1.3, 127.0.0.1",
    "TLSv1.2, localhost",
    "TLSv1.2, 127.0.0.1",
  })
  void coordinatorAndWorkerTalkWhoeverCalls(String protocol, String host)
      throws IOException, GeneralSecurityException {
    SSLContext coordinator = Loopback.context(ClusterKeys.read(made.coordinator()));
    SSLContext worker = Loopback.context(ClusterKeys.read(made.worker()));

    assertThat(Loopback.talk(coordinator, worker, protocol, host))
        .isEqualTo(new Loopback.Outcome(null, null));
    assertThat(Loopback.talk(worker, coordinator, protocol, host))
        .isEqualTo(new Loopback.Outcome(null, null));
    assertThat(Loopback.talk(worker, worker, protocol, host))
        .isEqualTo(new Loopback.Outcome(null, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void aClientWithoutACertificateIsRefused(String protocol)
      throws IOException, GeneralSecurityException {
    Loopback.Outcome outcome =
        Loopback.talk(
            Loopback.context(ClusterKeys.read(made.coordinator())),
            Loopback.contextWithoutKey(ClusterKeys.read(made.worker())),
            protocol,
            "localhost");

    assertThat(outcome.server()).isInstanceOf(SSLHandshakeException.class);
    assertThat(outcome.client()).isNotNull();
  }

  /** The stranger trusts this cluster's authority, so that only its own key can be the reason. */
  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void aClientOfAnotherAuthorityIsRefused(String protocol, @TempDir Path other)
      throws IOException, GeneralSecurityException {
    ClusterKeys worker = ClusterKeys.read(made.worker());
    ClusterKeys stranger = ClusterKeys.read(make(other.resolve("keys"), REQUEST).worker());

    Loopback.Outcome outcome =
        Loopback.talk(
            Loopback.context(ClusterKeys.read(made.coordinator())),
            Loopback.context(stranger, worker),
            protocol,
            "localhost");

    assertThat(outcome.server()).isInstanceOf(SSLHandshakeException.class);
    assertThat(outcome.client()).isNotNull();
  }

  @Test
  void aServerOfAnotherAuthorityIsRefused(@TempDir Path other)
      throws IOException, GeneralSecurityException {
    ClusterKeys stranger = ClusterKeys.read(make(other.resolve("keys"), REQUEST).coordinator());

    Loopback.Outcome outcome =
        Loopback.talk(
            Loopback.context(stranger),
            Loopback.context(ClusterKeys.read(made.worker())),
            "TLSv1.3",
            "localhost");

    assertThat(outcome.client()).isInstanceOf(SSLHandshakeException.class);
  }

  @Test
  void onlyTheOwnerCanLookIn() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      assertThat(all)
          .hasSize(1 + 3 + 2 + 4 + 4)
          .allSatisfy(
              each ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
                      .as(each.toString())
                      .isEqualTo(Files.isDirectory(each) ? "rwx------" : "rw-------"));
    }
  }

  @Test
  void neverOverwritesAndLeavesNothingBehind() throws IOException {
    String token = Files.readString(made.worker().resolve("token"));

    assertThatThrownBy(() -> make(folder, REQUEST))
        .isInstanceOf(KeyException.class)
        .hasMessageContainingAll(folder.toString(), "not empty", "Name a new folder");
    assertThatThrownBy(() -> make(made.worker().resolve("token"), REQUEST))
        .isInstanceOf(KeyException.class)
        .hasMessageContaining("is a file");

    assertThat(made.worker().resolve("token")).hasContent(token.strip());
    try (Stream<Path> siblings = Files.list(folder.resolveSibling(""))) {
      assertThat(siblings).containsExactly(folder);
    }
  }

  /** It may be where the user stands: the folder stays, and is not replaced by another. */
  @Test
  void fillsAnEmptyFolder(@TempDir Path empty) throws IOException {
    Files.setPosixFilePermissions(empty, PosixFilePermissions.fromString("rwxr-xr-x"));
    Object same = fileKey(empty);

    assertThat(ClusterKeys.read(make(empty, REQUEST).worker()).warnings()).isEmpty();
    assertThat(fileKey(empty)).isEqualTo(same);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(empty)))
        .isEqualTo("rwx------");
    try (Stream<Path> content = Files.list(empty)) {
      assertThat(content)
          .containsExactlyInAnyOrder(
              empty.resolve("authority"), empty.resolve("coordinator"), empty.resolve("worker"));
    }
  }

  private static Object fileKey(Path folder) throws IOException {
    return Files.readAttributes(folder, BasicFileAttributes.class).fileKey();
  }

  @Test
  void aClusterHasOneTokenAndEachFolderItsPassword(@TempDir Path other) throws IOException {
    ClusterKeys coordinator = ClusterKeys.read(made.coordinator());
    ClusterKeys worker = ClusterKeys.read(made.worker());
    ClusterKeys stranger = ClusterKeys.read(make(other.resolve("keys"), REQUEST).worker());

    assertThat(coordinator.token()).isEqualTo(worker.token()).matches("[0-9a-f]{64}");
    assertThat(stranger.token()).isNotEqualTo(worker.token());
    assertThat(
            List.of(
                coordinator.password(),
                worker.password(),
                stranger.password(),
                Files.readString(made.authority().resolve("password")).strip()))
        .doesNotHaveDuplicates()
        .allMatch(password -> password.matches("[0-9a-f]{64}"));
  }

  @Test
  void certificatesSayWhatTheyAreFor(@TempDir Path other)
      throws IOException, GeneralSecurityException {
    Instant now = Instant.parse("2026-03-01T12:00:00Z");
    Clock clock = Clock.fixed(now, ZoneOffset.UTC);
    Path keys = other.resolve("keys");
    MadeKeys dated =
        new KeyMaker(clock, new SecureRandom()).make(keys, new KeyRequest(List.of("n"), 30));
    ClusterKeys worker = ClusterKeys.read(dated.worker(), clock);
    X509Certificate node =
        (X509Certificate)
            Loopback.store(worker.identityStore(), worker.password()).getCertificate("worker");
    X509Certificate authority =
        (X509Certificate)
            Loopback.store(worker.trustStore(), worker.password()).getCertificate("authority");

    for (X509Certificate each : List.of(node, authority)) {
      assertThat(each.getNotBefore()).isEqualTo("2026-02-28T12:00:00Z");
      assertThat(each.getNotAfter()).isEqualTo("2026-03-31T12:00:00Z");
      assertThat(each.getSigAlgName()).isEqualTo("SHA256withECDSA");
      assertThat(((ECPublicKey) each.getPublicKey()).getParams().getOrder().bitLength())
          .isEqualTo(256);
      assertThat(each.getCriticalExtensionOIDs())
          .containsExactlyInAnyOrder("2.5.29.15", "2.5.29.19");
    }
    assertThat(worker.notAfter()).isEqualTo(dated.notAfter()).isEqualTo("2026-03-31T12:00:00Z");
    assertThat(authority.getBasicConstraints()).isZero();
    assertThat(node.getBasicConstraints()).as("no authority").isEqualTo(-1);
    assertThat(node.getSubjectAlternativeNames())
        .containsExactly(List.of(2, "localhost"), List.of(7, "127.0.0.1"), List.of(2, "n"));
  }

  /** Java's own tool as the oracle: other code reads what was written. */
  @Test
  void keytoolReadsTheStores() throws IOException, InterruptedException {
    assertThat(keytool(made.worker(), "identity.p12"))
        .contains("Your keystore contains 1 entry", "PrivateKeyEntry", "chain length: 2")
        .contains("CN=Finch worker", "SHA256withECDSA", "256-bit EC (secp256r1) key")
        .contains("serverAuth", "clientAuth")
        .contains("DNSName: localhost", "IPAddress: 127.0.0.1", "DNSName: gpu-1.example")
        .contains("IPAddress: 10.0.0.7", "IPAddress: fd00:0:0:0:0:0:0:7");
    assertThat(keytool(made.coordinator(), "trust.p12"))
        .contains("Your keystore contains 1 entry", "trustedCertEntry", "Key_CertSign")
        .doesNotContain("PrivateKeyEntry");
    assertThat(keytool(made.authority(), "authority.p12"))
        .contains("PrivateKeyEntry", "CA:true", "PathLen:0");
  }

  private static String keytool(Path keys, String store) throws IOException, InterruptedException {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-Duser.language=en",
                "-list",
                "-v",
                "-keystore",
                keys.resolve(store).toString(),
                "-storepass:file",
                keys.resolve("password").toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(keytool.waitFor()).as(said).isZero();
    return said;
  }
}
