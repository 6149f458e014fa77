package org.finchnas.cli;

import org.finchnas.data.FetchListener;

/** Tells how far a download is: rewritten in place on a terminal, else one line a file. */
final class FetchLine implements FetchListener {

  private final Output output;
  private boolean open;
  private long lastPercent;

  FetchLine(Output output) {
    this.output = output;
  }

  @Override
  public void begins(String address, long bytesHere) {
    end();
    lastPercent = -1;
    output.say(
        bytesHere == 0 ? "Fetching %s" : "Fetching %s, of which %s are here",
        address,
        Quantity.bytes(bytesHere));
  }

  @Override
  public void progress(long bytes, long total) {
    long percent = total <= 0 ? bytes >> 20 : 100 * bytes / total;
    if (output.isTerminal() && percent != lastPercent) {
      lastPercent = percent;
      open = true;
      String of = total <= 0 ? "" : " of %s, %d %%".formatted(Quantity.bytes(total), percent);
      output.out().print("\r\u001b[K  " + Quantity.bytes(bytes) + of);
      output.out().flush();
    }
  }

  /** Leaves the line as it stands and goes on below it. */
  void end() {
    if (open) {
      open = false;
      output.out().println();
      output.out().flush();
    }
  }
}
