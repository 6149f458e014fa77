package org.finchnas.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The walls of the house that Maven's modules and import rules do not already hold up. */
@AnalyzeClasses(packages = "org.finchnas", importOptions = DoNotIncludeTests.class)
final class WallsTest {

  @ArchTest
  static final ArchRule PACKAGES_ARE_FREE_OF_CYCLES =
      slices().matching("org.finchnas.(**)").should().beFreeOfCycles();

  /** A slot's standard input and output are its line to its owner. */
  @ArchTest
  static final ArchRule ONLY_THE_COMMAND_LINE_PRINTS =
      noClasses()
          .that()
          .resideOutsideOfPackages("org.finchnas.cli..", "org.finchnas.worker.slot..")
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .orShould()
          .callMethod(Throwable.class, "printStackTrace");

  @ArchTest
  static final ArchRule ONLY_THE_COMMAND_LINE_READS_THE_ENVIRONMENT =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.finchnas.cli..")
          .should()
          .callMethod(System.class, "getenv")
          .orShould()
          .callMethod(System.class, "getenv", String.class);

  @ArchTest
  static final ArchRule ONLY_THE_COMMAND_LINE_DECIDES_EXIT_CODES =
      noClasses()
          .that()
          .resideOutsideOfPackages("org.finchnas.cli..", "org.finchnas.worker.slot..")
          .should()
          .callMethod(System.class, "exit", int.class);

  @ArchTest
  static final ArchRule THE_WORKER_KNOWS_NEITHER_IGNITE_NOR_JENETICS =
      noClasses()
          .that()
          .resideInAPackage("org.finchnas.worker..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.ignite..", "io.jenetics..");

  @ArchTest
  static final ArchRule NOTHING_SLEEPS_TO_WAIT =
      noClasses().should().callMethod(Thread.class, "sleep", long.class);
}
