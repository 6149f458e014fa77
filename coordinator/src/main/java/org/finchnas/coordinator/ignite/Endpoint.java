package org.finchnas.coordinator.ignite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/**
 * Where a coordinator listens: on this port for who comes and goes, on the next for messages.
 *
 * @param host name or address
 */
public record Endpoint(String host, int port) {

  /** Below the ports that Linux gives to outgoing connections; IANA has assigned it to nobody. */
  public static final int DEFAULT_PORT = 28460;

  private static final int TRIES = 100;
  private static final int FIRST_PORT = 1024;
  private static final int LAST_PORT = 65534;

  public Endpoint {
    if (host.isBlank() || port < FIRST_PORT || port > LAST_PORT) {
      throw new IllegalArgumentException(
          "A coordinator's address needs a host (%s) and a port (%d) from %d to %d, as in gpu-1:%d."
              .formatted(host, port, FIRST_PORT, LAST_PORT, DEFAULT_PORT));
    }
  }

  /**
   * Reads {@code HOST} or {@code HOST:PORT}, an IPv6 address in brackets.
   *
   * @throws IllegalArgumentException if it is neither
   */
  public static Endpoint parse(String text) {
    int colon = text.lastIndexOf(':');
    boolean hasPort = colon > text.lastIndexOf(']');
    String host = hasPort ? text.substring(0, colon) : text;
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    try {
      return new Endpoint(
          host, hasPort ? Integer.parseInt(text.substring(colon + 1)) : DEFAULT_PORT);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "%s must be HOST:PORT, as in gpu-1:%d.".formatted(text, DEFAULT_PORT), e);
    }
  }

  /**
   * An address of this machine whose two ports nobody has at the moment.
   *
   * @throws UncheckedIOException if there are none
   */
  public static Endpoint free(String host) {
    IOException last = new IOException("no port is free");
    for (int i = 0; i < TRIES; i++) {
      try (ServerSocket first = new ServerSocket()) {
        first.bind(new InetSocketAddress(InetAddress.getByName(host), 0));
        try (ServerSocket second = new ServerSocket()) {
          second.bind(new InetSocketAddress(InetAddress.getByName(host), first.getLocalPort() + 1));
          return new Endpoint(host, first.getLocalPort());
        }
      } catch (IOException | IllegalArgumentException e) {
        last = new IOException(e);
      }
    }
    throw new UncheckedIOException(last);
  }

  /** The port for messages. */
  int messagePort() {
    return port + 1;
  }

  /** Whether only processes of this machine can reach it. */
  public boolean isLoopback() {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      // Nobody can reach it, but it is not known to be this machine.
      return false;
    }
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
