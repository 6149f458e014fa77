package org.finchnas.benchmarks.cluster;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import org.finchnas.coordinator.cluster.worker.CoordinatorLink;
import org.finchnas.coordinator.cluster.worker.LinkException;
import org.jspecify.annotations.Nullable;

/** The other end of a {@link SocketServer}: one call at a time, each a length and its bytes. */
final class SocketLink implements CoordinatorLink {

  private final int port;

  // Guarded by this object.
  private @Nullable Socket socket;

  SocketLink(int port) {
    this.port = port;
  }

  @Override
  public synchronized byte[] call(byte[] request) throws LinkException {
    try {
      Socket connected = socket;
      if (connected == null) {
        connected = new Socket(InetAddress.getLoopbackAddress(), port);
        connected.setTcpNoDelay(true);
        socket = connected;
      }
      DataOutputStream out =
          new DataOutputStream(new BufferedOutputStream(connected.getOutputStream()));
      out.writeInt(request.length);
      out.write(request);
      out.flush();
      DataInputStream in = new DataInputStream(new BufferedInputStream(connected.getInputStream()));
      byte[] reply = new byte[in.readInt()];
      in.readFully(reply);
      return reply;
    } catch (IOException e) {
      close();
      throw new LinkException("The coordinator does not answer: " + e.getMessage(), e);
    }
  }

  @Override
  public synchronized void close() {
    if (socket != null) {
      try {
        socket.close();
      } catch (IOException e) {
        // It is as good as closed.
      }
      socket = null;
    }
  }
}
