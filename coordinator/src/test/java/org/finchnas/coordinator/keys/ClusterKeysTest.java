package org.finchnas.coordinator.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ClusterKeysTest {

  private static final Instant MADE = Instant.parse("2026-03-01T12:00:00Z");
  private static final KeyRequest REQUEST = new KeyRequest(List.of(), 10);

  @TempDir private Path parent;

  private Path worker;

  @BeforeEach
  void makeKeys() throws IOException {
    worker = make("keys").worker();
  }

  private MadeKeys make(String name) throws IOException {
    return new KeyMaker(at(Duration.ZERO), new SecureRandom()).make(parent.resolve(name), REQUEST);
  }

  private static Clock at(Duration later) {
    return Clock.fixed(MADE.plus(later), ZoneOffset.UTC);
  }

  private ClusterKeys read() {
    return ClusterKeys.read(worker, at(Duration.ZERO));
  }

  private AbstractThrowableAssert<?, ?> assertRefused() {
    return assertThatThrownBy(this::read).isInstanceOf(KeyException.class);
  }

  @Test
  void showsNoSecret() {
    ClusterKeys keys = read();

    assertThat(keys.toString())
        .contains("identity.p12", "trust.p12", "2026-03-11T12:00:00Z")
        .doesNotContain(keys.password(), keys.token());
  }

  @Test
  void expiredKeysAreRefusedWithTheWayOut() {
    // By the clock of this machine: they were made in the past.
    assertThatThrownBy(() -> ClusterKeys.read(worker))
        .isInstanceOf(KeyException.class)
        .hasMessageContainingAll(
            "CN=Finch worker", "identity.p12", "expired since 2026-03-11T12:00:00Z")
        .hasMessageContaining("finch cluster keys");
  }

  @Test
  void areValidFromADayBackToTheirLastSecond() {
    assertThat(ClusterKeys.read(worker, at(Duration.ofDays(-1)))).isEqualTo(read());
    assertThat(ClusterKeys.read(worker, at(Duration.ofDays(10)))).isEqualTo(read());
    assertThatThrownBy(() -> ClusterKeys.read(worker, at(Duration.ofDays(10).plusSeconds(1))))
        .isInstanceOf(KeyException.class);
    assertThatThrownBy(() -> ClusterKeys.read(worker, at(Duration.ofDays(-1).minusSeconds(1))))
        .isInstanceOf(KeyException.class)
        .hasMessageContainingAll(
            "valid from 2026-02-28T12:00:00Z", "2026-02-28T11:59:59Z", "clock");
  }

  @ParameterizedTest
  @ValueSource(strings = {"identity.p12", "trust.p12", "password", "token"})
  void aMissingFileIsNamed(String file) throws IOException {
    Files.delete(worker.resolve(file));

    assertRefused().hasMessageContainingAll(worker.resolve(file) + " is missing", "Copy");
  }

  @Test
  void aFolderOfOtherThingsIsNamed() {
    assertThatThrownBy(() -> ClusterKeys.read(parent.resolve("none")))
        .isInstanceOf(KeyException.class)
        .hasMessageContainingAll(parent.resolve("none").toString(), "finch cluster keys --out DIR");
    assertThatThrownBy(() -> ClusterKeys.read(parent.resolve("keys")))
        .isInstanceOf(KeyException.class)
        .hasMessageContaining("Name %s or %s", worker.resolveSibling("coordinator"), worker);
  }

  @ParameterizedTest
  @ValueSource(strings = {"identity.p12", "trust.p12"})
  void aWrongPasswordIsTold(String store) throws IOException {
    Files.copy(
        make("others").worker().resolve(store),
        worker.resolve(store),
        StandardCopyOption.REPLACE_EXISTING);

    assertRefused()
        .hasMessageContaining(
            "%s does not open with the password in %s",
            worker.resolve(store), worker.resolve("password"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"identity.p12", "trust.p12"})
  void aDamagedStoreIsTold(String store) throws IOException {
    Files.write(worker.resolve(store), new byte[] {1, 2, 3});

    assertRefused().hasMessageContaining(worker.resolve(store) + " is damaged");
  }

  @Test
  void theAuthorityOfAnotherClusterDoesNotVouch() throws IOException, GeneralSecurityException {
    Path other = make("others").worker();
    KeyStore foreign = Loopback.store(other.resolve("trust.p12"), password(other));
    save(foreign, "trust.p12");

    assertRefused()
        .hasMessageContainingAll("CN=Finch worker", "identity.p12", "not vouched for", "trust.p12");
  }

  @Test
  void storesMustHoldWhatTheyAreFor() throws IOException, GeneralSecurityException {
    byte[] identity = Files.readAllBytes(worker.resolve("identity.p12"));
    byte[] trust = Files.readAllBytes(worker.resolve("trust.p12"));

    Files.write(worker.resolve("identity.p12"), trust);
    assertRefused().hasMessageContaining("must hold one private key, but holds 0");

    Files.write(worker.resolve("identity.p12"), identity);
    Files.write(worker.resolve("trust.p12"), identity);
    assertRefused().hasMessageContaining("must hold the certificate of an authority");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "0123456789abcdef0123456789abcde", "not hexadecimal, but long enough"})
  void aWeakTokenIsToldButNotShown(String token) throws IOException {
    Files.writeString(worker.resolve("token"), token);

    assertRefused().hasMessageContainingAll("token", "32 hexadecimal digits", "" + token.length());
    if (!token.isEmpty()) {
      assertRefused().hasMessageNotContaining(token);
    }
  }

  @Test
  void secretsOpenToOthersAreWarnedOf() throws IOException {
    assertThat(read().warnings()).isEmpty();
    Path token = worker.resolve("token");
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-r--r--"));

    assertThat(read().warnings())
        .containsExactly(
            "%s is open to other users (rw-r--r--). Close it: chmod 600 %s"
                .formatted(token, token));
  }

  private void save(KeyStore store, String file) throws IOException, GeneralSecurityException {
    try (OutputStream stream = Files.newOutputStream(worker.resolve(file))) {
      store.store(stream, password(worker).toCharArray());
    }
  }

  private static String password(Path node) throws IOException {
    return Files.readString(node.resolve("password")).strip();
  }
}
