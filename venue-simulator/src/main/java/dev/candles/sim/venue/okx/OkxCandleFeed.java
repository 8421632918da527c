package dev.candles.sim.venue.okx;

import dev.candles.core.candle.Timeframe;
import dev.candles.sim.fault.FaultKind;
import dev.candles.sim.tape.TapeCandle;
import dev.candles.sim.venue.ClientSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A candle channel: the row in progress at once, then at most one a second, then the closing row
 * and in the following frame the first row of the next interval (okx.md section 4).
 */
final class OkxCandleFeed implements OkxFeed {
  private static final long PUSH_MS = 1_000;
  private static final long PUSH_REAL_MS = 50;
  private static final int MAX_CLOSINGS_PER_TICK = 500;

  private final OkxContext context;
  private final OkxMarket market;
  private final OkxChannel channel;
  private final ClientSink outlet;
  private final String arg;
  private final long pushGapMs;
  private final long realGapMs;
  private long openMs;
  private long lastPushMs = Long.MIN_VALUE / 2;
  private long lastLookMs = Long.MIN_VALUE / 2;
  private String lastRow = "";
  private boolean silent;

  OkxCandleFeed(OkxContext context, OkxMarket market, OkxChannel channel, ClientSink outlet) {
    this.context = context;
    this.market = market;
    this.channel = channel;
    this.outlet = outlet;
    arg = SimOkxFrames.arg(channel.channel(), market.instId());
    realGapMs = context.time().clock().marketDuration(PUSH_REAL_MS);
    pushGapMs = Math.max(PUSH_MS, realGapMs);
  }

  OkxMarket market() {
    return market;
  }

  Timeframe timeframe() {
    return channel.timeframe();
  }

  /** Whether a row of this interval would reach the subscriber as a second closing row. */
  boolean canCorrect(long openTimeMs, long nowMs) {
    return !silent && openMs > openTimeMs && outlet.flows(nowMs);
  }

  /** Pushes the closing row of an interval once more, as it is now. */
  void pushCorrection(long openTimeMs, long nowMs) {
    market
        .row(timeframe(), openTimeMs, nowMs)
        .ifPresent(candle -> push(List.of(SimOkxFrames.row(candle, true))));
  }

  @Override
  public void start(long nowMs) {
    openMs = timeframe().floor(nowMs);
    long previous = openMs - timeframe().millis();
    if (nowMs < market.confirmAt(timeframe(), previous)) {
      openMs = previous; // its closing row is still to come
    }
    progress(nowMs);
  }

  @Override
  public boolean tick(long nowMs) {
    if (silent) {
      return false;
    }
    boolean pushed = false;
    for (int i = 0; i < MAX_CLOSINGS_PER_TICK && !silent && over(nowMs); i++) {
      pushed |= close(nowMs);
    }
    return nowMs - Math.max(lastPushMs, lastLookMs) >= pushGapMs
        ? progress(nowMs) || pushed
        : pushed;
  }

  private boolean over(long nowMs) {
    return nowMs >= openMs + timeframe().millis() && nowMs >= market.confirmAt(timeframe(), openMs);
  }

  private boolean close(long nowMs) {
    long closing = openMs;
    openMs += timeframe().millis();
    lastRow = "";
    Optional<TapeCandle> candle = market.row(timeframe(), closing, nowMs);
    Optional<TapeCandle> next = market.row(timeframe(), openMs, nowMs);
    if (!outlet.flows(nowMs)) {
      return false;
    }
    if (candle.isEmpty()) {
      market.series().flat(closing).ifPresent(flat -> offerCorrection(flat, nowMs));
      return false;
    }
    if (hit(FaultKind.SILENT_SYMBOL, closing, nowMs)) {
      silent = true;
      return false;
    }
    String nextRow = nextRow(next, nowMs);
    pushClosing(SimOkxFrames.row(candle.get(), true), nextRow, closing, nowMs);
    if (!nextRow.isEmpty()) {
      lastRow = nextRow;
      lastPushMs = nowMs;
    }
    extras(closing, nowMs);
    offerCorrection(candle.get(), nowMs);
    return true;
  }

  private void offerCorrection(TapeCandle candle, long nowMs) {
    if (timeframe() == Timeframe.BASE) {
      context.corrections().offer(market, candle, nowMs);
    }
  }

  private void pushClosing(String row, String nextRow, long closing, long nowMs) {
    if (hit(FaultKind.DROP, closing, nowMs)) {
      pushNext(nextRow);
    } else if (!nextRow.isEmpty() && hit(FaultKind.REORDER, closing, nowMs)) {
      push(List.of(nextRow));
      push(List.of(row));
    } else if (!nextRow.isEmpty() && hit(FaultKind.MERGE, closing, nowMs)) {
      push(List.of(row, nextRow));
    } else {
      push(List.of(row));
      if (hit(FaultKind.REPEAT, closing, nowMs)) {
        push(List.of(row));
      }
      pushNext(nextRow);
    }
  }

  /** The next interval's first row, unless at high speed that would be too many a second. */
  private String nextRow(Optional<TapeCandle> next, long nowMs) {
    boolean due = nowMs - lastPushMs >= realGapMs;
    return due ? next.map(candle -> SimOkxFrames.row(candle, false)).orElse("") : "";
  }

  private void pushNext(String nextRow) {
    if (!nextRow.isEmpty()) {
      push(List.of(nextRow));
    }
  }

  private void extras(long closing, long nowMs) {
    if (hit(FaultKind.MALFORMED, closing, nowMs)) {
      outlet.data(OkxMalformedFrames.frame(arg, market.instId(), channel.channel(), closing));
    }
    if (hit(FaultKind.HUGE_FRAME, closing, nowMs)) {
      outlet.data(OkxMalformedFrames.huge(arg));
    }
  }

  private boolean progress(long nowMs) {
    lastLookMs = nowMs;
    Optional<TapeCandle> candle = market.row(timeframe(), openMs, nowMs);
    if (candle.isEmpty()) {
      return false;
    }
    String row = SimOkxFrames.row(candle.get(), false);
    if (row.equals(lastRow)) {
      return false;
    }
    lastRow = row;
    lastPushMs = nowMs;
    push(List.of(row));
    return true;
  }

  private void push(List<String> rows) {
    outlet.data(SimOkxFrames.push(arg, new ArrayList<>(rows)));
  }

  private boolean hit(FaultKind kind, long closing, long nowMs) {
    long key =
        closing / 60_000 * 31
            + market.instId().hashCode() * 1_000_003L
            + timeframe().baseIntervals();
    return context.faults().strike(kind, SimOkx.VENUE, market.instId(), key, nowMs).isPresent();
  }
}
