package dev.candles.cli.forget;

import dev.candles.cli.embedded.RefusedException;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.text.Nearest;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which streams of a lake are meant, and whether they may go. Pure. */
public final class NamedStreams {
  private static final int MOST_NAMED = 9;

  private NamedStreams() {}

  /**
   * The streams that some words name.
   *
   * @param words {@code VENUE}, {@code VENUE/SYMBOL} or {@code VENUE/SYMBOL/TIMEFRAME}
   * @param known those of the lake
   * @param configured those that are collected
   * @throws RefusedException if a word names none of the lake, one that is collected, or one that
   *     others that stay are made of
   */
  public static NavigableSet<StreamKey> of(
      List<String> words, Collection<StreamKey> known, Collection<StreamKey> configured)
      throws RefusedException {
    NavigableSet<StreamKey> named = new TreeSet<>(Comparator.comparing(StreamKey::id));
    for (String word : words) {
      List<StreamKey> meant = known.stream().filter(stream -> isIn(stream, word)).toList();
      if (meant.isEmpty()) {
        throw unknown(word, known);
      }
      named.addAll(meant);
    }
    refuse(
        named.stream().filter(Set.copyOf(configured)::contains),
        "still collected, take them out of the configuration first: %s");
    refuse(
        known.stream()
            .filter(stream -> stream.timeframe() != Timeframe.BASE && !named.contains(stream))
            .filter(stream -> named.contains(stream.in(Timeframe.BASE))),
        "made of the minutes that would go, forget VENUE/SYMBOL as a whole: %s");
    return named;
  }

  /** Whether a word names some of these streams. */
  static boolean isNameOf(String word, Collection<StreamKey> streams) {
    return streams.stream().anyMatch(stream -> isIn(stream, word));
  }

  private static boolean isIn(StreamKey stream, String word) {
    return (stream.id() + "/").startsWith(word + "/");
  }

  private static void refuse(Stream<StreamKey> streams, String why) throws RefusedException {
    List<String> ids = streams.map(StreamKey::id).sorted().toList();
    if (!ids.isEmpty()) {
      throw new RefusedException(String.format(Locale.ROOT, why, some(ids)));
    }
  }

  private static RefusedException unknown(String word, Collection<StreamKey> known) {
    List<String> names =
        known.stream()
            .flatMap(s -> Stream.of(s.venue(), s.venue() + "/" + s.symbol(), s.id()))
            .distinct()
            .sorted()
            .toList();
    List<String> with = names.stream().filter(name -> ("/" + name).endsWith("/" + word)).toList();
    String hint =
        with.isEmpty()
            ? Nearest.hint(Nearest.to(word, names))
            : "; did you mean one of " + some(with) + "?";
    return new RefusedException(
        String.format(
            Locale.ROOT,
            "found '%s', expected VENUE/SYMBOL/TIMEFRAME, VENUE/SYMBOL or VENUE of the lake%s; it"
                + " has %s",
            word,
            hint,
            some(known.stream().map(StreamKey::id).sorted().toList())));
  }

  private static String some(List<String> names) {
    String some = names.stream().limit(MOST_NAMED).collect(Collectors.joining(" "));
    if (some.isEmpty()) {
      return "none";
    }
    return names.size() > MOST_NAMED ? some + " … (" + names.size() + ")" : some;
  }
}
