package org.finchnas.data;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 of what a network sees. For the training and then the test images: count, channels,
 * height, width and every label as big-endian 32-bit integers, then the pixels.
 */
final class ContentHash {

  private ContentHash() {}

  static String of(ImageSet train, ImageSet test) {
    MessageDigest digest = sha256();
    update(digest, train);
    update(digest, test);
    return HexFormat.of().formatHex(digest.digest());
  }

  static String of(byte[] bytes) {
    return HexFormat.of().formatHex(sha256().digest(bytes));
  }

  private static void update(MessageDigest digest, ImageSet images) {
    ByteBuffer head = ByteBuffer.allocate(4 * (4 + images.size()));
    head.putInt(images.size()).putInt(images.channels());
    head.putInt(images.height()).putInt(images.width());
    for (int image = 0; image < images.size(); image++) {
      head.putInt(images.label(image));
    }
    digest.update(head.flip());
    byte[] pixels = new byte[images.imageBytes()];
    for (int image = 0; image < images.size(); image++) {
      images.read(image, pixels, 0);
      digest.update(pixels);
    }
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
