package dev.candles.cli;

import dev.candles.cli.demo.Demo;
import dev.candles.cli.demo.DemoPlan;
import dev.candles.cli.demo.FollowUp;
import dev.candles.cli.embedded.Access;
import dev.candles.cli.embedded.RefusedException;
import dev.candles.lake.disk.Trees;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code demo}: the whole promise, shown in minutes, without an account or the internet. */
@Command(
    name = "demo",
    description = {
      "Shows that nothing is lost: venues that lie, a kill -9, the lake against the truth.",
      "Simulates three venues with faults of many kinds, collects 45 streams from them, kills the",
      "collector in the middle, starts it again, and compares the lake with the truth. Exit code 0",
      "only if they are equal. It says where the collector's page is, to watch meanwhile."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example:",
      "  ./candles demo",
      "  ./candles demo --minutes 3 --seed 42 --data-dir demo-lake",
      "One fault of your choice, like a venue that is away for five minutes: ./candles sim --help"
    })
final class DemoCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--speed",
      paramLabel = "X",
      defaultValue = "60",
      description = "Market seconds per real second. Default: 60")
  private double speed = 60;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      defaultValue = "2",
      description = "Real minutes with faults. Default: 2")
  private double minutes = 2;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Where the lake goes. Default: a new temporary folder")
  private @Nullable Path dataDir;

  @Option(
      names = "--no-keep",
      negatable = true,
      description = "Whether a temporary lake that equals the truth stays. Default: it stays")
  private boolean keep = true;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of the market and of chance. Default: 1")
  private long seed = 1;

  @Override
  public Integer call() throws Exception {
    DemoPlan plan;
    try {
      plan = DemoPlan.of(System.currentTimeMillis(), speed, minutes, seed);
    } catch (IllegalArgumentException e) {
      throw new RefusedException(String.valueOf(e.getMessage()), e);
    }
    Path lake = lake();
    PrintWriter out = spec.commandLine().getOut();
    boolean equal = new Demo(plan, lake, out).run();
    if (equal && dataDir == null && !keep) {
      Trees.delete(lake);
      out.println("The temporary lake is deleted.");
    } else {
      FollowUp.lines(lake, plan).forEach(out::println);
    }
    return equal ? 0 : 1;
  }

  private Path lake() throws IOException, RefusedException {
    if (dataDir == null) {
      return Files.createTempDirectory("candles-demo-");
    }
    Access.requireFolder("the lake of the demo", dataDir);
    Path lake = Files.createDirectories(dataDir).toRealPath();
    if (Files.exists(lake.resolve("candles")) || Files.exists(lake.resolve(".state"))) {
      throw new RefusedException("there is a lake already, and the demo needs a new one: " + lake);
    }
    return lake;
  }
}
