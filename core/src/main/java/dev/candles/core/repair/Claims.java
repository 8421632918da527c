package dev.candles.core.repair;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.text.LogValue;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** Tells the ledger what a repair has found missing, proven or given up. */
final class Claims {
  private final Consumer<LedgerEvent> out;
  private final RepairLog log;

  Claims(Consumer<LedgerEvent> out, RepairLog log) {
    this.out = out;
    this.log = log;
  }

  void missing(StreamKey stream, Intervals news, Reason reason) {
    for (int i = 0; i < news.count(); i++) {
      out.accept(new LedgerEvent.Missing(stream, news.from(i), news.to(i), reason));
    }
  }

  void candle(Candle candle) {
    out.accept(new LedgerEvent.Final(candle));
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
        out.accept(new LedgerEvent.Filled(stream, found.from(i), found.to(i), evidence));
      }
    }
    for (int i = 0; i < silent.count(); i++) {
      out.accept(new LedgerEvent.Empty(stream, silent.from(i), silent.to(i), proofOfSilence));
    }
  }

  void unrecoverable(StreamKey stream, Intervals lost, Reason why) {
    for (int i = 0; i < lost.count(); i++) {
      out.accept(new LedgerEvent.Unrecoverable(stream, lost.from(i), lost.to(i), why));
      log.log(
          RepairLog.Level.WARN,
          "event=unrecoverable stream={} minutes={} from={} to={} from_ms={} to_ms={} reason={}",
          stream,
          (lost.to(i) - lost.from(i)) / Timeframe.BASE.millis(),
          Instant.ofEpochMilli(lost.from(i)),
          Instant.ofEpochMilli(lost.to(i)),
          lost.from(i),
          lost.to(i),
          LogValue.of(why));
    }
  }
}
