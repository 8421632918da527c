package dev.candles.job.operator;

import dev.candles.core.finality.FinalizerStore;
import dev.candles.core.finality.TradeJoin;
import dev.candles.core.finality.Version;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.jspecify.annotations.Nullable;

/** The finalizer's state of the stream that is Flink's current key. */
final class KeyedFinalizerStore implements FinalizerStore {
  private final KeyedValue<Long> frontier;
  private final KeyedValue<TradeJoin.Joint> joint;
  private final KeyedMap<Long, Version> passed;

  KeyedFinalizerStore(RuntimeContext context) {
    frontier = KeyedValue.of(context, new ValueStateDescriptor<>("frontier", Long.class));
    joint = KeyedValue.of(context, new ValueStateDescriptor<>("joint", TradeJoin.Joint.class));
    passed = KeyedMap.of(context, new MapStateDescriptor<>("passed", Long.class, Version.class));
  }

  @Override
  public long frontierMs() {
    Long frontierMs = frontier.get();
    if (frontierMs == null) {
      throw new IllegalStateException("frontier of a stream that was not announced");
    }
    return frontierMs;
  }

  @Override
  public void putFrontierMs(long frontierMs) {
    frontier.put(frontierMs);
  }

  @Override
  public TradeJoin.@Nullable Joint joint() {
    return joint.get();
  }

  @Override
  public void putJoint(TradeJoin.@Nullable Joint newJoint) {
    joint.put(newJoint);
  }

  @Override
  public @Nullable Version passed(long openTimeMs) {
    return passed.get(openTimeMs);
  }

  @Override
  public void putPassed(long openTimeMs, Version version) {
    passed.put(openTimeMs, version);
  }

  @Override
  public void removePassed(long openTimeMs) {
    passed.remove(openTimeMs);
  }

  @Override
  public void clearPassed() {
    passed.clear();
  }
}
