package dev.candles.cli;

import dev.candles.cli.classes.ArchivesLater;
import dev.candles.cli.daily.DailyQa;
import dev.candles.cli.embedded.EmbeddedCollector;
import dev.candles.cli.embedded.RefusedException;
import dev.candles.cli.embedded.StartCheck;
import dev.candles.cli.page.LivePage;
import dev.candles.cli.page.MetricsPort;
import dev.candles.job.config.CollectorConfig;
import dev.candles.text.Counted;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code run}: collects until it is told to stop. */
@Command(
    name = "run",
    description = {
      "Collects candles until Ctrl-C or SIGTERM, which stop it with a savepoint.",
      "Starts from the newest checkpoint or savepoint of the lake.",
      "With --check it only says what a start would find, and writes nothing into the lake."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exit codes: 0 stopped as asked, 1 ended by itself, 2 refused, 3 out of memory; of",
      "--check 0 nothing is wrong, 2 something is: a symbol that is not listed, a venue whose",
      "catalogue or feed cannot be had, a clock that is off, a lake or log that cannot be written, the web UI's port in use",
      "",
      "Example:",
      "  ./candles run",
      "  ./candles run --check --config sim.yaml",
      "  ./candles run --data-dir lake --restore lake/.state/savepoints/savepoint-1a2b3c"
    })
final class RunCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      defaultValue = ConfigFile.DEFAULT,
      description =
          "Configuration, which must be there. Default: config.yaml, which the first run"
              + " writes with comments")
  private Path config = Path.of(ConfigFile.DEFAULT);

  @Option(
      names = "--restore",
      paramLabel = "PATH",
      description = {
        "Checkpoint or savepoint to start from, instead of the newest;",
        "none starts without state: the lake itself says what is there."
      })
  private @Nullable Path restore;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "The lake, instead of the configured one.")
  private @Nullable Path dataDir;

  @Option(
      names = "--check",
      description = {
        "Starts nothing: checks the configuration, asks each venue for its catalogue, connects to its",
        "feed and subscribes to one symbol, and looks at symbols, clocks, lake, disk, log, ports and",
        "what --restore names. Not tried: the feed of other symbols, history."
      })
  private boolean check;

  /** Of {@code --check} with each feed, real time. */
  Duration feedPatience = StartCheck.FEED_PATIENCE;

  @Override
  public Integer call() throws Exception {
    boolean named = spec.commandLine().getParseResult().hasMatchedOption("--config");
    CollectorConfig loaded =
        check || named
            ? ConfigFile.present(config, dataDir)
            : ConfigFile.load(config, dataDir, spec.commandLine().getOut());
    if (loaded.checkpoints().directory() != null) {
      throw new RefusedException(
          String.format(
              Locale.ROOT,
              "%s: checkpoint_dir: found '%s', expected no such key: ./candles run keeps its"
                  + " checkpoints in the lake, only a cluster elsewhere",
              config,
              loaded.checkpoints().directory()));
    }
    if (check) {
      return check(loaded);
    }
    Logging.start(ConfigFile.log(config), loaded.logging().level());
    int code = new EmbeddedCollector(loaded, restore, () -> beside(loaded)).run();
    if (code == 0) {
      ArchivesLater.afterRun();
    }
    return code;
  }

  private AutoCloseable beside(CollectorConfig loaded) {
    AutoCloseable checks = DailyQa.start(loaded, config);
    AutoCloseable page = LivePage.beside(loaded); // throws nothing, so nothing stays open
    AutoCloseable metrics = MetricsPort.beside(loaded);
    return () -> {
      try (page;
          metrics) {
        checks.close();
      }
    };
  }

  private int check(CollectorConfig loaded) throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    out.println("Checking " + config + "; nothing is started");
    out.println("✓ is as it should be, – is worth knowing and no problem, ✗ is a problem");
    out.flush();
    StartCheck look =
        new StartCheck(
            loaded,
            ConfigFile.log(config),
            restore,
            feedPatience,
            line -> {
              out.println("  " + line);
              out.flush();
            });
    int problems = look.run();
    out.println(
        problems == 0
            ? "✓ Nothing is wrong: ./candles run would collect"
                + (look.hasWriter() ? " once the writer has stopped" : "")
            : String.format(Locale.ROOT, "✗ %s; see above", Counted.of(problems, "problem")));
    out.flush();
    return problems == 0 ? 0 : 2;
  }
}
