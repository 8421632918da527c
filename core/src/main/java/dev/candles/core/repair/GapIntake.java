package dev.candles.core.repair;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.DayCoverage;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import dev.candles.core.feed.RepairEvent;
import dev.candles.core.proof.Silence;
import dev.candles.text.LogValue;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/** Makes gaps of what the streams of a venue lack. */
final class GapIntake {
  private final GapTask gaps;
  private final VenueSession session;

  /** What is given up by stream because the venue says that it was listed later. */
  private final Map<StreamKey, Intervals> unlisted = new HashMap<>();

  GapIntake(GapTask gaps, VenueSession session) {
    this.gaps = gaps;
    this.session = session;
  }

  /**
   * The lake wins: what it holds is no gap, what it lacks is one unless it is to be confirmed. Of
   * what was given up before the announced range it need not know: that is asked for all the same.
   */
  void announced(RepairEvent.Announced event) {
    StreamKey stream = event.stream();
    Intervals missing =
        Intervals.fromArray(event.missing()).minus(Confirmation.among(event, session.profile));
    Intervals givenUp = event.lost();
    Intervals before = Intervals.before(event.fromMs());
    for (long day : new TreeSet<>(gaps.daysOf(stream))) {
      String key = GapState.key(stream, day);
      GapState held = Objects.requireNonNull(gaps.get(key), key);
      Intervals still =
          event.isForgotten(held.endMs())
              ? Intervals.empty()
              : held.open().intersect(held.givenUp() ? givenUp.union(before) : missing);
      if (still.isEmpty()) {
        gaps.drop(held);
      } else {
        GapState open = held.withOpen(still);
        gaps.track(open);
        gaps.resume(open, event.toMs());
      }
    }
    long listedMs = stream.timeframe().floor(session.market(stream).listedAtMs());
    Intervals early = givenUp.intersect(Intervals.before(listedMs));
    Intervals lost = givenUp.minus(early);
    noted(event, missing, givenUp);
    askDaily(stream, lost, 0);
    unlisted.remove(stream);
    unlisted(stream, early, 0);
    announcedNatives(event, lost, listedMs);
  }

  /** What is given up is asked for once a day, first at a market time (epoch ms). */
  private void askDaily(StreamKey stream, Intervals lost, long nextTryMs) {
    for (Map.Entry<Long, Intervals> day : DayCoverage.byDay(lost).entrySet()) {
      GapState held = gaps.get(GapState.key(stream, day.getKey()));
      gaps.track(
          held == null
              ? GapState.givenUp(stream, day.getKey(), day.getValue(), nextTryMs)
              : held.withOpen(held.open().union(day.getValue())));
    }
  }

  /**
   * What is given up because of a listing would be years of requests a day: the newest day stands
   * for all of it. A gap of that day that is open still reaches as far.
   *
   * @param nextTryMs when that is asked for, market time, epoch ms
   */
  void unlisted(StreamKey stream, Intervals news, long nextTryMs) {
    if (news.isEmpty()) {
      return;
    }
    Intervals all = unlisted.getOrDefault(stream, Intervals.empty()).union(news);
    unlisted.put(stream, all);
    long dayMs = DayCoverage.dayOf(all.to(all.count() - 1) - 1);
    GapState held = gaps.get(GapState.key(stream, dayMs));
    if (held == null) {
      askDaily(stream, all.intersect(Intervals.of(dayMs, GapState.endOf(dayMs))), nextTryMs);
    } else if (held.givenUp() && held.nextTryMs() > nextTryMs) {
      gaps.track(held.postponed(nextTryMs));
    }
  }

  /** There are rows before the listing: what was given up because of it is asked for. */
  void listedEarlier(StreamKey stream) {
    Intervals all = unlisted.remove(stream);
    askDaily(stream, all == null ? Intervals.empty() : all, 0);
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

  /**
   * The venue's own larger candles around what was given up; they block nothing. There are none of
   * before a listing that trade 1 has proven.
   *
   * @param listedMs when the market was listed, epoch ms, UTC; 0 if unknown
   */
  private void announcedNatives(RepairEvent.Announced event, Intervals lost, long listedMs) {
    StreamKey base = event.stream();
    boolean byIds = session.profile.silence() == Silence.TRADE_IDS;
    for (Timeframe timeframe : session.profile.offered()) {
      StreamKey larger = base.in(timeframe);
      for (long day : List.copyOf(gaps.daysOf(larger))) {
        GapState held = Objects.requireNonNull(gaps.get(GapState.key(larger, day)));
        boolean unlisted = byIds && gaps.endMs(held) <= listedMs; // asked for by earlier builds
        if (unlisted || event.isForgotten(gaps.endMs(held))) {
          gaps.drop(held);
        } else {
          gaps.resume(held, event.toMs());
        }
      }
    }
    for (GapState gap : NativeCandles.around(base, lost, session.profile.offered())) {
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
        // what was given up waits for a day: nobody has asked in vain for so long for what is new
        boolean inVain = reason == Reason.NOT_CONFIRMED && !held.givenUp();
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
          LogValue.of(told));
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
