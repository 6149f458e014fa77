package org.finchnas.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackendServicesTest {

  private static final String SERVICE = "META-INF/services/org.example.Service";

  @TempDir private Path directory;

  private Path jar(String name, String clazz) throws IOException {
    Path root = directory.resolve(name);
    Files.createDirectories(root.resolve(clazz).getParent());
    Files.createFile(root.resolve(clazz));
    Files.createDirectories(root.resolve(SERVICE).getParent());
    Files.writeString(root.resolve(SERVICE), name);
    return root;
  }

  @Test
  void hidesTheServicesBesideAClassAndNothingElse() throws IOException {
    Path hidden = jar("hidden", "org/example/Hidden.class");
    Path shown = jar("shown", "org/example/Shown.class");
    URL[] path = {hidden.toUri().toURL(), shown.toUri().toURL()};
    try (URLClassLoader all = new URLClassLoader(path, null)) {
      ClassLoader some = BackendServices.without(all, "org/example/Hidden.class");
      assertThat(Collections.list(some.getResources(SERVICE)))
          .containsExactly(shown.resolve(SERVICE).toUri().toURL());
      assertThat(some.getResource(SERVICE)).isEqualTo(shown.resolve(SERVICE).toUri().toURL());
      assertThat(some.getResource("org/example/Hidden.class"))
          .isEqualTo(hidden.resolve("org/example/Hidden.class").toUri().toURL());
      assertThat(Collections.list(all.getResources(SERVICE))).hasSize(2);
    }
  }
}
