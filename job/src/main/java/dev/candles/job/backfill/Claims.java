package dev.candles.job.backfill;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.repair.OpenGap;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the ledger what the backfill has proven. */
final class Claims {
  private static final Logger LOG = LoggerFactory.getLogger(Claims.class);

  private final Consumer<LedgerEvent> out;

  Claims(Consumer<LedgerEvent> out) {
    this.out = out;
  }

  void candle(Candle candle) {
    out.accept(LedgerEvent.candle(candle));
  }

  /** Candles, and intervals proven silent for the reason {@code proofOfSilence}. */
  void settled(StreamKey stream, List<Candle> candles, Intervals silent, Evidence proofOfSilence) {
    candles.forEach(this::candle);
    for (Evidence evidence : Evidence.values()) {
      long[] opens =
          candles.stream()
              .filter(candle -> candle.evidence() == evidence)
              .mapToLong(Candle::openTimeMs)
              .toArray();
      Intervals found = Intervals.ofOpenTimes(opens, stream.timeframe().millis());
      for (int i = 0; i < found.count(); i++) {
        out.accept(LedgerEvent.filled(stream, found.from(i), found.to(i), evidence));
      }
    }
    for (int i = 0; i < silent.count(); i++) {
      out.accept(LedgerEvent.empty(stream, silent.from(i), silent.to(i), proofOfSilence));
    }
  }

  void unrecoverable(StreamKey stream, Intervals lost, Reason why) {
    for (int i = 0; i < lost.count(); i++) {
      out.accept(LedgerEvent.unrecoverable(stream, lost.from(i), lost.to(i), why));
      LOG.warn(
          "event=unrecoverable stream={} minutes={} from_ms={} to_ms={} reason={}",
          stream,
          (lost.to(i) - lost.from(i)) / Timeframe.BASE.millis(),
          lost.from(i),
          lost.to(i),
          why);
    }
  }

  /** A gap has no open interval any more. */
  void done(OpenGap gap, BackfillState state, VenueDesk desk) throws Exception {
    state.removeGap(gap.key());
    desk.daysOf(gap.stream()).remove(gap.dayMs());
    VenueDesk.Tally tally = desk.finish(gap.key());
    LOG.info(
        "event=backfill_done stream={} candles={} empty={} attempts={}",
        gap.stream(),
        tally.candles(),
        tally.empty(),
        gap.attempts() + 1);
  }
}
