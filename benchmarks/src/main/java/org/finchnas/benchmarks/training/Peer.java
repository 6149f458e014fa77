package org.finchnas.benchmarks.training;

import org.finchnas.benchmarks.PeerProcess;

/** The process that trains with LibTorch. */
final class Peer implements Side, AutoCloseable {

  private final PeerProcess process;
  private final String layout;

  Peer(String layout) {
    this.layout = layout;
    process = new PeerProcess("LibTorchPeer");
  }

  @Override
  public String name() {
    return "LibTorch, " + layout;
  }

  @Override
  public long train(String network, int batch, int steps) {
    String answer = process.ask(String.join(" ", network, layout, "" + batch, "" + steps));
    try {
      return Long.parseLong(answer);
    } catch (NumberFormatException e) {
      throw new IllegalStateException("LibTorch answered: " + answer, e);
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
