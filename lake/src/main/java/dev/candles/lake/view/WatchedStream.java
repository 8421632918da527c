package dev.candles.lake.view;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.GapHistory;
import dev.candles.core.coverage.GapRecord;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Newest;
import dev.candles.core.coverage.Reason;
import dev.candles.core.coverage.StreamAccount;
import dev.candles.core.coverage.StreamDays;
import dev.candles.lake.coverage.CoverageLog;
import dev.candles.lake.coverage.CoverageStates;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One stream of a {@link LakeWatch}: its days, the states that coverage gives its intervals, and
 * the rows of coverage that say why something lacks. A day is counted as {@link StreamAccount}
 * counts it, and only when something of it changed.
 */
final class WatchedStream {
  private static final long DAY_MS = Timeframe.D1.millis();

  private final StreamKey stream;
  final TreeMap<Long, WatchedDay> days = new TreeMap<>();
  private CoverageStates states;
  private final List<CoverageRow> troubles = new ArrayList<>();
  private @Nullable CoverageRow first;
  private Intervals claimed = Intervals.empty();
  private Intervals proven = Intervals.empty();
  private long firstMs = Long.MAX_VALUE;
  private long lastMs = Long.MIN_VALUE;
  private boolean claims;

  /** Reads the intervals of a day that have a candle. */
  interface Finals {
    Intervals of(StreamKey stream, long dayMs, WatchedDay day) throws IOException;
  }

  WatchedStream(StreamKey stream) {
    this.stream = stream;
    this.states = new CoverageStates(stream.timeframe());
  }

  /** The day that begins then. */
  WatchedDay day(long startMs) {
    return days.computeIfAbsent(startMs, start -> new WatchedDay());
  }

  /** Notes what a row says besides the state of its intervals; the same row may come again. */
  void note(CoverageRow row) {
    firstMs = Math.min(firstMs, row.fromMs());
    lastMs = Math.max(lastMs, row.toMs());
    claims |= row.isRepeatedClaim();
    if (row.state() == IntervalState.THROUGH) {
      return;
    }
    if (first == null || row.seq() < first.seq()) {
      first = row;
    }
    if (row.state() == IntervalState.MISSING || row.state() == IntervalState.UNRECOVERABLE) {
      troubles.add(row);
    }
  }

  /** Highest number of the rows whose states are known. */
  long seq() {
    return states.seq();
  }

  /** Whether a row was noted that only repeats a claim. */
  boolean hasClaims() {
    return claims;
  }

  /** Takes the states of its whole log. */
  void states(CoverageStates all) {
    states = all;
  }

  /** Takes what of the claims that were only repeated ids prove. */
  void claims(Intervals all, Intervals provenByIds) {
    claimed = all;
    proven = provenByIds;
  }

  /** Takes the states of rows that are new: all of a higher number than {@link #seq}. */
  void take(List<CoverageRow> rows) {
    CoverageLog log = new CoverageLog();
    for (CoverageRow row : rows) {
      log.add(row);
      Intervals range = Intervals.of(row.fromMs(), row.toMs());
      if (row.state() != IntervalState.THROUGH && !range.isEmpty()) {
        claimed = claimed.minus(range);
        proven = proven.minus(range);
        days.subMap(Timeframe.D1.floor(row.fromMs()), row.toMs())
            .values()
            .forEach(day -> day.counted = null);
      }
    }
    states.take(log);
    states.settle(Long.MAX_VALUE);
  }

  /**
   * The account as {@link LakeAccounts} would give it, without what is not over.
   *
   * @param nowMs market time, epoch ms, UTC
   */
  StreamDays account(long nowMs, Finals finals) throws IOException {
    long firstFinal = days.values().stream().mapToLong(d -> d.firstFinalMs).min().orElse(0);
    long lastFinal = days.values().stream().mapToLong(d -> d.lastFinalMs).max().orElse(0);
    long begin = Math.min(firstMs, days.isEmpty() ? firstMs : firstFinal);
    long end = Math.max(lastMs, days.isEmpty() ? lastMs : lastFinal);
    if (begin > end) {
      return new StreamDays(stream, 0, 0, new Newest(stream, Newest.NONE), List.of(), List.of());
    }
    long overMs = Math.max(begin, stream.timeframe().floor(nowMs));
    boolean isAhead =
        lastFinal > overMs
            || !states.in(IntervalState.VERIFIED_EMPTY, overMs, Long.MAX_VALUE).isEmpty();
    Intervals range = Intervals.of(begin, isAhead ? end : Math.min(end, overMs));
    List<StreamDays.Day> counted = new ArrayList<>();
    long newestMs = Newest.NONE;
    if (!range.isEmpty()) {
      for (long start = Timeframe.D1.floor(begin); start < range.to(0); start += DAY_MS) {
        WatchedDay day = day(start);
        count(start, day, range, finals);
        counted.add(new StreamDays.Day(start, day.counts));
        newestMs = Math.max(newestMs, day.settledMs);
      }
    }
    return new StreamDays(
        stream,
        begin,
        range.isEmpty() ? begin : range.to(0),
        new Newest(stream, newestMs),
        counted,
        range.isEmpty() ? List.of() : lacking(range));
  }

  private void count(long start, WatchedDay day, Intervals range, Finals finals)
      throws IOException {
    Intervals mine = range.intersect(Intervals.of(start, start + DAY_MS));
    if (day.counted != null && mine.equals(day.counted)) {
      return;
    }
    Intervals held = day.finals;
    if (held == null) {
      held = finals.of(stream, start, day);
    }
    StreamAccount account = account(mine, held);
    day.counts = account.counts();
    day.settledMs = account.newest().endMs();
    day.missing = account.in(IntervalState.MISSING);
    day.unrecoverable = account.in(IntervalState.UNRECOVERABLE);
    day.unknown = account.unknown();
    day.counted = mine;
    boolean whole = mine.to(0) == start + DAY_MS;
    day.finals = whole && day.isAtRest() ? null : held;
  }

  private StreamAccount account(Intervals range, Intervals held) {
    long from = range.from(0);
    long to = range.to(0);
    Intervals empty = states.in(IntervalState.VERIFIED_EMPTY, from, to).union(proven);
    Intervals missing = states.in(IntervalState.MISSING, from, to).minus(claimed);
    List<CoverageRow> rows = new ArrayList<>();
    add(rows, empty, IntervalState.VERIFIED_EMPTY);
    add(rows, missing, IntervalState.MISSING);
    add(rows, states.in(IntervalState.UNRECOVERABLE, from, to), IntervalState.UNRECOVERABLE);
    rows.sort(Comparator.comparingLong(CoverageRow::fromMs));
    return new StreamAccount(stream, from, to, held, rows);
  }

  private void add(List<CoverageRow> rows, Intervals intervals, IntervalState state) {
    for (int i = 0; i < intervals.count(); i++) {
      rows.add(
          new CoverageRow(
              stream, intervals.from(i), intervals.to(i), state, Reason.NONE, null, 0, 0));
    }
  }

  /** Why what lacks does; what is settled counts as a candle here, whatever it is. */
  private List<GapRecord> lacking(Intervals range) {
    Intervals missing = all(day -> day.missing).intersect(range);
    Intervals unrecoverable = all(day -> day.unrecoverable).intersect(range);
    Intervals unknown = all(day -> day.unknown).intersect(range);
    Intervals known = missing.union(unrecoverable);
    long toMs = range.to(0);
    troubles.removeIf(
        row ->
            row.toMs() <= toMs
                && known.intersect(Intervals.of(row.fromMs(), row.toMs())).isEmpty());
    if (known.isEmpty() && unknown.isEmpty()) {
      return List.of();
    }
    List<CoverageRow> rows = new ArrayList<>();
    add(rows, missing, IntervalState.MISSING);
    add(rows, unrecoverable, IntervalState.UNRECOVERABLE);
    rows.sort(Comparator.comparingLong(CoverageRow::fromMs));
    Intervals settled = range.minus(known).minus(unknown);
    StreamAccount account = new StreamAccount(stream, range.from(0), toMs, settled, rows);
    List<CoverageRow> changes = new ArrayList<>(troubles);
    if (first != null) {
      changes.add(first);
    }
    List<GapRecord> lacking =
        new ArrayList<>(GapHistory.of(account, changes).stream().filter(GapRecord::open).toList());
    lacking.addAll(givenUp(unrecoverable));
    lacking.sort(Comparator.comparingLong(GapRecord::fromMs));
    return lacking;
  }

  private List<GapRecord> givenUp(Intervals unrecoverable) {
    CoverageLog log = new CoverageLog();
    troubles.forEach(log::add);
    List<GapRecord> records = new ArrayList<>();
    for (CoverageRow row : log.holding(stream)) {
      Intervals pieces =
          row.state() == IntervalState.UNRECOVERABLE
              ? unrecoverable.intersect(Intervals.of(row.fromMs(), row.toMs()))
              : Intervals.empty();
      for (int i = 0; i < pieces.count(); i++) {
        records.add(
            new GapRecord(
                stream,
                pieces.from(i),
                pieces.to(i),
                row.state(),
                row.reason(),
                row.evidence(),
                0,
                row.atMs()));
      }
    }
    return records;
  }

  private Intervals all(Function<WatchedDay, Intervals> part) {
    Intervals.Builder all = new Intervals.Builder(2);
    for (WatchedDay day : days.values()) {
      Intervals some = day.counted == null ? Intervals.empty() : part.apply(day);
      for (int i = 0; i < some.count(); i++) {
        all.add(some.from(i), some.to(i));
      }
    }
    return all.build();
  }
}
