package dev.candles.cli;

import dev.candles.cli.embedded.RefusedException;
import dev.candles.cli.embedded.TemporaryFolder;
import dev.candles.job.config.CollectorConfig;
import dev.candles.lake.layout.LakeLayout;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bootstrap}: is everything there that the collector needs? */
@Command(
    name = "bootstrap",
    description = "Checks the prerequisites, makes or checks the configuration, runs all tests.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example:",
      "  ./candles bootstrap",
      "  ./candles bootstrap --skip-tests",
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

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    out.println("[1/3] Prerequisites");
    out.println("  Java " + Runtime.version() + " in " + System.getProperty("java.home"));
    disk(out);
    out.println("[2/3] Configuration");
    var loaded = ConfigFile.load(config, null, out);
    out.println(
        "  "
            + config
            + ": "
            + loaded.streams().size()
            + " streams, lake "
            + loaded.lake().directory());
    temporary(loaded, out);
    out.println("[3/3] Tests");
    out.flush();
    int tests = skipTests ? skipped(out) : tests(out);
    out.println(tests == 0 ? "✓ Bootstrap complete!" : "✗ Bootstrap failed: see the tests above");
    out.flush();
    return tests == 0 ? 0 : 1;
  }

  private static void disk(PrintWriter out) throws IOException {
    long free = Files.getFileStore(Path.of("").toAbsolutePath()).getUsableSpace() >> 30;
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
