package dev.candles.cli;

import dev.candles.cli.embedded.RefusedException;
import dev.candles.cli.replay.Replay;
import dev.candles.cli.replay.Replayed;
import dev.candles.core.candle.Meant;
import dev.candles.core.candle.Timeframe;
import dev.candles.sources.venue.Venue;
import dev.candles.sources.venue.Venues;
import dev.candles.text.Nearest;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code replay}: recordings through a venue's decoder and the rules of finality. */
@Command(
    name = "replay",
    description = {
      "Feeds recordings through a venue's own decoder and the collector's rules of finality.",
      "Standard output: one line of JSON per finding, 'kind' being trade, candle, ack, refused,",
      "heartbeat, status, other (a channel not used) or reject. Standard error: one line of counts.",
      "A candle with final=true is one that the collector would keep; all others are final=false."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Recordings are gzip or plain: frames, one a line; lines '<time>: <frame>'; or JSON lines with",
      "'t' and 'data', of which sent and connect records are context. REST answers are one JSON value",
      "per file or per line, by themselves or as 'body' of an object.",
      "",
      "Example:",
      "  ./candles replay --venue coinbase matches.ndjson.gz",
      "  ./candles replay --venue kraken --as rest-trades --symbol BTC-USD --candles 1m p1.json p2.json",
      "",
      "Exit codes: 0 nothing rejected, 1 something rejected, 2 wrong usage, no such file, a recording",
      "of another interface or tool, which is named"
    })
final class ReplayCommand implements Callable<Integer> {
  /** Whoever reads the output may go away. */
  private static final int LINES_PER_CHECK = 1_000;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--venue", required = true, paramLabel = "V", description = "Who was recorded.")
  private String name = "";

  @Option(
      names = "--as",
      paramLabel = "FORM",
      defaultValue = "ws",
      description = "What was recorded: ws, rest-candles or rest-trades. Default: ws")
  private String form = "ws";

  @Option(
      names = "--symbol",
      paramLabel = "S",
      description = "Only this symbol, like BTC-USD; REST answers, which name none, are about it.")
  private @Nullable String symbol;

  @Option(
      names = "--candles",
      paramLabel = "TIMEFRAME",
      description = "Print final candles only, of this timeframe. Default: everything, 1m")
  private @Nullable String candles;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Recordings, oldest first.")
  private List<Path> files = List.of();

  private int unchecked;

  /** Nobody reads the output any more. */
  private static final class UnreadException extends RuntimeException {}

  @Override
  public Integer call() throws RefusedException, IOException {
    Replay replay = replay();
    for (Path file : files) {
      refuseUnreadable(file);
      refuseForeign(replay, file);
    }
    try {
      for (Path file : files) {
        replay.recording(file.toString(), new FileInputStream(file.toFile())); // pipes too
      }
      replay.end();
    } catch (UnreadException e) {
      spec.commandLine().getErr().println("nobody reads the output: stopped");
    }
    spec.commandLine().getOut().flush();
    spec.commandLine().getErr().println(replay.counts());
    return replay.clean() ? 0 : 1;
  }

  private Replay replay() throws RefusedException {
    Venue venue = Venues.byName(name).orElseThrow(() -> unknown("--venue", name, Venues.names()));
    if (symbol != null && !Meant.isSymbol(symbol)) {
      throw new RefusedException(
          "--symbol: found '" + symbol + "', expected one like BTC-USD" + Meant.symbol(symbol));
    }
    Timeframe timeframe = candles == null ? Timeframe.BASE : timeframe(candles);
    try {
      return new Replay(venue, replayed(), symbol, timeframe, candles != null, this::print);
    } catch (IllegalArgumentException e) {
      throw new RefusedException("cannot replay: " + e.getMessage(), e);
    }
  }

  private Replayed replayed() throws RefusedException {
    for (Replayed replayed : Replayed.values()) {
      if (replayed.label().equals(form)) {
        return replayed;
      }
    }
    throw unknown("--as", form, Arrays.stream(Replayed.values()).map(Replayed::label).toList());
  }

  private static Timeframe timeframe(String label) throws RefusedException {
    return Timeframe.of(label)
        .orElseThrow(
            () ->
                new RefusedException(
                    String.format(
                        Locale.ROOT,
                        "--candles: found '%s', expected one of: %s%s",
                        label,
                        Timeframe.labels(),
                        Meant.timeframe(label))));
  }

  private static RefusedException unknown(String option, String found, Collection<String> known) {
    return new RefusedException(
        String.format(
            Locale.ROOT,
            "%s: found '%s', expected one of: %s%s",
            option,
            found,
            String.join(" ", known),
            Nearest.hint(Nearest.to(found, known))));
  }

  private static void refuseUnreadable(Path file) throws RefusedException {
    if (!Files.exists(file)) {
      throw new RefusedException("no such file: " + file);
    }
    if (Files.isDirectory(file)) {
      throw new RefusedException("a directory, expected a recording: " + file);
    }
    if (!Files.isReadable(file)) {
      throw new RefusedException("may not be read: " + file);
    }
  }

  /** A pipe can be read once only: what is wrong with it comes out as rejects. */
  private static void refuseForeign(Replay replay, Path file) throws RefusedException, IOException {
    if (!Files.isRegularFile(file)) {
      return;
    }
    Optional<String> foreign;
    try (InputStream in = Files.newInputStream(file)) {
      foreign = replay.refusal(in);
    }
    if (foreign.isPresent()) {
      throw new RefusedException(
          file + ": holds " + foreign.get() + "\nKnown are: " + Replay.FORMS);
    }
  }

  private void print(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.append(line).append('\n');
    if (++unchecked == LINES_PER_CHECK) {
      unchecked = 0;
      if (out.checkError()) {
        throw new UnreadException();
      }
    }
  }
}
