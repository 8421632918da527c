package dev.candles.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.candles.job.sink.FlinkPath;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The arrows between the modules, and what no package may do. */
@AnalyzeClasses(
    packages = "dev.candles",
    importOptions = {
      ImportOption.DoNotIncludeTests.class,
      ArchitectureTest.DoNotIncludeTestJars.class
    })
class ArchitectureTest {
  private static final String TEXT = "dev.candles.text..";
  private static final String CORE = "dev.candles.core..";
  private static final String SOURCES = "dev.candles.sources..";
  private static final String LAKE = "dev.candles.lake..";
  private static final String JOB = "dev.candles.job..";
  private static final String SIMULATOR = "dev.candles.sim..";
  private static final String BATCH = "dev.candles.batch..";
  private static final String CLI = "dev.candles.cli..";
  private static final String REPLAY = "dev.candles.cli.replay..";

  /** What the tests of this module take from those of another. */
  public static final class DoNotIncludeTestJars implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar");
    }
  }

  @ArchTest
  static final ArchRule CORE_KNOWS_ONLY_THE_JDK =
      classes()
          .that()
          .resideInAPackage(CORE)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(CORE, TEXT, "java..", "org.jspecify..");

  @ArchTest
  static final ArchRule WORDS_KNOW_NOTHING_OF_THE_DOMAIN =
      classes()
          .that()
          .resideInAPackage(TEXT)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(TEXT, "java..", "org.jspecify..");

  @ArchTest
  static final ArchRule CORE_DOES_NO_INPUT_OR_OUTPUT =
      noClasses()
          .that()
          .resideInAnyPackage(CORE, TEXT)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.nio.file..", "java.net..", "java.util.concurrent..");

  @ArchTest
  static final ArchRule SOURCES_DO_NOT_KNOW_FILES_OR_THE_JOB =
      noClasses()
          .that()
          .resideInAPackage(SOURCES)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(LAKE, JOB, SIMULATOR, CLI);

  @ArchTest
  static final ArchRule THE_LAKE_KNOWS_ONLY_CORE =
      noClasses()
          .that()
          .resideInAPackage(LAKE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(SOURCES, JOB, SIMULATOR, CLI);

  @ArchTest
  static final ArchRule THE_SIMULATOR_KNOWS_ONLY_CORE =
      noClasses()
          .that()
          .resideInAPackage(SIMULATOR)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(SOURCES, LAKE, JOB, CLI);

  @ArchTest
  static final ArchRule THE_JOB_DOES_NOT_KNOW_WHO_STARTS_IT =
      noClasses()
          .that()
          .resideInAPackage(JOB)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(SIMULATOR, CLI);

  @ArchTest
  static final ArchRule BOUNDED_JOBS_KNOW_THE_LAKE_AND_CORE_ONLY =
      noClasses()
          .that()
          .resideInAPackage(BATCH)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(SOURCES, JOB, SIMULATOR, CLI);

  @ArchTest
  static final ArchRule BOUNDED_JOBS_DO_NOT_KNOW_EACH_OTHER =
      slices().matching("dev.candles.batch.(*)..").should().notDependOnEachOther();

  @ArchTest
  static final ArchRule THE_COLLECTOR_DOES_NOT_KNOW_THE_BOUNDED_JOBS =
      noClasses()
          .that()
          .resideInAnyPackage(CORE, SOURCES, LAKE, JOB, SIMULATOR)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(BATCH);

  /** A replay is a venue's decoder and the rules of core: no lake, no job, no command. */
  @ArchTest
  static final ArchRule A_REPLAY_KNOWS_DECODERS_AND_RULES_ONLY =
      classes()
          .that()
          .resideInAPackage(REPLAY)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              REPLAY,
              CORE,
              TEXT,
              "dev.candles.sources.venue..",
              "dev.candles.sources.transport..",
              "dev.candles.lake.json..",
              "java..",
              "com.fasterxml.jackson.core..",
              "org.jspecify..");

  @ArchTest
  static final ArchRule THE_LAKE_HAS_NO_CYCLE =
      slices().matching("dev.candles.lake.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule RULES_AND_VENUES_ARE_FREE_OF_FLINK =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.candles.sources.venue..",
              "dev.candles.batch.quality.check..",
              "dev.candles.batch.quality.scan..",
              "dev.candles.batch.quality.report..",
              LAKE,
              SIMULATOR)
          .or()
          .haveSimpleNameEndingWith("Plan")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.flink..");

  @ArchTest
  static final ArchRule VENUES_DO_NOT_KNOW_EACH_OTHER =
      slices().matching("dev.candles.sources.venue.(*)..").should().notDependOnEachOther();

  @ArchTest
  static final ArchRule SIMULATED_VENUES_DO_NOT_KNOW_EACH_OTHER =
      slices().matching("dev.candles.sim.venue.(*)..").should().notDependOnEachOther();

  @ArchTest
  static final ArchRule ONLY_THE_TRANSPORT_OPENS_CLIENT_SOCKETS =
      noClasses()
          .that(not(resideInAnyPackage("dev.candles.sources.transport..", SIMULATOR)))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.net.http..", "org.java_websocket..")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.net.Socket");

  /** A URI escapes what Flink does not: {@link FlinkPath} is the one way to name a folder. */
  @ArchTest
  static final ArchRule FOLDERS_BECOME_FLINKS_IN_ONE_PLACE =
      noClasses()
          .that(not(type(FlinkPath.class)))
          .should()
          .callMethod(java.nio.file.Path.class, "toUri")
          .orShould()
          .callMethod(java.io.File.class, "toURI")
          .orShould()
          .callConstructor(org.apache.flink.core.fs.Path.class, String.class)
          .orShould()
          .callConstructor(org.apache.flink.core.fs.Path.class, java.net.URI.class);

  /** In 85 languages a number would have other digits, in Turkish a letter another case. */
  @ArchTest
  static final ArchRule NOTHING_IS_WRITTEN_IN_THE_LANGUAGE_OF_THE_MACHINE =
      noClasses()
          .should()
          .callMethod(String.class, "format", String.class, Object[].class)
          .orShould()
          .callMethod(String.class, "formatted", Object[].class)
          .orShould()
          .callMethod(String.class, "toLowerCase")
          .orShould()
          .callMethod(String.class, "toUpperCase")
          .orShould()
          .callMethod(PrintWriter.class, "printf", String.class, Object[].class)
          .orShould()
          .callMethod(PrintWriter.class, "format", String.class, Object[].class)
          .orShould()
          .callMethod(PrintStream.class, "printf", String.class, Object[].class)
          .orShould()
          .callMethod(PrintStream.class, "format", String.class, Object[].class)
          .orShould()
          .callMethod(Locale.class, "getDefault")
          .orShould()
          .callMethod(DateTimeFormatter.class, "ofPattern", String.class)
          .orShould()
          .dependOnClassesThat()
          .belongToAnyOf(
              java.util.Formatter.class,
              java.util.Scanner.class,
              java.text.DateFormat.class,
              java.text.MessageFormat.class,
              java.text.NumberFormat.class);

  @ArchTest
  static final ArchRule MODULES_HAVE_NO_CYCLE =
      slices().matching("dev.candles.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule THE_CORE_HAS_NO_CYCLE =
      slices().matching("dev.candles.core.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule THE_JOB_HAS_NO_CYCLE =
      slices().matching("dev.candles.job.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule THE_SOURCES_HAVE_NO_CYCLE =
      slices().matching("dev.candles.sources.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule RULES_HAVE_NO_CLOCK =
      noClasses()
          .that()
          .resideInAnyPackage(CORE, TEXT, "dev.candles.sources.venue..", REPLAY, LAKE)
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime");
}
