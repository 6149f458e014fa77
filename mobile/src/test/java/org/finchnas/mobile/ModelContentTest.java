package org.finchnas.mobile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelContentTest {

  @TempDir private Path folder;

  @Test
  void aPackageReplacesOneAlsoAfterACrashBetweenTheMoves() throws IOException {
    Path target = model("model.mlpackage", "old");
    Path part = model("part", "new");
    model("part.old", "left by a crash");

    ModelContent.move(part, target);

    assertThat(target.resolve("weights")).hasContent("new");
    assertThat(folder).isDirectoryNotContaining(path -> !path.equals(target));
  }

  @Test
  void aFolderOfTheUsersIsNotTakenForAFile() throws IOException {
    Path target = model("model.onnx", "mine");
    Path part = Files.writeString(folder.resolve("part"), "file");

    assertThatThrownBy(() -> ModelContent.move(part, target))
        .isInstanceOf(FileAlreadyExistsException.class)
        .hasMessageContaining("it is a folder");
    assertThat(target.resolve("weights")).hasContent("mine");
  }

  private Path model(String name, String content) throws IOException {
    Path model = Files.createDirectory(folder.resolve(name));
    Files.writeString(model.resolve("weights"), content);
    return model;
  }
}
