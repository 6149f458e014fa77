package org.finchnas.benchmarks.cluster;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import org.finchnas.coordinator.ignite.Answerer;

/** Answers workers over plain sockets, a thread each, as Ignite has for who comes and goes. */
final class SocketServer implements AutoCloseable {

  private static final int BACKLOG = 1000;

  private final ServerSocket server;
  private final Answerer answerer;

  SocketServer(Answerer answerer) {
    this.answerer = answerer;
    try {
      this.server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket worker = server.accept();
        start(() -> serve(worker));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void serve(Socket worker) {
    try (worker) {
      worker.setTcpNoDelay(true);
      DataInputStream in = new DataInputStream(new BufferedInputStream(worker.getInputStream()));
      DataOutputStream out =
          new DataOutputStream(new BufferedOutputStream(worker.getOutputStream()));
      while (true) {
        byte[] request = new byte[in.readInt()];
        in.readFully(request);
        byte[] reply = answerer.answer(request);
        out.writeInt(reply.length);
        out.write(reply);
        out.flush();
      }
    } catch (EOFException | SocketException e) {
      // The worker is gone.
    } catch (IOException e) {
      System.err.println("A worker is sent away: " + e);
    }
  }

  private static void start(Runnable runnable) {
    Thread thread = new Thread(runnable, "socket");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
