package dev.candles.job.operator;

import dev.candles.core.candle.Timeframe;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.feed.RollupEvent;
import java.util.List;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/** Tells the rollup of each larger timeframe what the base stream's ledger accepted. */
public final class LargerTimeframes implements FlatMapFunction<LedgerEvent, RollupEvent> {
  private final List<Timeframe> larger;

  public LargerTimeframes(List<Timeframe> timeframes) {
    larger = timeframes.stream().filter(t -> t != Timeframe.BASE).toList();
  }

  @Override
  public void flatMap(LedgerEvent accepted, Collector<RollupEvent> out) {
    for (Timeframe timeframe : larger) {
      out.collect(RollupEvent.base(accepted.stream().in(timeframe), accepted));
    }
  }
}
