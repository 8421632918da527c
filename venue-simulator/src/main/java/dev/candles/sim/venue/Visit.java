package dev.candles.sim.venue;

import dev.candles.sim.fault.Fault;
import dev.candles.sim.fault.FaultKind;
import dev.candles.sim.fault.Faults;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One REST request on its way through a venue, and the faults that hit its answer. */
public final class Visit {
  private final Faults faults;
  private final String venue;
  private final long number;
  private final long nowMs;
  private final long dateMs;

  /**
   * @param number counts the venue's requests
   * @param nowMs when it came, market epoch ms
   * @param answeredMs when it is answered, market epoch ms
   */
  Visit(Faults faults, String venue, long number, long nowMs, long answeredMs) {
    this.faults = faults;
    this.venue = venue;
    this.number = number;
    this.nowMs = nowMs;
    long skew = strike(FaultKind.CLOCK_SKEW, null).map(fault -> fault.by().toMillis()).orElse(0L);
    dateMs = answeredMs + skew;
  }

  /** Counts the venue's requests. */
  public long number() {
    return number;
  }

  /** When the request came, market epoch ms, UTC. */
  public long nowMs() {
    return nowMs;
  }

  /** What the venue's clock shows at the answer, epoch ms, UTC. */
  public long dateMs() {
    return dateMs;
  }

  /** JSON, HTTP 200. */
  public HttpAnswer json(String body) {
    return HttpAnswer.json(200, body, dateMs);
  }

  /** The market time (epoch ms) that a page of {@code symbol} shows. */
  public long asOf(String symbol) {
    return strike(FaultKind.STALE_PAGE, symbol)
        .map(fault -> nowMs - fault.by().toMillis())
        .orElse(nowMs);
  }

  /** The rows that leave the venue, of a page that is written newest first. */
  public <T> List<T> newestFirst(String symbol, List<T> rows) {
    return cut(symbol, rows, rows.subList(0, (rows.size() + 1) / 2));
  }

  /** The rows that leave the venue, of a page that is written oldest first and ends now. */
  public <T> List<T> oldestFirst(String symbol, List<T> rows) {
    return cut(symbol, rows, rows.subList(rows.size() / 2, rows.size()));
  }

  /** The rows that leave the venue, of a page from which the next one goes on forward. */
  public <T> List<T> walkedForward(String symbol, List<T> rows) {
    return cut(symbol, rows, rows.subList(0, (rows.size() + 1) / 2));
  }

  private <T> List<T> cut(String symbol, List<T> rows, List<T> part) {
    if (!rows.isEmpty() && strike(FaultKind.EMPTY_PAGE, symbol).isPresent()) {
      return List.of();
    }
    boolean shorter = rows.size() > 1 && strike(FaultKind.SHORT_PAGE, symbol).isPresent();
    return shorter ? List.copyOf(part) : rows;
  }

  /** Whether a fault hits this request. */
  Optional<Fault> strike(FaultKind kind, @Nullable String symbol) {
    return faults.strike(kind, venue, symbol, number, nowMs);
  }
}
