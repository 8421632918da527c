package dev.candles.job.operator;

import dev.candles.core.candle.Candle;
import dev.candles.core.finality.FinalizerStore;
import dev.candles.core.finality.Version;
import dev.candles.core.ledger.LedgerStore;
import dev.candles.core.rollup.RollupStore;
import dev.candles.core.state.StateValue;
import dev.candles.job.codec.Codecs;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;

/**
 * The state that rules keep of the stream that is Flink's current key. Names and types of the
 * descriptors are those of every savepoint.
 */
final class KeyedStores {
  private KeyedStores() {}

  static FinalizerStore finalizer(RuntimeContext context) {
    return new FinalizerStore(
        KeyedValue.of(context, new ValueStateDescriptor<>("frontier", Long.class)),
        KeyedValue.of(context, new ValueStateDescriptor<>("joint", Codecs.JOINT.information())),
        KeyedMap.of(context, versions("passed")));
  }

  private static MapStateDescriptor<Long, Version> versions(String name) {
    return new MapStateDescriptor<>(name, Types.LONG, Codecs.VERSION.information());
  }

  /** As bytes of {@link Codecs#KEPT_HEALTH}: what cannot be read of it must not fail the job. */
  static StateValue<byte[]> health(RuntimeContext context) {
    var bytes = PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO;
    return KeyedValue.of(context, new ValueStateDescriptor<>("health", bytes));
  }

  static LedgerStore ledger(RuntimeContext context) {
    var words = PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO;
    return new LedgerStore(
        KeyedMap.of(context, new MapStateDescriptor<>("days", Types.LONG, words)),
        KeyedMap.of(context, versions("versions")),
        KeyedList.of(context, new ListStateDescriptor<>("parked", Codecs.LEDGER.information())),
        KeyedValue.of(context, new ValueStateDescriptor<>("seq", Long.class)),
        KeyedValue.of(context, new ValueStateDescriptor<>("accounted", Long.class)),
        KeyedValue.of(context, new ValueStateDescriptor<>("missing", words)));
  }

  static RollupStore rollup(RuntimeContext context) {
    var words = PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO;
    return new RollupStore(
        KeyedMap.of(context, candles("parts")),
        KeyedMap.of(context, new MapStateDescriptor<>("known", Types.LONG, words)),
        KeyedMap.of(context, candles("late")),
        KeyedMap.of(context, new MapStateDescriptor<>("awaited", Types.LONG, Types.LONG)),
        KeyedList.of(context, new ListStateDescriptor<>("parked", Codecs.ROLLUP.information())));
  }

  private static MapStateDescriptor<Long, Candle> candles(String name) {
    return new MapStateDescriptor<>(name, Types.LONG, Codecs.CANDLE.information());
  }
}
