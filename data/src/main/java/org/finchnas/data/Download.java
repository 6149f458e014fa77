package org.finchnas.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLConnection;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Fetches one file. What has arrived of it is kept beside its place in a file that ends in {@code
 * .part}, and the next attempt asks for the rest. A file has its name only once its hash is right.
 */
final class Download {

  /** Attempts in a row that bring nothing new. */
  private static final int ATTEMPTS = 3;

  private static final int CONNECT_MILLIS = 20_000;
  private static final int SILENCE_MILLIS = 60_000;
  private static final int RANGE_NOT_SATISFIABLE = 416;

  private final URI address;
  private final Path file;
  private final Path part;
  private final String md5;
  private final FetchListener listener;

  /**
   * @param address http, https or file
   * @param md5 of the whole file, hexadecimal
   */
  Download(URI address, Path file, String md5, FetchListener listener) {
    this.address = address;
    this.file = file;
    this.part = file.resolveSibling(file.getFileName() + ".part");
    this.md5 = md5;
    this.listener = listener;
  }

  /**
   * @throws DataSetException if it cannot be had; what has arrived stays, unless it is wrong
   */
  void run() {
    boolean resumed = sizeOfPart() > 0;
    transferWithRetries();
    String actual = md5OfPart();
    if (!actual.equals(md5) && resumed) {
      // The beginning was of another file, or damaged: once more, from the first byte.
      delete();
      transferWithRetries();
      actual = md5OfPart();
    }
    if (!actual.equals(md5)) {
      long size = sizeOfPart();
      delete();
      throw new DataSetException(
          "%s gave %d bytes with the MD5 %s, but the published file has %s. It was deleted. Perhaps a page of your network stands in its place, or the file has moved: fetch it by hand into %s, or name another address with --data-url."
              .formatted(address, size, actual, md5, file.toAbsolutePath().getParent()));
    }
    try {
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private void transferWithRetries() {
    int fruitless = 0;
    while (true) {
      long before = sizeOfPart();
      try {
        transfer(before);
        return;
      } catch (UnknownHostException e) {
        throw failure(e);
      } catch (IOException e) {
        fruitless = sizeOfPart() > before ? 0 : fruitless + 1;
        if (fruitless == ATTEMPTS) {
          throw failure(e);
        }
      }
    }
  }

  private void transfer(long here) throws IOException {
    listener.begins(address.toString(), here);
    URLConnection connection = address.toURL().openConnection();
    connection.setConnectTimeout(CONNECT_MILLIS);
    connection.setReadTimeout(SILENCE_MILLIS);
    boolean append = false;
    if (connection instanceof HttpURLConnection http) {
      if (here > 0) {
        http.setRequestProperty("Range", "bytes=%d-".formatted(here));
      }
      int status = http.getResponseCode();
      if (status == RANGE_NOT_SATISFIABLE && here > 0) {
        return; // all of it is here; its hash will tell
      }
      if (status != HttpURLConnection.HTTP_OK && status != HttpURLConnection.HTTP_PARTIAL) {
        throw new IOException(
            "the server answers %d %s".formatted(status, http.getResponseMessage()));
      }
      append = status == HttpURLConnection.HTTP_PARTIAL;
    }
    try (InputStream in = connection.getInputStream()) {
      copy(in, append ? here : 0, connection.getContentLengthLong());
    }
  }

  private void copy(InputStream in, long from, long length) throws IOException {
    long total = length < 0 ? -1 : from + length;
    long bytes = from;
    try (OutputStream out =
        from > 0
            ? Files.newOutputStream(part, StandardOpenOption.APPEND)
            : Files.newOutputStream(part)) {
      byte[] buffer = new byte[1 << 16];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        out.write(buffer, 0, read);
        bytes += read;
        listener.progress(bytes, total);
      }
    }
    if (total >= 0 && bytes < total) {
      throw new IOException("the connection ended after %d of %d bytes".formatted(bytes, total));
    }
  }

  private long sizeOfPart() {
    try {
      return Files.exists(part) ? Files.size(part) : 0;
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private String md5OfPart() {
    try (InputStream in = Files.newInputStream(part)) {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      byte[] buffer = new byte[1 << 16];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw failure(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }

  private void delete() {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private DataSetException failure(IOException cause) {
    String reason =
        cause instanceof UnknownHostException
            ? "the host %s is not known: is there a network?".formatted(address.getHost())
            : String.valueOf(cause.getMessage());
    long here = Files.exists(part) ? part.toFile().length() : 0;
    return new DataSetException(
        "%s cannot be fetched (%s).%s Try again, fetch it by hand into %s, or name another address with --data-url."
            .formatted(
                address,
                reason,
                here > 0 ? " %d bytes of it are kept.".formatted(here) : "",
                file.toAbsolutePath().getParent()),
        cause);
  }
}
