package dev.candles.cli.replay;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.feed.AcceptedEvent;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.feed.StreamBootstrap;
import dev.candles.core.lake.Committed;
import dev.candles.core.ledger.Ledger;
import dev.candles.core.ledger.LedgerOutput;
import dev.candles.core.ledger.LedgerStore;
import dev.candles.core.time.Retention;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * What becomes of a market's final rows, by the collector's own {@link Ledger}: the first candle of
 * its interval, an emptiness, a repeat, or another version. There is no lake, so it knows what the
 * recording has told. Its time is the end of the newest candle.
 */
final class ReplayLedger implements LedgerOutput {
  /** What is counted as proven to hold no trade. */
  static final String EMPTY = "empty_intervals";

  /** What is forgotten is {@link ReplayVersions}' to say, not the time's. */
  private static final Retention REMEMBERED =
      new Retention(
          Retention.COLLECTOR.passedMs(),
          Retention.COLLECTOR.interruptedMs(),
          Retention.COLLECTOR.partsMs(),
          Long.MAX_VALUE / 4);

  private final StreamKey stream;
  private final ReplayLines lines;
  private final Ledger ledger;
  private boolean announced;
  private long nowMs = Long.MIN_VALUE;

  ReplayLedger(StreamKey stream, ReplayLines lines, ReplayVersions versions) {
    this.stream = stream;
    this.lines = lines;
    LedgerStore store = LedgerStore.inMemory(versions.of(stream));
    this.ledger =
        new Ledger(store, (of, fromMs, toMs) -> List.of(), REMEMBERED, Committed.atOnce());
  }

  /** Takes a final row. */
  void candle(Candle candle) {
    if (!announced) {
      StreamBootstrap nothing =
          StreamBootstrap.ofNothing(candle.openTimeMs(), stream.symbol(), candle.evidence());
      take(new LedgerEvent.Announced(stream, nothing));
    }
    take(new LedgerEvent.Final(candle));
  }

  /** Takes what the finalizer tells, the announcement first. */
  void take(LedgerEvent event) {
    announced = true;
    nowMs = Math.max(nowMs, event.toMs());
    try {
      ledger.take(event, nowMs, this);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // no file is read
    }
  }

  @Override
  public void written(Candle candle) {
    lines.finalCandle(candle);
  }

  @Override
  public void revised(Candle candle) {
    lines.finalCandle(candle);
  }

  @Override
  public void accepted(AcceptedEvent event) {}

  @Override
  public void counted(IntervalState state, long intervals) {}

  @Override
  public void missing(Intervals intervals) {}

  @Override
  public void coverage(CoverageRow row) {
    if (row.state() == IntervalState.VERIFIED_EMPTY) {
      lines.count(EMPTY, (row.toMs() - row.fromMs()) / stream.timeframe().millis());
    }
  }

  @Override
  public void repeated(Candle candle) {
    lines.count("duplicate_candle", 1);
  }

  @Override
  public void confirmed(Candle candle) {
    repeated(candle);
  }

  /** The collector would ask the venue's REST again. */
  @Override
  public void disagreed(Candle candle) {
    lines.count("disagreement", 1);
    lines.formingCandle(candle);
  }
}
