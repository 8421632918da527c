package dev.candles.cli.drill;

import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.Newest;
import dev.candles.lake.view.LakeAccounts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How far the base streams of a lake reach.
 *
 * @param newest of those of which anything is accounted for
 */
record LastTimestamps(List<Newest> newest) {
  private static final Comparator<Newest> BY_END = Comparator.comparingLong(Newest::endMs);

  static LastTimestamps of(Path lake) throws IOException {
    return new LastTimestamps(
        new LakeAccounts(lake)
                .read(
                    stream -> stream.timeframe() == Timeframe.BASE, Long.MIN_VALUE, Long.MAX_VALUE)
                .stream()
                .map(account -> account.newest())
                .filter(each -> !each.isNone())
                .toList());
  }

  /** The earliest and the latest, and whose the earliest is. */
  String text() {
    Optional<Newest> first = newest.stream().min(BY_END);
    Optional<Newest> last = newest.stream().max(BY_END);
    if (first.isEmpty() || last.isEmpty()) {
      return "none";
    }
    return String.format(
        Locale.ROOT,
        "%s to %s, %s furthest behind",
        Killing.time(first.get().endMs()),
        Killing.time(last.get().endMs()),
        first.get().stream().id());
  }
}
