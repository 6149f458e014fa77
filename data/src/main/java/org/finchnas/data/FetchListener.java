package org.finchnas.data;

/** Hears how far the fetching of published files is. */
public interface FetchListener {

  /**
   * A file is about to be fetched, or the rest of one.
   *
   * @param address where from
   * @param bytesHere how much of it is here already
   */
  void begins(String address, long bytesHere);

  /**
   * Some more has arrived; called often.
   *
   * @param bytes of the file that are here
   * @param total of the file, or -1 if the server does not say
   */
  void progress(long bytes, long total);
}
