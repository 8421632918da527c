package dev.candles.cli;

import dev.candles.cli.embedded.RefusedException;
import dev.candles.core.candle.Meant;
import dev.candles.core.candle.StreamKey;
import dev.candles.text.Nearest;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Which streams of the lake a command is about: all of them unless narrowed. */
final class StreamOptions {
  @Option(
      names = "--venue",
      split = ",",
      paramLabel = "VENUE",
      description = "Only these venues; may be repeated.")
  private List<String> venues = List.of();

  @Option(
      names = "--symbol",
      split = ",",
      paramLabel = "SYMBOL",
      description = "Only these symbols, like BTC-USD.")
  private List<String> symbols = List.of();

  @Option(
      names = "--timeframe",
      split = ",",
      paramLabel = "TIMEFRAME",
      description = "Only these timeframes, like 1m.")
  private List<String> timeframes = List.of();

  /** Whether any of the options was given. */
  boolean narrowed() {
    return !venues.isEmpty() || !symbols.isEmpty() || !timeframes.isEmpty();
  }

  /**
   * The streams of {@code known} that are asked for.
   *
   * @throws RefusedException if a value names nothing of the lake; the message says what is near
   */
  Predicate<StreamKey> among(Collection<StreamKey> known) throws RefusedException {
    check("--venue", venues, known, StreamKey::venue, word -> "");
    check("--symbol", symbols, known, StreamKey::symbol, Meant::symbol);
    check("--timeframe", timeframes, known, s -> s.timeframe().label(), Meant::timeframe);
    Predicate<StreamKey> asked =
        stream ->
            (venues.isEmpty() || venues.contains(stream.venue()))
                && (symbols.isEmpty() || symbols.contains(stream.symbol()))
                && (timeframes.isEmpty() || timeframes.contains(stream.timeframe().label()));
    if (known.stream().noneMatch(asked)) {
      throw new RefusedException("the lake has no stream that fits; it has " + list(known));
    }
    return asked;
  }

  /**
   * One stream of the lake by its name.
   *
   * @throws RefusedException if the lake has no such stream; the message says what is near
   */
  static StreamKey one(String id, Collection<StreamKey> known) throws RefusedException {
    for (StreamKey stream : known) {
      if (stream.id().equals(id)) {
        return stream;
      }
    }
    List<String> ids = known.stream().map(StreamKey::id).toList();
    throw new RefusedException(
        String.format(
            Locale.ROOT,
            "no such stream in the lake: '%s'.%s Expected VENUE/SYMBOL/TIMEFRAME, one of %s",
            id,
            meant(id, ids),
            list(known)));
  }

  private static void check(
      String option,
      List<String> values,
      Collection<StreamKey> streams,
      Function<StreamKey, String> part,
      Function<String, String> hint)
      throws RefusedException {
    SortedSet<String> known = new TreeSet<>(streams.stream().map(part).toList());
    for (String value : values) {
      if (!known.contains(value)) {
        throw new RefusedException(
            String.format(
                Locale.ROOT,
                "%s: found '%s', the lake has %s%s",
                option,
                value,
                String.join(" ", known),
                hint(value, known, hint)));
      }
    }
  }

  /** Of what the form of the word says, what the lake has; else the nearest that it has. */
  private static String hint(
      String word, Collection<String> known, Function<String, String> ofForm) {
    String said = ofForm.apply(word);
    boolean guess = said.contains("did you mean");
    boolean fits = !guess || known.stream().anyMatch(name -> said.contains("'" + name + "'"));
    return said.isEmpty() || !fits ? "." + meant(word, known) : said;
  }

  static String meant(String word, Collection<String> known) {
    return Nearest.to(word, known).map(near -> " Did you mean '" + near + "'?").orElse("");
  }

  private static String list(Collection<StreamKey> known) {
    String some = known.stream().limit(9).map(StreamKey::id).collect(Collectors.joining(" "));
    return some.isEmpty() ? "none" : some + (known.size() > 9 ? " … (" + known.size() + ")" : "");
  }
}
