package dev.candles.core.repair;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.DayCoverage;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import dev.candles.core.feed.RepairEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/** Makes gaps of what the streams of a venue lack. */
final class GapIntake {
  private final GapTask gaps;
  private final VenueSession session;

  GapIntake(GapTask gaps, VenueSession session) {
    this.gaps = gaps;
    this.session = session;
  }

  /** The lake wins: what it holds is no gap, what it lacks is one unless it is to be confirmed. */
  void announced(RepairEvent.Announced event) {
    StreamKey stream = event.stream();
    Intervals missing =
        Intervals.fromArray(event.missing()).minus(Confirmation.among(event, session.profile));
    Intervals givenUp = Intervals.fromArray(event.givenUp());
    for (long day : new TreeSet<>(gaps.daysOf(stream))) {
      String key = GapState.key(stream, day);
      GapState held = Objects.requireNonNull(gaps.get(key), key);
      Intervals still = held.open().intersect(held.givenUp() ? givenUp : missing);
      if (still.isEmpty()) {
        gaps.drop(held);
      } else {
        gaps.track(held.withOpen(still));
      }
    }
    noted(event, missing, givenUp);
    for (Map.Entry<Long, Intervals> day : DayCoverage.byDay(givenUp).entrySet()) {
      GapState held = gaps.get(GapState.key(stream, day.getKey()));
      gaps.track(
          held == null
              ? GapState.givenUp(stream, day.getKey(), day.getValue(), 0)
              : held.withOpen(held.open().union(day.getValue())));
    }
    announcedNatives(event, givenUp);
  }

  /** What is missing before all that the lake knows is history, and after it an absence. */
  private void noted(RepairEvent.Announced event, Intervals missing, Intervals givenUp) {
    Intervals asked = Intervals.of(event.fromMs(), event.toMs());
    Intervals known = asked.minus(missing).minus(givenUp); // what was before a listing is no news
    long firstMs = known.isEmpty() ? event.toMs() : known.from(0);
    Intervals history = missing.intersect(Intervals.of(event.fromMs(), firstMs));
    missing(event.stream(), history, Reason.HISTORY, Reason.HISTORY);
    missing(event.stream(), missing.minus(history), Reason.HISTORY, Reason.AWAY);
  }

  /** The venue's own larger candles around what was given up; they block nothing. */
  private void announcedNatives(RepairEvent.Announced event, Intervals givenUp) {
    StreamKey base = event.stream();
    for (Timeframe timeframe : session.profile.offered()) {
      StreamKey larger = base.in(timeframe);
      for (long day : List.copyOf(gaps.daysOf(larger))) {
        GapState held = Objects.requireNonNull(gaps.get(GapState.key(larger, day)));
        if (event.isForgotten(gaps.endMs(held))) {
          gaps.drop(held);
        } else {
          gaps.schedule(held);
        }
      }
    }
    for (GapState gap : NativeCandles.around(base, givenUp, session.profile.offered())) {
      if (gaps.get(gap.key()) == null) {
        gaps.track(gap);
      }
    }
  }

  /** Where minutes are given up the venue may still have its own larger candles. */
  void natives(StreamKey base, Intervals givenUp) {
    for (GapState gap : NativeCandles.around(base, givenUp, session.profile.offered())) {
      GapState held = gaps.get(gap.key());
      gaps.track(held == null ? gap : held.withOpen(held.open().union(gap.open())));
    }
  }

  /** Intervals were found missing. */
  void missing(StreamKey stream, Intervals missing, Reason reason) {
    missing(stream, missing, reason, reason);
  }

  /**
   * @param reason as it is noted
   * @param told as an operator reads it
   */
  private void missing(StreamKey stream, Intervals missing, Reason reason, Reason told) {
    Intervals news = Intervals.empty();
    boolean goesOn = false;
    for (Map.Entry<Long, Intervals> day : DayCoverage.byDay(missing).entrySet()) {
      GapState held = gaps.get(GapState.key(stream, day.getKey()));
      if (held == null) {
        gaps.track(GapState.fresh(stream, day.getKey(), day.getValue(), reason));
        news = news.union(day.getValue());
      } else {
        Intervals added = day.getValue().minus(held.open());
        goesOn |= held.open().contains(day.getValue().from(0) - 1);
        news = news.union(added);
        Intervals open = held.open().union(day.getValue());
        boolean inVain = reason == Reason.NOT_CONFIRMED;
        gaps.track(inVain ? held.withMoreInVain(open) : held.withOpen(open));
      }
    }
    session.claims.missing(stream, news, reason);
    if (!news.isEmpty() && !goesOn) {
      long fromMs = news.from(0);
      long toMs = news.to(news.count() - 1);
      session.log.log(
          RepairLog.Level.INFO,
          "event=gap_detected stream={} gap_minutes={} from={} to={} from_ms={} to_ms={} reason={}",
          stream,
          news.length() / Timeframe.BASE.millis(),
          Instant.ofEpochMilli(fromMs),
          Instant.ofEpochMilli(toMs),
          fromMs,
          toMs,
          told);
    }
  }

  /** The chain's word on the last id before {@code timeMs} may decide what waited for it. */
  void joined(StreamKey stream, long timeMs) {
    for (long day : gaps.daysOf(stream)) {
      boolean near = day + 2 * Timeframe.D1.millis() > timeMs; // history is not read for it
      GapState gap = near ? gaps.get(GapState.key(stream, day)) : null;
      if (gap != null && !gap.givenUp()) {
        gaps.track(gap.postponed(0));
      }
    }
  }
}
