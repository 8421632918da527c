package dev.candles.sim.venue;

import dev.candles.sim.fault.Fault;
import dev.candles.sim.fault.FaultKind;
import dev.candles.sim.fault.Faults;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** One REST request on its way through a venue, and the faults that hit its answer. */
public final class RestCall {
  private static final long HOLED_ONE_IN = 16;
  private static final long OTHER_ONE_IN = 4;

  private final Faults faults;
  private final String venue;
  private final long number;
  private final long nowMs;
  private final long dateMs;
  private long ageMs;
  private @Nullable Boolean others;

  /**
   * @param number counts the venue's requests
   * @param nowMs when it came, market epoch ms
   * @param answeredMs when it is answered, market epoch ms
   */
  RestCall(Faults faults, String venue, long number, long nowMs, long answeredMs) {
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

  /** JSON, HTTP 200; out of a cache it says when it was made, and how long that is ago. */
  public SimResponse json(String body) {
    SimResponse answer = SimResponse.json(200, body, dateMs - ageMs);
    return ageMs == 0 ? answer : answer.with(Map.of("Age", Long.toString(ageMs / 1_000)));
  }

  /** The market time (epoch ms) that a page of {@code symbol} shows. */
  public long asOf(String symbol) {
    Optional<Fault> stale = strike(FaultKind.STALE_PAGE, symbol);
    if (stale.isPresent()) {
      return nowMs - stale.get().by().toMillis();
    }
    ageMs = strike(FaultKind.CACHED, symbol).map(fault -> fault.by().toMillis()).orElse(0L);
    return nowMs - ageMs;
  }

  /** How whole the rows of a candle page are that shows {@code asOfMs} (market epoch ms). */
  public HalfMade halfMade(String symbol, long asOfMs) {
    return new HalfMade(faults, venue, symbol, number, nowMs, asOfMs);
  }

  /** Whether a row of the page, of an interval that is over, has not the volume of its trades. */
  public boolean hasOtherVolume(String symbol, long openTimeMs) {
    if (Math.floorMod(faults.noise(venue, symbol, openTimeMs), OTHER_ONE_IN) != 0) {
      return false;
    }
    if (others == null) {
      others = strike(FaultKind.OTHER_VOLUME, symbol).isPresent();
    }
    return others;
  }

  /**
   * The rows that leave the venue, of a page that is written newest first.
   *
   * @param key names a row of the market: open time or trade id
   */
  public <T> List<T> newestFirst(String symbol, List<T> rows, ToLongFunction<T> key) {
    return cut(symbol, rows, key, rows.subList(0, (rows.size() + 1) / 2));
  }

  /** The rows that leave the venue, of a page that is written oldest first and ends now. */
  public <T> List<T> oldestFirst(String symbol, List<T> rows, ToLongFunction<T> key) {
    return cut(symbol, rows, key, rows.subList(rows.size() / 2, rows.size()));
  }

  /** The rows that leave the venue, of a page from which the next one goes on forward. */
  public <T> List<T> walkedForward(String symbol, List<T> rows, ToLongFunction<T> key) {
    return cut(symbol, rows, key, rows.subList(0, (rows.size() + 1) / 2));
  }

  private <T> List<T> cut(String symbol, List<T> rows, ToLongFunction<T> key, List<T> part) {
    if (!rows.isEmpty() && strike(FaultKind.EMPTY_PAGE, symbol).isPresent()) {
      return List.of();
    }
    boolean shorter = rows.size() > 1 && strike(FaultKind.SHORT_PAGE, symbol).isPresent();
    List<T> left = shorter ? List.copyOf(part) : rows;
    boolean holed = left.size() > 2 && strike(FaultKind.MISSING_ROW, symbol).isPresent();
    return holed ? holed(symbol, left, key) : left;
  }

  /** Without about one row in sixteen, at least one, never the first or last. */
  private <T> List<T> holed(String symbol, List<T> rows, ToLongFunction<T> key) {
    List<T> middle = rows.subList(1, rows.size() - 1);
    ToLongFunction<T> lot = row -> faults.noise(venue, symbol, key.applyAsLong(row)) >>> 1;
    long least = middle.stream().mapToLong(lot).min().orElseThrow();
    long most = Math.max(least, Long.MAX_VALUE / HOLED_ONE_IN);
    List<T> left = new ArrayList<>(rows.size());
    left.add(rows.get(0));
    middle.stream().filter(row -> lot.applyAsLong(row) > most).forEach(left::add);
    left.add(rows.get(rows.size() - 1));
    return left;
  }

  /** Whether a fault hits this request. */
  Optional<Fault> strike(FaultKind kind, @Nullable String symbol) {
    return faults.strike(kind, venue, symbol, number, nowMs);
  }
}
