package dev.candles.cli.account;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.GapHistory;
import dev.candles.core.coverage.GapRecord;
import dev.candles.core.coverage.StreamAccount;
import dev.candles.lake.view.LakeAccounts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Streams of a lake and their holes.
 *
 * @param gaps those that are or were something wrong
 * @param all also the history that streams begin with
 * @param nowMs market time when all was read, epoch ms, UTC: what was written meanwhile is not of
 *     the future
 */
public record GapReading(
    List<StreamAccount> streams,
    List<GapRecord> gaps,
    List<GapRecord> all,
    long nowMs,
    long unreadableFiles) {

  /**
   * Reads them.
   *
   * @param fromMs only from here on, epoch ms, UTC
   * @param toMs only before, epoch ms, UTC
   * @param clock market time
   * @throws IOException if the lake cannot be read
   */
  public static GapReading of(
      LakeAccounts lake, Predicate<StreamKey> wanted, long fromMs, long toMs, LongSupplier clock)
      throws IOException {
    Set<StreamKey> bases =
        lake.streams().stream()
            .filter(wanted)
            .map(stream -> stream.in(Timeframe.BASE))
            .collect(Collectors.toSet());
    Map<StreamKey, List<CoverageRow>> changes =
        lake.changes(stream -> wanted.test(stream) || bases.contains(stream));
    List<StreamAccount> read = lake.read(wanted, fromMs, toMs);
    long nowMs = clock.getAsLong();
    List<StreamAccount> streams = read.stream().map(account -> account.over(nowMs)).toList();
    List<GapRecord> gaps = new ArrayList<>();
    List<GapRecord> all = new ArrayList<>();
    for (StreamAccount account : streams) {
      List<CoverageRow> rows = changes.getOrDefault(account.stream(), List.of());
      List<GapRecord> mine = GapHistory.of(account, rows);
      StreamKey base = account.stream().in(Timeframe.BASE);
      all.addAll(mine);
      gaps.addAll(GapHistory.withoutBeginning(mine, rows, changes.getOrDefault(base, List.of())));
    }
    return new GapReading(streams, gaps, all, nowMs, lake.unreadableFiles());
  }
}
