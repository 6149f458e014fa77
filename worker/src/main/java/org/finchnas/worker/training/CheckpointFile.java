package org.finchnas.worker.training;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.finchnas.evaluation.Epoch;

/**
 * A checkpoint as bytes: {@code FNK1}, the number of epochs, loss and accuracy of each, the number
 * of parameters, parameters, velocity, and a CRC-32C of all that; big-endian.
 */
final class CheckpointFile {

  private static final int MAGIC = 'F' << 24 | 'N' << 16 | 'K' << 8 | '1';
  private static final int EPOCH_BYTES = 2 * Double.BYTES;
  private static final int FIXED_BYTES = 3 * Integer.BYTES + Long.BYTES;

  private CheckpointFile() {}

  static byte[] bytes(Checkpoint checkpoint) {
    int values = checkpoint.parameters().length;
    ByteBuffer bytes = ByteBuffer.allocate(size(checkpoint.curve().size(), values));
    bytes.putInt(MAGIC).putInt(checkpoint.curve().size());
    for (Epoch epoch : checkpoint.curve()) {
      bytes.putDouble(epoch.trainLoss()).putDouble(epoch.validationAccuracy());
    }
    bytes.putInt(values);
    put(bytes, checkpoint.parameters());
    put(bytes, checkpoint.velocity());
    return bytes.putLong(checksum(bytes.array())).array();
  }

  /** Empty if the bytes are no whole checkpoint. */
  static Optional<Checkpoint> read(byte[] file) {
    ByteBuffer bytes = ByteBuffer.wrap(file);
    if (file.length < FIXED_BYTES
        || bytes.getLong(file.length - Long.BYTES) != checksum(file)
        || bytes.getInt() != MAGIC) {
      return Optional.empty();
    }
    List<Epoch> curve = new ArrayList<>();
    for (int epochs = bytes.getInt(); epochs > 0; epochs--) {
      curve.add(new Epoch(bytes.getDouble(), bytes.getDouble()));
    }
    int values = bytes.getInt();
    return Optional.of(new Checkpoint(curve, floats(bytes, values), floats(bytes, values)));
  }

  private static int size(int epochs, int values) {
    long size = FIXED_BYTES + (long) epochs * EPOCH_BYTES + 2L * values * Float.BYTES;
    return Math.toIntExact(size);
  }

  private static void put(ByteBuffer bytes, float[] values) {
    bytes.asFloatBuffer().put(values);
    bytes.position(bytes.position() + values.length * Float.BYTES);
  }

  private static float[] floats(ByteBuffer bytes, int count) {
    float[] values = new float[count];
    bytes.asFloatBuffer().get(values);
    bytes.position(bytes.position() + count * Float.BYTES);
    return values;
  }

  private static long checksum(byte[] file) {
    CRC32C checksum = new CRC32C();
    checksum.update(file, 0, file.length - Long.BYTES);
    return checksum.getValue();
  }
}
