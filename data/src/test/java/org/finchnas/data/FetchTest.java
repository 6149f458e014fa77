package org.finchnas.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real server of the JDK that can be told to misbehave. */
class FetchTest {

  private static final FetchListener NOBODY =
      new FetchListener() {
        @Override
        public void begins(String address, long bytesHere) {}

        @Override
        public void progress(long bytes, long total) {}
      };

  @TempDir Path data;

  private final Map<String, byte[]> content = new TreeMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();

  /** How many answers still break off, and after how many bytes. */
  private final AtomicInteger broken = new AtomicInteger();

  private volatile int breakAfter;
  private volatile boolean ranges = true;
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    String name = exchange.getRequestURI().getPath().substring(1);
    asked.add(name + (range == null ? "" : " " + range));
    byte[] bytes = content.get(name);
    if (bytes == null) {
      exchange.sendResponseHeaders(404, -1);
      exchange.close();
      return;
    }
    int from = 0;
    if (range != null && ranges) {
      from = Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
      if (from >= bytes.length) {
        exchange.sendResponseHeaders(416, -1);
        exchange.close();
        return;
      }
    }
    exchange.sendResponseHeaders(from > 0 ? 206 : 200, bytes.length - from);
    int length = bytes.length - from;
    if (broken.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      length = Math.min(length, breakAfter);
    }
    OutputStream out = exchange.getResponseBody();
    out.write(bytes, from, length);
    out.flush();
    exchange.close();
  }

  private String base() {
    return "http://127.0.0.1:%d".formatted(server.getAddress().getPort());
  }

  private static byte[] random(long seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static String md5(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
  }

  /** A set of one plain file, complete when that file is there. */
  private PublishedSet plain(String name, byte[] bytes) throws Exception {
    return set(List.of(new PublishedFile(name, md5(bytes))), false, name);
  }

  private static PublishedSet set(List<PublishedFile> files, boolean packed, String needed) {
    return new PublishedSet(
        "set",
        "of a test",
        "http://home.example/",
        "http://nowhere.invalid/",
        files,
        "folder",
        packed,
        directory ->
            new PublishedFiles() {
              @Override
              public Path directory() {
                return directory.resolve("folder");
              }

              @Override
              public List<String> missing() {
                return Files.exists(directory().resolve(needed)) ? List.of() : List.of(needed);
              }

              @Override
              public String fingerprint() {
                return "";
              }

              @Override
              public DataSet read() {
                throw new UnsupportedOperationException();
              }
            });
  }

  private void fetch(PublishedSet set) {
    new Fetch(set, data, base(), NOBODY).run();
  }

  private Path here(String name) {
    return data.resolve("folder").resolve(name);
  }

  @Test
  void aFileIsFetchedOnce() throws Exception {
    byte[] bytes = random(1, 300_000);
    content.put("a.gz", bytes);
    fetch(plain("a.gz", bytes));
    assertThat(here("a.gz")).hasBinaryContent(bytes);
    assertThat(data.resolve("folder")).isDirectoryNotContaining("glob:**.part");
    fetch(plain("a.gz", bytes));
    assertThat(asked).containsExactly("a.gz");
  }

  @Test
  void aBrokenDownloadGoesOnWhereItEnded() throws Exception {
    byte[] bytes = random(2, 300_000);
    content.put("a.gz", bytes);
    breakAfter = 70_000;
    broken.set(4);
    List<Long> begins = new ArrayList<>();
    FetchListener listener =
        new FetchListener() {
          @Override
          public void begins(String address, long bytesHere) {
            begins.add(bytesHere);
          }

          @Override
          public void progress(long bytes, long total) {
            assertThat(total).isEqualTo(300_000);
          }
        };
    new Fetch(plain("a.gz", bytes), data, base(), listener).run();
    assertThat(here("a.gz")).hasBinaryContent(bytes);
    assertThat(begins).hasSize(5).startsWith(0L).isSorted();
    assertThat(begins.get(4)).isPositive();
    assertThat(asked.get(4)).isEqualTo("a.gz bytes=%d-".formatted(begins.get(4)));
  }

  @Test
  void whatAnEarlierProcessLeftIsUsed() throws Exception {
    byte[] bytes = random(3, 300_000);
    content.put("a.gz", bytes);
    Files.createDirectories(data.resolve("folder"));
    Files.write(here("a.gz.part"), Arrays.copyOf(bytes, 123_456));
    fetch(plain("a.gz", bytes));
    assertThat(here("a.gz")).hasBinaryContent(bytes);
    assertThat(asked).containsExactly("a.gz bytes=123456-");
  }

  @Test
  void aWholePartIsOnlyCheckedAgain() throws Exception {
    byte[] bytes = random(4, 1_000);
    content.put("a.gz", bytes);
    Files.createDirectories(data.resolve("folder"));
    Files.write(here("a.gz.part"), bytes);
    fetch(plain("a.gz", bytes));
    assertThat(here("a.gz")).hasBinaryContent(bytes);
  }

  @Test
  void aServerWithoutRangesBeginsAgain() throws Exception {
    byte[] bytes = random(5, 200_000);
    content.put("a.gz", bytes);
    ranges = false;
    Files.createDirectories(data.resolve("folder"));
    Files.write(here("a.gz.part"), random(6, 50_000));
    fetch(plain("a.gz", bytes));
    assertThat(here("a.gz")).hasBinaryContent(bytes);
  }

  @Test
  void aPartOfAnotherFileIsFetchedFromItsBeginning() throws Exception {
    byte[] bytes = random(7, 200_000);
    content.put("a.gz", bytes);
    Files.createDirectories(data.resolve("folder"));
    Files.write(here("a.gz.part"), random(8, 50_000));
    fetch(plain("a.gz", bytes));
    assertThat(here("a.gz")).hasBinaryContent(bytes);
    assertThat(asked).containsExactly("a.gz bytes=50000-", "a.gz");
  }

  @Test
  void anotherFileThanPublishedIsRefused() throws Exception {
    byte[] bytes = random(9, 1_000);
    content.put("a.gz", random(10, 1_000));
    assertThatThrownBy(() -> fetch(plain("a.gz", bytes)))
        .isInstanceOf(DataSetException.class)
        .hasMessageContaining(base() + "/a.gz gave 1000 bytes")
        .hasMessageContaining(md5(bytes))
        .hasMessageContaining("--data-url");
    assertThat(here("a.gz")).doesNotExist();
    assertThat(here("a.gz.part")).doesNotExist();
  }

  @Test
  void aServerThatKeepsBreakingOffIsGivenUpAndWhatCameIsKept() throws Exception {
    byte[] bytes = random(11, 200_000);
    content.put("a.gz", bytes);
    breakAfter = 0;
    broken.set(100);
    Files.createDirectories(data.resolve("folder"));
    Files.write(here("a.gz.part"), Arrays.copyOf(bytes, 1_000));
    assertThatThrownBy(() -> fetch(plain("a.gz", bytes)))
        .isInstanceOf(DataSetException.class)
        .hasMessageContaining("1000 bytes of it are kept");
    assertThat(asked).hasSize(3);
    assertThat(here("a.gz.part")).hasSize(1_000);
  }

  @Test
  void whatIsNotThereIsNamedWithTheAnswer() throws Exception {
    PublishedSet set = plain("gone.gz", new byte[1]);
    assertThatThrownBy(() -> fetch(set))
        .isInstanceOf(DataSetException.class)
        .hasMessageContaining(base() + "/gone.gz")
        .hasMessageContaining("the server answers 404")
        .hasMessageContaining("by hand into " + data.resolve("folder"));
  }

  @Test
  void withoutANetworkTheHostIsNamed() throws Exception {
    PublishedSet set = plain("a.gz", new byte[1]);
    assertThatThrownBy(() -> new Fetch(set, data, null, NOBODY).run())
        .isInstanceOf(DataSetException.class)
        .hasMessageContaining("the host nowhere.invalid is not known: is there a network?")
        .hasMessageContaining("--data-url");
  }

  @Test
  void aFolderServesAsAddress(@TempDir Path mirror) throws Exception {
    byte[] bytes = random(12, 5_000);
    Files.write(mirror.resolve("a.gz"), bytes);
    new Fetch(plain("a.gz", bytes), data, mirror.toUri().toString(), NOBODY).run();
    assertThat(here("a.gz")).hasBinaryContent(bytes);
  }

  @Test
  void anAddressThatIsNoneIsRefused() throws Exception {
    PublishedSet set = plain("a.gz", new byte[1]);
    for (String base : List.of("ftp://host/", "not an address", "/folder")) {
      assertThatThrownBy(() -> new Fetch(set, data, base, NOBODY).run())
          .isInstanceOf(DataSetException.class)
          .hasMessageContaining("must begin with http://, https:// or file:///");
    }
  }

  @Test
  void anArchiveIsUnpackedAndGoes() throws Exception {
    Map<String, byte[]> files = new TreeMap<>();
    files.put("folder/train.bin", random(13, 10_000));
    files.put("folder/readme.html", random(14, 100));
    files.put("folder/deep/er.bin", new byte[1]);
    files.put("../folder/escape.bin", new byte[1]);
    files.put("other/train.bin", new byte[1]);
    byte[] archive = tar(files, "folder/link");
    content.put("a.tar.gz", archive);
    PublishedSet set = set(List.of(new PublishedFile("a.tar.gz", md5(archive))), true, "train.bin");
    fetch(set);
    assertThat(here("train.bin")).hasBinaryContent(random(13, 10_000));
    try (var listed = Files.list(data.resolve("folder"))) {
      assertThat(listed.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("train.bin", "readme.html");
    }
    try (var listed = Files.list(data)) {
      assertThat(listed.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("folder", ".set.lock");
    }
  }

  @Test
  void whatIsMissingOfAnUnpackedSetIsAddedToIt() throws Exception {
    byte[] archive =
        tar(Map.of("folder/train.bin", new byte[] {1}, "folder/test.bin", new byte[] {2}), "");
    content.put("a.tar.gz", archive);
    Files.createDirectories(data.resolve("folder"));
    Files.write(here("test.bin"), new byte[] {3});
    fetch(set(List.of(new PublishedFile("a.tar.gz", md5(archive))), true, "train.bin"));
    assertThat(here("train.bin")).hasBinaryContent(new byte[] {1});
    assertThat(here("test.bin")).hasBinaryContent(new byte[] {3});
  }

  private static byte[] tar(Map<String, byte[]> files, String link) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
        entry.setSize(file.getValue().length);
        tar.putArchiveEntry(entry);
        tar.write(file.getValue());
        tar.closeArchiveEntry();
      }
      if (!link.isEmpty()) {
        TarArchiveEntry entry = new TarArchiveEntry(link, TarConstants.LF_SYMLINK);
        entry.setLinkName("/etc/passwd");
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }
}
