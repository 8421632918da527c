package dev.candles.sources.source.enumerator;

import dev.candles.core.time.MarketClock;
import dev.candles.sources.transport.RestResponse;
import dev.candles.sources.venue.Venue;
import dev.candles.sources.venue.VenueProfile;
import dev.candles.sources.venue.VenueSettings;
import java.util.Map;

/**
 * How soon a venue may be asked for its catalogue again, by the budget that the question draws on
 * and by what the last answer said. Thread-safe.
 */
final class CataloguePace {
  private final long apartMs;
  private final long penaltyMs;
  private long askedToWaitMs;

  /**
   * @param apartMs least real time between two questions
   * @param penaltyMs real time to wait after an answer that is no catalogue
   */
  CataloguePace(long apartMs, long penaltyMs) {
    this.apartMs = apartMs;
    this.penaltyMs = penaltyMs;
  }

  static CataloguePace of(Venue venue, VenueSettings settings, MarketClock clock) {
    Map<String, VenueProfile.Budget> budgets = settings.profile().budgets();
    VenueProfile.Budget budget = budgets.get(venue.catalogueBudget());
    if (budget == null) {
      throw new IllegalStateException("no such budget: " + venue.catalogueBudget());
    }
    long apartMs = (budget.window().toMillis() + budget.requests() - 1) / budget.requests();
    return new CataloguePace(
        clock.realDuration(apartMs), clock.realDuration(budget.penalty().toMillis()));
  }

  /** A question goes out. */
  synchronized void asked() {
    askedToWaitMs = 0;
  }

  /**
   * It was answered, with a catalogue or not.
   *
   * @param retryAfterMs real time that the answer asks to wait, or {@link RestResponse#ABSENT}
   */
  synchronized void answered(long retryAfterMs) {
    askedToWaitMs = Math.max(penaltyMs, retryAfterMs);
  }

  /** Least real time between two questions, ms. */
  long apartMs() {
    return apartMs;
  }

  /** Least real time to wait after the last question, which failed, ms. */
  synchronized long afterFailureMs() {
    return Math.max(apartMs, askedToWaitMs);
  }
}
