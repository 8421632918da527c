package dev.candles.job.operator;

import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.feed.LiveEvent;
import dev.candles.core.feed.RepairEvent;
import dev.candles.core.finality.Finalizer;
import dev.candles.core.finality.FinalizerOutput;
import dev.candles.core.time.Retention;
import dev.candles.job.codec.Codecs;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Runs {@link Finalizer} per base stream: what is final goes on, what is missing or doubtful leaves
 * by {@link #REPAIRS}. Holds no rule of its own.
 *
 * <p>State per stream: the frontier, the last joint of the chain of trade ids, and the versions of
 * the last {@link Retention#passedMs} of intervals.
 */
public final class FinalizerFunction extends KeyedProcessFunction<String, LiveEvent, LedgerEvent>
    implements ResultTypeQueryable<LedgerEvent> {
  /** Gaps and questions, to the backfill. */
  public static final OutputTag<RepairEvent> REPAIRS = Tags.of("repairs", Codecs.REPAIR);

  private transient Finalizer finalizer;

  @Override
  public TypeInformation<LedgerEvent> getProducedType() {
    return Codecs.LEDGER.information();
  }

  @Override
  public void open(OpenContext context) {
    finalizer = new Finalizer(KeyedStores.finalizer(getRuntimeContext()), Retention.COLLECTOR);
  }

  @Override
  public void processElement(LiveEvent event, Context context, Collector<LedgerEvent> out) {
    finalizer.take(
        event,
        new FinalizerOutput() {
          @Override
          public void ledger(LedgerEvent told) {
            out.collect(told);
          }

          @Override
          public void repair(RepairEvent told) {
            context.output(REPAIRS, told);
          }
        });
  }
}
