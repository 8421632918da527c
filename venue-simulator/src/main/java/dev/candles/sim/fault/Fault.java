package dev.candles.sim.fault;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Something that shall go wrong. Exactly one of {@code atMs}, {@code every} and {@code probability}
 * says when: once at a market time; again and again, that far apart; or by chance, per opportunity
 * (a closing row or trade, a request, a connection; per market minute for stall and cut). All
 * durations are market time.
 *
 * @param symbol only this one, null for all
 * @param atMs epoch ms, UTC
 * @param duration how long it goes on; zero: kinds that hit rows or requests hit one
 * @param by late_correction: how much later; stale_page, cached: how old; half_made: for how long
 *     after their end; clock_skew: how far off, negative if behind; cut: how long before it is
 *     announced, where the venue announces
 * @param untilMs not from this market time on, epoch ms, UTC
 * @param rest cut: REST is cut too
 */
public record Fault(
    FaultKind kind,
    String venue,
    @Nullable String symbol,
    @Nullable Long atMs,
    @Nullable Duration every,
    @Nullable Double probability,
    Duration duration,
    Duration by,
    long untilMs,
    boolean rest) {

  /**
   * @throws IllegalArgumentException if it does not say exactly one time, or a value is impossible
   */
  public Fault {
    int times = (atMs == null ? 0 : 1) + (every == null ? 0 : 1) + (probability == null ? 0 : 1);
    require(times == 1, "needs exactly one of at, every and probability", times);
    require(every == null || every.toMillis() > 0, "every must be above zero", every);
    require(
        probability == null || (probability > 0 && probability <= 1),
        "probability must be in (0, 1]",
        probability);
    require(!duration.isNegative(), "duration must not be negative", duration);
    require(
        !by.isNegative() || kind == FaultKind.CLOCK_SKEW,
        "by must not be negative but of clock_skew",
        by);
    require(
        symbol == null || kind.perSymbol(),
        "symbol is for kinds that hit a symbol, not for " + kind.label(),
        symbol);
    require(!rest || kind == FaultKind.CUT, "rest: true is for kind cut alone", kind.label());
  }

  /** Once, at a market time (epoch ms, UTC). */
  public static Fault at(FaultKind kind, String venue, long atMs) {
    return plain(kind, venue, atMs, null, null);
  }

  /** Again and again, for the first time that long after the start. */
  public static Fault every(FaultKind kind, String venue, Duration every) {
    return plain(kind, venue, null, every, null);
  }

  /** By chance, per opportunity. */
  public static Fault chance(FaultKind kind, String venue, double probability) {
    return plain(kind, venue, null, null, probability);
  }

  /** The same for one symbol. */
  public Fault forSymbol(String only) {
    return copy(only, duration, by, untilMs, rest);
  }

  /** The same, lasting. */
  public Fault lasting(Duration longer) {
    return copy(symbol, longer, by, untilMs, rest);
  }

  /** The same with another {@code by}. */
  public Fault by(Duration amount) {
    return copy(symbol, duration, amount, untilMs, rest);
  }

  /** The same, ending at a market time (epoch ms, UTC). */
  public Fault until(long ms) {
    return copy(symbol, duration, by, ms, rest);
  }

  /** The same cut, of REST too. */
  public Fault withRest() {
    return copy(symbol, duration, by, untilMs, true);
  }

  private static Fault plain(
      FaultKind kind,
      String venue,
      @Nullable Long atMs,
      @Nullable Duration every,
      @Nullable Double probability) {
    return new Fault(
        kind,
        venue,
        null,
        atMs,
        every,
        probability,
        defaultDuration(kind),
        defaultBy(kind),
        Long.MAX_VALUE,
        false);
  }

  static Duration defaultDuration(FaultKind kind) {
    return switch (kind) {
      case STALL -> Duration.ofSeconds(30);
      case REFUSE, CLOCK_SKEW -> Duration.ofMinutes(1);
      case ACK_THEN_SILENCE -> Duration.ofMinutes(5);
      default -> Duration.ZERO;
    };
  }

  static Duration defaultBy(FaultKind kind) {
    return switch (kind) {
      case LATE_CORRECTION -> Duration.ofSeconds(20);
      case STALE_PAGE, CACHED -> Duration.ofMinutes(5);
      case HALF_MADE -> Duration.ofMinutes(10);
      case CLOCK_SKEW -> Duration.ofSeconds(90);
      default -> Duration.ZERO;
    };
  }

  private Fault copy(
      @Nullable String only, Duration longer, Duration amount, long end, boolean restToo) {
    return new Fault(kind, venue, only, atMs, every, probability, longer, amount, end, restToo);
  }

  private static void require(boolean holds, String rule, @Nullable Object found) {
    if (!holds) {
      throw new IllegalArgumentException(rule + ": found=" + found);
    }
  }
}
