package dev.candles.job.backfill;

import dev.candles.core.candle.Market;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.DayCoverage;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.feed.RepairEvent;
import dev.candles.core.feed.TradeHole;
import dev.candles.core.repair.NativeCandles;
import dev.candles.core.repair.OpenGap;
import dev.candles.core.repair.Recheck;
import dev.candles.core.repair.TradeSpan;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.apache.flink.util.Collector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes in what one venue's streams lack: it becomes state and work, nothing is asked here. */
final class GapBook {
  private static final Logger LOG = LoggerFactory.getLogger(GapBook.class);

  private final BackfillState state;
  private final VenueDesk desk;
  private final Collector<LedgerEvent> out;

  GapBook(BackfillState state, VenueDesk desk, Collector<LedgerEvent> out) {
    this.state = state;
    this.desk = desk;
    this.out = out;
  }

  void take(RepairEvent event) throws Exception {
    StreamKey stream = Objects.requireNonNull(event.stream());
    switch (event.kind()) {
      case ANNOUNCED -> announced(stream, event);
      case GAP -> more(stream, Intervals.fromArray(event.missing()), event.reason());
      case RECHECK -> {
        Recheck question = Recheck.fresh(stream, event.fromMs(), event.toMs(), event.candidate());
        if (state.recheck(question.key()) == null) {
          state.put(question);
          desk.schedule(question);
        }
      }
      case TRADES -> {
        TradeSpan news = TradeSpan.fresh(stream, Objects.requireNonNull(event.hole()));
        TradeSpan open = state.span(news.key());
        TradeSpan span = news.with(open);
        if (!span.equals(open)) {
          desk.forgetWalk(span.key());
        }
        state.put(span);
        desk.schedule(span);
      }
      case JOINED -> joined(stream, Objects.requireNonNull(event.hole()));
      case LINK -> throw new IllegalStateException("no news of a stream: " + event.link());
    }
  }

  /** The chain's word on the last id may decide what waited for it. */
  private void joined(StreamKey stream, TradeHole joint) throws Exception {
    desk.joined(stream, joint.toMs(), joint.afterId());
    for (long day : desk.daysOf(stream)) {
      OpenGap gap = state.gap(OpenGap.key(stream, day));
      if (gap != null
          && !gap.givenUp()
          && gap.dayMs() + 2 * Timeframe.D1.millis() > joint.fromMs()) {
        keep(gap.postponed(0));
      }
    }
  }

  /** The lake wins: what it holds is no gap, what it lacks is one. */
  private void announced(StreamKey stream, RepairEvent event) throws Exception {
    Intervals missing = Intervals.fromArray(event.missing());
    Intervals givenUp = Intervals.fromArray(event.givenUp());
    for (long day : new TreeSet<>(desk.daysOf(stream))) {
      String key = OpenGap.key(stream, day);
      OpenGap held = Objects.requireNonNull(state.gap(key), key);
      Intervals still = held.open().intersect(held.givenUp() ? givenUp : missing);
      if (still.isEmpty()) {
        drop(held);
      } else {
        keep(held.withOpen(still));
      }
    }
    desk.announced.put(
        stream.id(), new Market(stream.symbol(), event.venueSymbol(), event.listedAtMs()));
    for (Recheck question : state.rechecks()) {
      if (question.stream().equals(stream)) {
        desk.schedule(question);
      }
    }
    for (TradeSpan span : state.spans()) {
      if (span.stream().equals(stream)) {
        desk.schedule(span);
      }
    }
    more(stream, missing, event.reason());
    for (Map.Entry<Long, Intervals> day : DayCoverage.byDay(givenUp).entrySet()) {
      OpenGap held = state.gap(OpenGap.key(stream, day.getKey()));
      keep(
          held == null
              ? OpenGap.givenUp(stream, day.getKey(), day.getValue(), 0)
              : held.withOpen(held.open().union(day.getValue())));
    }
    natives(stream, givenUp);
  }

  /** The venue's own larger candles around what was given up; they block nothing. */
  private void natives(StreamKey base, Intervals givenUp) throws Exception {
    for (Timeframe timeframe : desk.offered) {
      StreamKey larger = base.in(timeframe);
      for (long day : desk.daysOf(larger)) {
        desk.schedule(Objects.requireNonNull(state.gap(OpenGap.key(larger, day))));
      }
    }
    for (OpenGap gap : NativeCandles.around(base, givenUp, desk.offered)) {
      if (state.gap(gap.key()) == null) {
        keep(gap);
      }
    }
  }

  private void more(StreamKey stream, Intervals missing, Reason reason) throws Exception {
    Intervals news = Intervals.empty();
    boolean goesOn = false;
    for (Map.Entry<Long, Intervals> day : DayCoverage.byDay(missing).entrySet()) {
      OpenGap held = state.gap(OpenGap.key(stream, day.getKey()));
      if (held == null) {
        keep(OpenGap.fresh(stream, day.getKey(), day.getValue(), reason));
        news = news.union(day.getValue());
      } else {
        Intervals added = day.getValue().minus(held.open());
        goesOn |= held.open().contains(day.getValue().from(0) - 1);
        news = news.union(added);
        keep(held.withOpen(held.open().union(day.getValue())));
      }
    }
    for (int i = 0; i < news.count(); i++) {
      out.collect(LedgerEvent.missing(stream, news.from(i), news.to(i), reason));
    }
    if (!news.isEmpty() && !goesOn) {
      LOG.info(
          "event=gap_detected stream={} gap_minutes={} from_ms={} to_ms={} reason={}",
          stream,
          news.length() / Timeframe.BASE.millis(),
          news.from(0),
          news.to(news.count() - 1),
          reason);
    }
  }

  private void keep(OpenGap gap) throws Exception {
    state.put(gap);
    desk.daysOf(gap.stream()).add(gap.dayMs());
    desk.schedule(gap);
  }

  private void drop(OpenGap gap) throws Exception {
    state.removeGap(gap.key());
    desk.daysOf(gap.stream()).remove(gap.dayMs());
    desk.finish(gap.key());
    desk.work.remove(gap.key(), WorkQueue.Kind.GAP);
  }
}
