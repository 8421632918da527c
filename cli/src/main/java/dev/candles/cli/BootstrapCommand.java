package dev.candles.cli;

import dev.candles.cli.classes.ArchiveMaker;
import dev.candles.cli.classes.ClassArchives;
import dev.candles.cli.classes.Training;
import dev.candles.cli.embedded.RefusedException;
import dev.candles.cli.embedded.TemporaryFolder;
import dev.candles.cli.training.ClusterTraining;
import dev.candles.cli.training.CommandTraining;
import dev.candles.job.config.CollectorConfig;
import dev.candles.lake.disk.DiskSpace;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.text.Counted;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bootstrap}: is everything there that the collector needs? */
@Command(
    name = "bootstrap",
    description = {
      "Checks the prerequisites, makes or checks the configuration, runs all tests.",
      "Makes the archives of classes, with which all commands start faster."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example:",
      "  ./candles bootstrap",
      "  ./candles bootstrap --skip-tests",
      "  ./candles bootstrap --only-classes"
    })
final class BootstrapCommand implements Callable<Integer> {
  private static final long DISK_GB = 10;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      defaultValue = ConfigFile.DEFAULT,
      description = "Configuration; written with comments if missing. Default: config.yaml")
  private Path config = Path.of(ConfigFile.DEFAULT);

  @Option(names = "--skip-tests", description = "Do not run the tests (they take minutes).")
  private boolean skipTests;

  /** Whose archives of classes. */
  private enum Which {
    COMMANDS,
    CLUSTER,
    ALL
  }

  @Option(
      names = "--only-classes",
      arity = "0..1",
      paramLabel = "WHICH",
      fallbackValue = "ALL",
      description = {
        "Only makes the archives of classes that are missing or do not fit: of commands, cluster"
            + " or",
        "all. Exit code 1 if some could not be made. With CANDLES_CLASSES=off in the environment",
        "nothing makes or uses them."
      })
  private @Nullable Which onlyClasses;

  @Option(
      names = "--train",
      paramLabel = "FILE",
      hidden = true,
      description = "Runs commands on a lake, for the archive that this JVM writes at its end.")
  private @Nullable Path train;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    if (train != null) {
      return TrainingCommands.run(train, out);
    }
    if (onlyClasses != null) {
      return classes(onlyClasses, out) ? 0 : 1;
    }
    out.println("[1/4] Prerequisites");
    out.println("  Java " + Runtime.version() + " in " + System.getProperty("java.home"));
    disk(out);
    out.println("[2/4] Configuration");
    var loaded = ConfigFile.load(config, null, out);
    out.println(
        "  "
            + config
            + ": "
            + Counted.of(loaded.streams().size(), "stream")
            + ", lake "
            + loaded.lake().directory());
    temporary(loaded, out);
    out.println("[3/4] Archives of classes, about a minute the first time");
    out.flush();
    classes(Which.ALL, out); // whatever it could not do, the collector runs without
    out.println("[4/4] Tests");
    out.flush();
    int tests = skipTests ? skipped(out) : tests(out);
    out.println(tests == 0 ? "✓ Bootstrap complete!" : "✗ Bootstrap failed: see the tests above");
    out.flush();
    return tests == 0 ? 0 : 1;
  }

  private static void disk(PrintWriter out) throws IOException {
    long free = DiskSpace.of(Path.of("")).freeBytes() >> 30;
    out.println("  " + free + " GB of disk free");
    if (free < DISK_GB) {
      out.println("  WARNING: " + DISK_GB + " GB are recommended");
    }
  }

  /** Makes no lake: where there is none yet, its folder's file system is not tried. */
  private static void temporary(CollectorConfig config, PrintWriter out) throws RefusedException {
    try (TemporaryFolder folder =
        Files.isDirectory(config.lake().path())
            ? TemporaryFolder.below(new LakeLayout(config.lake().path()))
            : TemporaryFolder.elsewhere()) {
      out.println("  native libraries can be loaded from " + folder.folder().getParent());
    }
  }

  private static boolean classes(Which which, PrintWriter out)
      throws IOException, InterruptedException {
    Optional<ClassArchives> archives = ClassArchives.here();
    if (archives.isEmpty()) {
      out.println("  none: they are off, or the program's folder cannot have any");
      return true;
    }
    List<Training> trainings =
        switch (which) {
          case COMMANDS -> List.of(new CommandTraining());
          case CLUSTER -> List.of(new ClusterTraining());
          case ALL -> List.of(new CommandTraining(), new ClusterTraining());
        };
    return ArchiveMaker.of(archives.get(), out, ClusterTraining::endLeft).make(trainings);
  }

  private static int skipped(PrintWriter out) {
    out.println("  skipped");
    return 0;
  }

  private static int tests(PrintWriter out) throws IOException, InterruptedException {
    Path home = Path.of(System.getProperty("candles.home", ""));
    if (!Files.exists(home.resolve("pom.xml"))) {
      out.println("  no sources here, nothing to test");
      return 0;
    }
    boolean windows = File.separatorChar == '\\';
    List<String> command = List.of(windows ? "mvn.cmd" : "mvn", "-B", "verify");
    out.println(
        String.format(Locale.ROOT, "  %s (all guards and tests)", String.join(" ", command)));
    out.flush();
    return new ProcessBuilder(command)
        .directory(home.toAbsolutePath().toFile())
        .inheritIO()
        .start()
        .waitFor();
  }
}
