package org.finchnas.coordinator.keys;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Set;

/** A new folder that only its owner can look into; one random password opens all its stores. */
final class PrivateFolder {

  private static final Set<PosixFilePermission> OWN_FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> OWN_FILE =
      PosixFilePermissions.fromString("rw-------");

  private final Path folder;
  private final String password;

  private PrivateFolder(Path folder, String password) {
    this.folder = folder;
    this.password = password;
  }

  static void create(Path folder) throws IOException {
    // Private from its first moment: nobody must be quicker than a change of permissions.
    Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWN_FOLDER));
  }

  /** Closes a folder that is there already to all but its owner. */
  static void close(Path folder) throws IOException {
    Files.setPosixFilePermissions(folder, OWN_FOLDER);
  }

  static PrivateFolder createWithPassword(Path folder, SecureRandom random) throws IOException {
    create(folder);
    PrivateFolder created = new PrivateFolder(folder, Secrets.hex(random, Secrets.BYTES));
    created.writeText(ClusterKeys.PASSWORD, created.password);
    return created;
  }

  void writeIdentity(String file, String alias, Identity identity)
      throws IOException, GeneralSecurityException {
    KeyStore store = emptyStore();
    store.setKeyEntry(
        alias,
        identity.key(),
        password.toCharArray(),
        identity.chain().toArray(new Certificate[0]));
    writeStore(file, store);
  }

  void writeTrust(String file, String alias, X509Certificate authority)
      throws IOException, GeneralSecurityException {
    KeyStore store = emptyStore();
    store.setCertificateEntry(alias, authority);
    writeStore(file, store);
  }

  void writeText(String file, String text) throws IOException {
    write(file, (text + "\n").getBytes(StandardCharsets.US_ASCII));
  }

  private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(ClusterKeys.STORE_TYPE);
    store.load(null, null);
    return store;
  }

  private void writeStore(String file, KeyStore store)
      throws IOException, GeneralSecurityException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    store.store(bytes, password.toCharArray());
    write(file, bytes.toByteArray());
  }

  private void write(String file, byte[] content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            folder.resolve(file),
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(OWN_FILE))) {
      ByteBuffer left = ByteBuffer.wrap(content);
      while (left.hasRemaining()) {
        channel.write(left);
      }
      channel.force(true);
    }
  }
}
