package org.finchnas.data;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * An array of bytes in the IDX layout of the MNIST authors: two zero bytes, the type (8 is unsigned
 * byte), the number of dimensions, each dimension as a big-endian 32-bit integer, the values.
 *
 * @param values the last dimension runs fastest; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // read once, by one caller
record IdxFile(List<Integer> dimensions, byte[] values) {

  private static final int UNSIGNED_BYTES = 8;

  /**
   * Reads a file, unpacking it if its name ends in {@code .gz}.
   *
   * @throws DataSetException if it is no such file, of another number of dimensions, or cut short
   * @throws IOException if it cannot be read or unpacked
   */
  static IdxFile read(Path file, int dimensions) throws IOException {
    try (InputStream raw = Files.newInputStream(file);
        InputStream unpacked = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
        DataInputStream in = new DataInputStream(new BufferedInputStream(unpacked))) {
      int magic = in.readInt();
      if (magic != (UNSIGNED_BYTES << 8 | dimensions)) {
        throw new DataSetException(
            "%s begins with 0x%08x, but an IDX file of bytes in %d dimensions begins with 0x%08x. Delete it, and it is fetched again."
                .formatted(file, magic, dimensions, UNSIGNED_BYTES << 8 | dimensions));
      }
      List<Integer> sizes = new ArrayList<>();
      long count = 1;
      for (int i = 0; i < dimensions; i++) {
        int size = in.readInt();
        sizes.add(size);
        count = size < 1 ? -1 : Math.multiplyExact(count, size);
        if (count < 1 || count > Integer.MAX_VALUE - 8) {
          throw new DataSetException(
              "%s says that it holds %s values. Is it an IDX file? Delete it, and it is fetched again."
                  .formatted(file, sizes));
        }
      }
      byte[] values = in.readNBytes((int) count);
      if (values.length != count || in.read() >= 0) {
        throw new DataSetException(
            "%s says that it holds %s values, but has %s. It is cut short or altered: delete it, and it is fetched again."
                .formatted(file, sizes, values.length == count ? "more" : "only " + values.length));
      }
      return new IdxFile(List.copyOf(sizes), values);
    }
  }
}
