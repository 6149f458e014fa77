package org.finchnas.data;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A decoded data set as one file to be mapped: a header (magic number, version, shape, counts,
 * length of the text, checksum of the body, checksum of the header), the text (content hash, labels
 * and warnings), the labels of the training and of the test images as 32-bit integers, and their
 * pixels. All numbers are big-endian.
 */
final class DataSetFile {

  private static final long MAGIC = 0x46494e4348534554L; // FINCHSET
  private static final int VERSION = 1;
  private static final int HEADER_BYTES = 44;
  private static final int WRITE_BYTES = 1 << 16;

  private DataSetFile() {}

  static void write(Path file, DataSet set) throws IOException {
    byte[] text = text(set);
    CRC32C body = new CRC32C();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.position(HEADER_BYTES);
      OutputStream out =
          new BufferedOutputStream(
              new CheckedOutputStream(Channels.newOutputStream(channel), body), WRITE_BYTES);
      out.write(text);
      writeLabels(out, set.train());
      writeLabels(out, set.test());
      writePixels(out, set.train());
      writePixels(out, set.test());
      out.flush();
      writeFully(channel.position(0), header(set, text.length, (int) body.getValue()));
    }
  }

  private static ByteBuffer header(DataSet set, int textBytes, int bodyChecksum) {
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).putLong(MAGIC).putInt(VERSION);
    header.putInt(set.train().channels()).putInt(set.train().height()).putInt(set.train().width());
    header.putInt(set.train().size()).putInt(set.test().size());
    header.putInt(textBytes).putInt(bodyChecksum);
    return header.putInt(checksum(List.of(header.duplicate().flip()))).flip();
  }

  /** The data set in a file, or null if the file is not a whole and sound one. */
  static @Nullable DataSet read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
      while (header.hasRemaining() && channel.read(header) >= 0) {}
      if (header.flip().remaining() < HEADER_BYTES || !sound(header)) {
        return null;
      }
      Layout layout = Layout.of(header);
      if (layout.fileBytes() != channel.size()) {
        return null;
      }
      List<ByteBuffer> body = layout.map(channel);
      return checksum(body) == layout.bodyChecksum ? layout.dataSet(body) : null;
    }
  }

  private static boolean sound(ByteBuffer header) {
    ByteBuffer summed = header.slice(0, HEADER_BYTES - 4);
    return header.getLong(0) == MAGIC
        && header.getInt(8) == VERSION
        && header.getInt(HEADER_BYTES - 4) == checksum(List.of(summed));
  }

  private static int checksum(List<ByteBuffer> parts) {
    CRC32C crc = new CRC32C();
    parts.forEach(part -> crc.update(part.duplicate()));
    return (int) crc.getValue();
  }

  private static void writeLabels(OutputStream out, ImageSet images) throws IOException {
    ByteBuffer labels = ByteBuffer.allocate(Integer.BYTES * images.size());
    labels.asIntBuffer().put(images.labels());
    out.write(labels.array());
  }

  /** Image by image: those that are {@linkplain Selection chosen} do not lie in a row. */
  private static void writePixels(OutputStream out, ImageSet images) throws IOException {
    byte[] pixels = new byte[images.imageBytes()];
    for (int image = 0; image < images.size(); image++) {
      images.read(image, pixels, 0);
      out.write(pixels);
    }
  }

  private static byte[] text(DataSet set) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeUTF(set.contentHash());
    for (List<String> lines : List.of(set.labels(), set.warnings())) {
      out.writeInt(lines.size());
      for (String line : lines) {
        out.writeUTF(line);
      }
    }
    return bytes.toByteArray();
  }

  private static List<String> lines(DataInputStream in) throws IOException {
    int count = in.readInt();
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lines.add(in.readUTF());
    }
    return lines;
  }

  private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private record Layout(
      int channels, int height, int width, int train, int test, int text, int bodyChecksum) {

    static Layout of(ByteBuffer header) {
      ByteBuffer at = header.duplicate().position(12);
      return new Layout(
          at.getInt(),
          at.getInt(),
          at.getInt(),
          at.getInt(),
          at.getInt(),
          at.getInt(),
          at.getInt());
    }

    long imageBytes() {
      return (long) channels * height * width;
    }

    List<Long> parts() {
      long label = Integer.BYTES;
      return List.of(
          (long) text, label * train, label * test, imageBytes() * train, imageBytes() * test);
    }

    long fileBytes() {
      return HEADER_BYTES + parts().stream().mapToLong(Long::longValue).sum();
    }

    List<ByteBuffer> map(FileChannel channel) throws IOException {
      List<ByteBuffer> mapped = new ArrayList<>();
      long offset = HEADER_BYTES;
      for (long bytes : parts()) {
        mapped.add(channel.map(MapMode.READ_ONLY, offset, bytes));
        offset += bytes;
      }
      return mapped;
    }

    DataSet dataSet(List<ByteBuffer> body) throws IOException {
      byte[] bytes = new byte[text];
      body.get(0).duplicate().get(bytes);
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
      String hash = in.readUTF();
      List<String> labels = lines(in);
      return new DataSet(
          "",
          labels,
          images(body.get(3), body.get(1)),
          images(body.get(4), body.get(2)),
          hash,
          lines(in));
    }

    private ImageSet images(ByteBuffer pixels, ByteBuffer labels) {
      return new PackedImages(pixels, labels.asIntBuffer(), channels, height, width);
    }
  }
}
