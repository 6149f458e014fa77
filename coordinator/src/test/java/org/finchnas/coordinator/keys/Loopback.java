package org.finchnas.coordinator.keys;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A question and an answer over mutual TLS between two real sockets of this machine. */
final class Loopback {

  private static final int GIVE_UP_MILLIS = 20_000;

  private Loopback() {}

  /** What became of each side; null if all went well. */
  record Outcome(@Nullable IOException server, @Nullable IOException client) {}

  static Outcome talk(SSLContext serving, SSLContext calling, String protocol, String host)
      throws IOException {
    try (SSLServerSocket listening =
        (SSLServerSocket)
            serving
                .getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      listening.setSoTimeout(GIVE_UP_MILLIS);
      listening.setNeedClientAuth(true);
      listening.setEnabledProtocols(new String[] {protocol});
      CompletableFuture<@Nullable IOException> server =
          CompletableFuture.supplyAsync(() -> failure(() -> answer(listening)));
      IOException client = failure(() -> ask(calling, host, listening.getLocalPort()));
      return new Outcome(server.join(), client);
    } catch (CompletionException e) {
      throw new IOException(e);
    }
  }

  /** The context of a node, from its stores alone. */
  static SSLContext context(ClusterKeys keys) throws IOException, GeneralSecurityException {
    return context(keys, keys);
  }

  /** The context of one who shows the key of some node and trusts as another does. */
  static SSLContext context(ClusterKeys shown, ClusterKeys trusted)
      throws IOException, GeneralSecurityException {
    KeyManagerFactory identity =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    identity.init(store(shown.identityStore(), shown.password()), shown.password().toCharArray());
    return context(identity.getKeyManagers(), trusted);
  }

  /** The context of one who knows the authority, but has no key. */
  static SSLContext contextWithoutKey(ClusterKeys keys)
      throws IOException, GeneralSecurityException {
    return context(new KeyManager[0], keys);
  }

  private static SSLContext context(KeyManager[] identity, ClusterKeys keys)
      throws IOException, GeneralSecurityException {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store(keys.trustStore(), keys.password()));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(identity, trust.getTrustManagers(), null);
    return context;
  }

  static KeyStore store(Path file, String password) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream stream = Files.newInputStream(file)) {
      store.load(stream, password.toCharArray());
    }
    return store;
  }

  private interface Exchange {
    void run() throws IOException;
  }

  private static @Nullable IOException failure(Exchange exchange) {
    try {
      exchange.run();
      return null;
    } catch (IOException e) {
      return e;
    }
  }

  private static void answer(SSLServerSocket listening) throws IOException {
    try (SSLSocket socket = (SSLSocket) listening.accept()) {
      socket.setSoTimeout(GIVE_UP_MILLIS);
      socket.getOutputStream().write(read(socket) + 1);
    }
  }

  private static void ask(SSLContext calling, String host, int port) throws IOException {
    try (SSLSocket socket = (SSLSocket) calling.getSocketFactory().createSocket(host, port)) {
      socket.setSoTimeout(GIVE_UP_MILLIS);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      socket.getOutputStream().write(41);
      if (read(socket) != 42) {
        throw new IOException("Another answer than was sent.");
      }
    }
  }

  private static int read(SSLSocket socket) throws IOException {
    int read = socket.getInputStream().read();
    if (read < 0) {
      throw new EOFException("The other side hung up.");
    }
    return read;
  }
}
