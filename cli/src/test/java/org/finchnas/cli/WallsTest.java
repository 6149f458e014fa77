package org.finchnas.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The walls of the house that Maven's modules and import rules do not already hold up. Plain tests,
 * since Surefire counts none of ArchUnit's own.
 */
final class WallsTest {

  private static final String CLI = "org.finchnas.cli..";
  private static final String SLOT = "org.finchnas.worker.slot..";
  private static final String CUDA = "org.finchnas.worker.cuda..";

  /** Not final: read once for all tests. */
  private static JavaClasses house;

  @BeforeAll
  static void readTheHouse() {
    house =
        new ClassFileImporter()
            .withImportOption(new DoNotIncludeTests())
            .importPackages("org.finchnas");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "searchspace",
        "evaluation",
        "data",
        "evolution",
        "worker",
        "mobile",
        "coordinator",
        "cli"
      })
  void everyModuleIsLookedAt(String module) {
    assertThat(house).anyMatch(each -> each.getPackageName().startsWith("org.finchnas." + module));
  }

  @Test
  void packagesAreFreeOfCycles() {
    slices().matching("org.finchnas.(**)").should().beFreeOfCycles().check(house);
  }

  /** The standard output of a slot and of the process that asks CUDA is a line to its owner. */
  @Test
  void onlyTheCommandLinePrints() {
    noClasses()
        .that()
        .resideOutsideOfPackages(CLI, SLOT, CUDA)
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(Throwable.class, "printStackTrace")
        .check(house);
  }

  @Test
  void onlyTheCommandLineReadsTheEnvironment() {
    noClasses()
        .that()
        .resideOutsideOfPackage(CLI)
        .should()
        .callMethod(System.class, "getenv")
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .check(house);
  }

  @Test
  void onlyTheCommandLineDecidesExitCodes() {
    noClasses()
        .that()
        .resideOutsideOfPackages(CLI, SLOT, CUDA)
        .should()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "halt", int.class)
        .check(house);
  }

  @Test
  void librariesStayInTheirRooms() {
    onlyIn("org.finchnas.evolution.jenetics..", "io.jenetics..");
    onlyIn("org.finchnas.worker..", "org.nd4j..", "org.deeplearning4j..", "org.bytedeco.dnnl..");
    noClasses()
        .that()
        .resideOutsideOfPackages("org.finchnas.worker..", "org.finchnas.mobile..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.bytedeco..")
        .check(house);
    onlyIn("org.finchnas.coordinator.ignite..", "org.apache.ignite..");
    onlyIn("org.finchnas.coordinator.keys..", "org.bouncycastle..");
    onlyIn("org.finchnas.mobile..", "ai.onnxruntime..", "org.bytedeco.tensorflowlite..");
    onlyIn("org.finchnas.mobile..", "org.tensorflow..", "com.google.flatbuffers..");
  }

  /** Else a mistake of the writer would be one of the reader too. */
  @Test
  void theCoreMlDecoderSharesNothingWithTheWriter() {
    noClasses()
        .that()
        .resideInAPackage("org.finchnas.mobile.coreml.decoder")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.finchnas.mobile.coreml",
            "org.finchnas.mobile.coreml.proto",
            "org.finchnas.mobile.graph..",
            "com.google.protobuf..")
        .check(house);
  }

  @Test
  void nothingSleepsToWait() {
    noClasses().should().callMethod(Thread.class, "sleep", long.class).check(house);
  }

  private static void onlyIn(String room, String... libraries) {
    noClasses()
        .that()
        .resideOutsideOfPackage(room)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(libraries)
        .check(house);
  }
}
