package dev.candles.core.finality;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The state of one stream in memory, for whoever has no state of its own to restore. */
public final class MemoryFinalizerStore implements FinalizerStore {
  private final Map<Long, Version> passed = new HashMap<>();
  private @Nullable Long frontierMs;
  private TradeJoin.@Nullable Joint joint;

  @Override
  public long frontierMs() {
    if (frontierMs == null) {
      throw new IllegalStateException("frontier of a stream that was not announced");
    }
    return frontierMs;
  }

  @Override
  public void putFrontierMs(long newFrontierMs) {
    frontierMs = newFrontierMs;
  }

  @Override
  public TradeJoin.@Nullable Joint joint() {
    return joint;
  }

  @Override
  public void putJoint(TradeJoin.@Nullable Joint newJoint) {
    joint = newJoint;
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
