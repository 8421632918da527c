package dev.candles.cli;

import dev.candles.cli.cluster.Target;
import dev.candles.cli.embedded.Access;
import dev.candles.cli.embedded.RefusedException;
import dev.candles.cli.page.LivePage;
import dev.candles.cli.status.Status;
import dev.candles.cli.status.StatusCode;
import dev.candles.cli.status.StatusJson;
import dev.candles.cli.status.StatusPage;
import dev.candles.cli.status.StatusReader;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.text.OneLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code status}: how the collector and its lake are now. */
@Command(
    name = "status",
    description = {
      "Shows whether the collector runs, how its venues are, and what its lake holds.",
      "Finds the collector of this machine by what it noted in the lake, one on a cluster as stop",
      "does. One that is neither, but gives signs of life in the lake, does not answer (1).",
      "Health, links, counts and errors are told by the collector that runs, since it started;",
      "newest, settled, gaps and disk by the files, which are as old as the last checkpoint."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exit codes: 0 it runs, 1 it does not answer, or with --check something is TO DO, 2 refused:",
      "no lake, 4 nothing runs. With 1 and 4 the lake is shown all the same.",
      "",
      "Example:",
      "  ./candles status",
      "  ./candles status --watch",
      "  ./candles status --json --config collector.yaml",
      "  ./candles status --serve --port 0"
    })
final class StatusCommand implements Callable<Integer> {
  private static final int LAST_PORT = 65_535;
  private static final Duration AGAIN = Duration.ofSeconds(10);
  private static final String CLEARED = "\u001b[H\u001b[2J";

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private LakeOption lake = new LakeOption();
  @Mixin private TargetOption target = new TargetOption();

  @Option(
      names = "--check",
      description = "Ends with 1 also where something is TO DO, for scripts.")
  private boolean check;

  @Option(names = "--watch", description = "Again every 10 s, until Ctrl-C.")
  private boolean watch;

  @Option(
      names = "--json",
      description = "One JSON document in place of the page; docs/MONITORING.md describes it.")
  private boolean json;

  @Option(
      names = "--serve",
      description = "Serves the page of a collector, wherever that runs, until Ctrl-C.")
  private boolean serve;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8082",
      description = "Port of --serve on 127.0.0.1, 0 for any. Default: 8082")
  private int port = 8082;

  @Override
  public Integer call() throws Exception {
    Path root = lake.root();
    Access.requireReadable("the state of the lake", new LakeLayout(root).state());
    StatusReader reader =
        new StatusReader(
            root,
            lake.clock(),
            unanswered -> places(root, unanswered),
            lake.disk(),
            new StatusReader.Around(
                Candles.advice(spec.commandLine()), () -> lake.isOfSimulatedVenuesThatAreGone()));
    return serve ? serve(root, reader) : show(reader);
  }

  private int serve(Path root, StatusReader reader) throws Exception {
    if (port < 0 || port > LAST_PORT) {
      throw new RefusedException("--port: found '" + port + "', expected 0 to " + LAST_PORT);
    }
    try (LivePage page = LivePage.serve(port, root, reader)) {
      PrintWriter out = spec.commandLine().getOut();
      out.println("Page: " + page.address());
      out.flush();
      new CountDownLatch(1).await();
      return 0;
    }
  }

  private int show(StatusReader reader) throws Exception {
    Status status = print(reader.look());
    while (watch) {
      TimeUnit.MILLISECONDS.sleep(AGAIN.toMillis());
      status = print(reader.look());
    }
    return check ? StatusCode.ofAll(status) : StatusCode.ofCollector(status);
  }

  private Status print(Status status) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(StatusJson.of(status));
    } else {
      if (watch && Help.Ansi.AUTO.enabled()) {
        out.print(CLEARED);
      }
      new StatusPage(status).lines().forEach(out::println);
    }
    out.flush();
    return status;
  }

  /** A cluster of which no JobManager lives may hold the job all the same: nobody can tell. */
  private List<Target> places(Path root, List<String> unanswered) throws IOException {
    List<Target> places = StatusReader.embedded(root);
    try {
      places.add(target.target());
    } catch (RefusedException e) {
      unanswered.add(OneLine.of(String.valueOf(e.getMessage())));
    }
    return places;
  }
}
