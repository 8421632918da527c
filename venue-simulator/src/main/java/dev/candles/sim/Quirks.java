package dev.candles.sim;

import dev.candles.sim.venue.kraken.SimKraken;
import dev.candles.sim.venue.okx.OkxDelays;
import dev.candles.sim.venue.okx.OkxSettings;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * What differs between a venue's good and bad days, without being a fault.
 *
 * @param flatRows whether okx sends flat rows for silent intervals
 * @param restLatency how long a REST answer takes, real time
 * @param historyLag how far okx's history-candles lag behind, market time
 * @param pageRows most rows of okx's pages of candles
 * @param delays how much later than usual okx's closing words come
 * @param slowRows how long after its end coinbase's REST row may still be incomplete, market time
 * @param exclusiveSince whether kraken's Trades leaves out what happened at {@code since} itself
 * @param callEvery by how much later kraken allows one more REST call, market time
 */
public record Quirks(
    boolean flatRows,
    Duration restLatency,
    Duration historyLag,
    int pageRows,
    OkxDelays delays,
    Duration slowRows,
    boolean exclusiveSince,
    Duration callEvery) {
  private static final Duration SLOW_ROWS = Duration.ofSeconds(110);

  /**
   * @throws IllegalArgumentException if a number is not above zero, or a duration negative
   */
  public Quirks {
    if (restLatency.isNegative() || historyLag.isNegative() || slowRows.isNegative()) {
      throw new IllegalArgumentException("latency and lag must not be negative");
    }
    if (pageRows < 1 || callEvery.isNegative() || callEvery.isZero()) {
      throw new IllegalArgumentException(
          "must be above zero: pageRows=" + pageRows + ", callEvery=" + callEvery);
    }
  }

  /** As the fact sheets have it, on loopback. */
  public static Quirks usual() {
    return new Quirks(
        true,
        Duration.ZERO,
        Duration.ZERO,
        OkxSettings.PAGE_ROWS,
        OkxDelays.NONE,
        SLOW_ROWS,
        false,
        SimKraken.CALL_EVERY);
  }

  Quirks withoutFlatRows() {
    return with(changed -> changed.flatRows = false);
  }

  Quirks withRestLatency(Duration latency) {
    return with(changed -> changed.restLatency = latency);
  }

  Quirks withHistoryLag(Duration lag) {
    return with(changed -> changed.historyLag = lag);
  }

  Quirks withPageRows(int most) {
    return with(changed -> changed.pageRows = most);
  }

  Quirks withDelays(OkxDelays later) {
    return with(changed -> changed.delays = later);
  }

  Quirks withSlowRows(Duration longest) {
    return with(changed -> changed.slowRows = longest);
  }

  Quirks withExclusiveSince() {
    return with(changed -> changed.exclusiveSince = true);
  }

  Quirks withCallEvery(Duration apart) {
    return with(changed -> changed.callEvery = apart);
  }

  private Quirks with(Consumer<Changed> change) {
    Changed changed = new Changed(this);
    change.accept(changed);
    return changed.quirks();
  }

  /** The same, one of them about to be another. */
  private static final class Changed {
    private boolean flatRows;
    private Duration restLatency;
    private Duration historyLag;
    private int pageRows;
    private OkxDelays delays;
    private Duration slowRows;
    private boolean exclusiveSince;
    private Duration callEvery;

    Changed(Quirks from) {
      flatRows = from.flatRows;
      restLatency = from.restLatency;
      historyLag = from.historyLag;
      pageRows = from.pageRows;
      delays = from.delays;
      slowRows = from.slowRows;
      exclusiveSince = from.exclusiveSince;
      callEvery = from.callEvery;
    }

    Quirks quirks() {
      return new Quirks(
          flatRows, restLatency, historyLag, pageRows, delays, slowRows, exclusiveSince, callEvery);
    }
  }
}
