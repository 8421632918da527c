package dev.candles.cli;

import dev.candles.cli.embedded.Access;
import dev.candles.cli.embedded.RefusedException;
import dev.candles.cli.forget.ForgetRun;
import dev.candles.job.config.CollectorConfig;
import dev.candles.lake.forget.Forgetter;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.text.FailureText;
import dev.candles.text.OneLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code forget}: takes streams that are collected no more out of the account. */
@Command(
    name = "forget",
    description = {
      "Takes streams that the configuration no longer names out of the lake's account.",
      "Says what it would do; with --yes it does it: candles, revisions, coverage and certificates",
      "go to a lake of their own below forgotten/. No collector may run. Killed, run it again."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exit codes: 0 forgotten, 1 begun and not finished: run it again, 2 nothing was changed: refused,",
      "or without --yes",
      "",
      "Example:",
      "  ./candles forget kraken/DOGE-USD",
      "  ./candles forget kraken/DOGE-USD --yes",
      "  ./candles forget okx coinbase/BTC-USD/1h --yes --config collector.yaml"
    })
final class ForgetCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "1..*",
      paramLabel = "STREAM",
      description = "VENUE/SYMBOL/TIMEFRAME; VENUE/SYMBOL or VENUE for all of it")
  private List<String> streams = List.of();

  @Option(names = "--yes", description = "Does it. Without it nothing is changed.")
  private boolean yes;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      defaultValue = ConfigFile.DEFAULT,
      description = "Names the lake, and what is still collected. Default: config.yaml")
  private Path config = Path.of(ConfigFile.DEFAULT);

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "The lake, instead of the configured one.")
  private @Nullable Path dataDir;

  @Override
  public Integer call() throws Exception {
    CollectorConfig loaded = ConfigFile.present(config, dataDir);
    LakeLayout lake = new LakeLayout(loaded.lake().path());
    LakeOption.require(lake.root());
    PrintWriter out = spec.commandLine().getOut();
    ForgetRun run =
        new ForgetRun(loaded, LocalDate.now(ZoneOffset.UTC), line -> say(out, line), () -> {});
    try {
      if (yes) {
        Access.requireLake(lake);
        requireOneFileSystem(lake);
        run.forget(streams);
        return 0;
      }
      run.show(streams);
      say(out, "Nothing was changed; --yes does it.");
      return 2;
    } catch (IOException | UncheckedIOException e) {
      if (!new Forgetter(lake).isBegun()) {
        throw new RefusedException("cannot forget: " + OneLine.of(FailureText.of(e)), e);
      }
      spec.commandLine()
          .getErr()
          .println(
              "not finished: " + OneLine.of(FailureText.of(e)) + "; run the same command again");
      return 1;
    }
  }

  /** A folder is moved in one step only there. */
  private static void requireOneFileSystem(LakeLayout lake) throws IOException, RefusedException {
    for (Path data :
        List.of(lake.folder(Folder.CANDLES), lake.folder(Folder.REVISIONS), lake.forgotten())) {
      if (Files.exists(data) && !Files.getFileStore(data).equals(Files.getFileStore(lake.root()))) {
        throw new RefusedException(
            "cannot forget: " + data + " is on another file system than " + lake.root());
      }
    }
  }

  private static void say(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }
}
