package dev.candles.core.coverage;

import dev.candles.core.candle.StreamKey;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The state of every interval of a stream within a range: a candle wins, else the row that holds,
 * else unknown. A row that says FINAL where there is no candle proves nothing, nor does one that
 * says empty because the venue said nothing twice, see {@link #unproven}. Pure.
 */
public final class StreamAccount {
  private final StreamKey stream;
  private final long fromMs;
  private final long toMs;
  private final Intervals finals;
  private final HoldingRows rows;
  private final Map<IntervalState, Intervals> states = new EnumMap<>(IntervalState.class);
  private final Intervals unknown;
  private final Intervals unproven;

  /**
   * @param fromMs start of the range, epoch ms, UTC, aligned to the timeframe
   * @param toMs its end, exclusive
   * @param finals intervals that have a candle
   * @param rows disjoint, ascending: the rows of coverage that hold
   */
  public StreamAccount(
      StreamKey stream, long fromMs, long toMs, Intervals finals, List<CoverageRow> rows) {
    this(stream, fromMs, toMs, finals, HoldingRows.of(rows));
  }

  /**
   * The same with rows that need not lie in memory: they are asked for again.
   *
   * @param rows that hold; they must not change any more
   */
  public StreamAccount(
      StreamKey stream, long fromMs, long toMs, Intervals finals, HoldingRows rows) {
    Intervals range = Intervals.of(fromMs, toMs);
    this.stream = stream;
    this.fromMs = fromMs;
    this.toMs = toMs;
    this.finals = finals.intersect(range);
    this.rows = rows;
    Map<IntervalState, Intervals.Builder> builders = new EnumMap<>(IntervalState.class);
    Intervals.Builder claimed = new Intervals.Builder(2);
    rows.forEach(
        row -> {
          Intervals.Builder into =
              row.isRepeatedClaim()
                  ? claimed
                  : builders.computeIfAbsent(row.state(), state -> new Intervals.Builder(4));
          into.add(row.fromMs(), row.toMs());
        });
    builders.remove(IntervalState.FINAL);
    Intervals rest = range.minus(finals);
    this.unproven = claimed.build().intersect(rest);
    for (Map.Entry<IntervalState, Intervals.Builder> state : builders.entrySet()) {
      Intervals mine = state.getValue().build().intersect(range).minus(finals);
      states.put(state.getKey(), mine);
      rest = rest.minus(mine);
    }
    states.put(IntervalState.FINAL, this.finals);
    this.unknown = rest;
  }

  /** The stream. */
  public StreamKey stream() {
    return stream;
  }

  /** Start of the range, epoch ms, UTC. */
  public long fromMs() {
    return fromMs;
  }

  /** End of the range, exclusive, epoch ms, UTC. */
  public long toMs() {
    return toMs;
  }

  /** The newest interval that has its candle or is proven empty. */
  public Newest newest() {
    Intervals settled = finals.union(in(IntervalState.VERIFIED_EMPTY));
    return new Newest(stream, settled.isEmpty() ? Newest.NONE : settled.to(settled.count() - 1));
  }

  /**
   * The same without intervals that are not over yet. Where one is settled that is not over, {@code
   * nowMs} is of another clock than this stream's, and nothing is left out.
   *
   * @param nowMs market time, epoch ms, UTC
   */
  public StreamAccount over(long nowMs) {
    long overMs = Math.max(fromMs, stream.timeframe().floor(nowMs));
    return overMs >= toMs || newest().endMs() > overMs
        ? this
        : new StreamAccount(stream, fromMs, overMs, finals, rows);
  }

  /** The intervals in a state. */
  public Intervals in(IntervalState state) {
    return states.getOrDefault(state, Intervals.empty());
  }

  /** The intervals without a state. */
  public Intervals unknown() {
    return unknown;
  }

  /** The part of {@link #unknown} that coverage calls empty, and that nothing proves. */
  public Intervals unproven() {
    return unproven;
  }

  /** The state of the interval that opens at {@code openTimeMs}, or empty if it is unknown. */
  public Optional<IntervalState> state(long openTimeMs) {
    return states.entrySet().stream()
        .filter(state -> state.getValue().contains(openTimeMs))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** Intervals per state within {@code [from, to)}, as far as it lies in the range. */
  public StateCounts counts(long from, long to) {
    Intervals range = Intervals.of(from, to);
    return new StateCounts(
        count(finals, range),
        count(in(IntervalState.VERIFIED_EMPTY), range),
        count(in(IntervalState.MISSING), range),
        count(in(IntervalState.UNRECOVERABLE), range),
        count(unknown, range));
  }

  /** Intervals per state within the whole range. */
  public StateCounts counts() {
    return counts(fromMs, toMs);
  }

  private long count(Intervals intervals, Intervals range) {
    return intervals.intersect(range).length() / stream.timeframe().millis();
  }

  /** The pieces without a candle, ascending, each with the row that says why. */
  public List<CoverageRow> withoutCandle() {
    return withoutCandle(fromMs, toMs);
  }

  /** The same within {@code [from, to)}, cut to it. */
  public List<CoverageRow> withoutCandle(long from, long to) {
    return pieces(from, to, row -> row.state() != IntervalState.FINAL);
  }

  /** Those of {@link #withoutCandle()} that are not proven empty either. */
  public List<CoverageRow> lacking() {
    return pieces(
        fromMs,
        toMs,
        row -> row.state() == IntervalState.MISSING || row.state() == IntervalState.UNRECOVERABLE);
  }

  private List<CoverageRow> pieces(long from, long to, Predicate<CoverageRow> wanted) {
    List<CoverageRow> pieces = new ArrayList<>();
    rows.forEach(
        from,
        to,
        row -> {
          if (wanted.test(row) && row.toMs() > from && row.fromMs() < to) {
            Intervals cut = Intervals.of(Math.max(row.fromMs(), from), Math.min(row.toMs(), to));
            Intervals left = cut.intersect(in(row.state()));
            for (int i = 0; i < left.count(); i++) {
              pieces.add(row.over(left.from(i), left.to(i)));
            }
          }
        });
    return pieces;
  }
}
