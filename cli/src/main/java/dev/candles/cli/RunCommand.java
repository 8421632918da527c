package dev.candles.cli;

import dev.candles.cli.classes.ArchivesLater;
import dev.candles.cli.daily.DailyQa;
import dev.candles.cli.embedded.EmbeddedCollector;
import dev.candles.cli.embedded.RefusedException;
import dev.candles.cli.page.LivePage;
import dev.candles.job.config.CollectorConfig;
import java.nio.file.Path;
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
      "Starts from the newest checkpoint or savepoint of the lake."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example:",
      "  ./candles run --config config.yaml",
      "  ./candles run --data-dir lake --restore lake/.state/savepoints/savepoint-1a2b3c"
    })
final class RunCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      defaultValue = ConfigFile.DEFAULT,
      description = "Configuration; the first run writes a commented one. Default: config.yaml")
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

  @Override
  public Integer call() throws Exception {
    CollectorConfig loaded = ConfigFile.existing(config, dataDir, spec.commandLine().getOut());
    if (loaded.checkpoints().directory() != null) {
      throw new RefusedException(
          String.format(
              Locale.ROOT,
              "%s: checkpoint_dir: found '%s', expected no such key: ./candles run keeps its"
                  + " checkpoints in the lake, only a cluster elsewhere",
              config,
              loaded.checkpoints().directory()));
    }
    Logging.start(ConfigFile.log(config), loaded.logging().level());
    int code = new EmbeddedCollector(loaded, restore, () -> beside(loaded)).run();
    if (code == 0) {
      ArchivesLater.afterRun();
    }
    return code;
  }

  private AutoCloseable beside(CollectorConfig loaded) {
    AutoCloseable page = LivePage.beside(loaded);
    AutoCloseable checks = DailyQa.start(loaded, config);
    return () -> {
      try (page) {
        checks.close();
      }
    };
  }
}
