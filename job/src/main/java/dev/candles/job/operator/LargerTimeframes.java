package dev.candles.job.operator;

import dev.candles.core.candle.Timeframe;
import dev.candles.core.feed.AcceptedEvent;
import dev.candles.core.feed.RollupEvent;
import dev.candles.job.codec.Codecs;
import java.util.List;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.util.Collector;

/** Tells the rollup of each larger timeframe what the base stream's ledger accepted. */
public final class LargerTimeframes
    implements FlatMapFunction<AcceptedEvent, RollupEvent>, ResultTypeQueryable<RollupEvent> {
  private final List<Timeframe> larger;

  public LargerTimeframes(List<Timeframe> timeframes) {
    larger = timeframes.stream().filter(t -> t != Timeframe.BASE).toList();
  }

  @Override
  public TypeInformation<RollupEvent> getProducedType() {
    return Codecs.ROLLUP.information();
  }

  @Override
  public void flatMap(AcceptedEvent accepted, Collector<RollupEvent> out) {
    for (Timeframe timeframe : larger) {
      out.collect(new RollupEvent.Base(accepted.stream().in(timeframe), accepted));
    }
  }
}
