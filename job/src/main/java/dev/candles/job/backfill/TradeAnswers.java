package dev.candles.job.backfill;

import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Market;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.candle.Trade;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import dev.candles.core.proof.Silence;
import dev.candles.core.proof.TradeEvidence;
import dev.candles.core.repair.OpenGap;
import dev.candles.core.repair.TradeSpan;
import dev.candles.core.repair.TradeWalk;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes in pages of trades: what they prove goes on, of whichever open interval it is. */
final class TradeAnswers {
  private static final Logger LOG = LoggerFactory.getLogger(TradeAnswers.class);

  /** A longer run is searched in parts: the trades of one search are bounded. */
  private static final int MOST_INTERVALS = 1_440;

  private final BackfillState state;
  private final VenueDesk desk;
  private final long nowMs;
  private final Claims claims;

  TradeAnswers(BackfillState state, VenueDesk desk, long nowMs, Claims claims) {
    this.state = state;
    this.desk = desk;
    this.nowMs = nowMs;
    this.claims = claims;
  }

  /** Asks for the trades around what an answer has left open, where only they prove silence. */
  void search(OpenGap gap, Intervals left, Market market) throws Exception {
    boolean byIds = desk.settings.profile().proofs().silence() == Silence.TRADE_IDS;
    Intervals old = left.minus(gap.young(desk.settledToMs(nowMs)));
    if (!byIds || old.isEmpty() || !desk.searchesTrades(gap) || desk.isSearching(gap.stream())) {
      return;
    }
    for (TradeSpan span : TradeSpan.ofLeft(gap, old, MOST_INTERVALS)) {
      if (state.span(span.key()) == null
          && desk.venue.trades(market, span, desk.walk(span)).isPresent()) {
        keep(span);
      }
    }
  }

  /**
   * A page of a span: asked on until the pages decide it, or until a walk through them breaks off.
   */
  void page(String key, List<Trade> page) throws Exception {
    TradeSpan span = state.span(key);
    if (span == null) {
      desk.forgetWalk(key);
      return;
    }
    TradeWalk walk = desk.walk(span);
    boolean goesOn = walk.take(page);
    TradeSpan.Reading reading = span.read(walk, nowMs);
    if (!reading.whole() && goesOn) {
      keep(span); // the next page
      return;
    }
    desk.forgetWalk(key);
    proven(span.stream(), reading.proven());
    proveOthers(span, walk);
    if (!reading.whole()) {
      again(span, walk);
      return;
    }
    state.removeSpan(key);
    for (TradeSpan more : reading.more()) {
      keep(more.with(state.span(more.key())));
    }
  }

  private void proven(StreamKey stream, TradeEvidence.Reading reading) throws Exception {
    claims.settled(stream, reading.candles(), reading.silent(), Evidence.REST_TRADES);
    claims.unrecoverable(stream, reading.unlisted(), Reason.BEFORE_LISTING);
    closeGaps(stream, reading);
  }

  /** The same trades may decide other open intervals of the stream, of any day. */
  private void proveOthers(TradeSpan span, TradeWalk walk) throws Exception {
    if (walk.trades().isEmpty()) {
      return;
    }
    boolean first = walk.trades().firstKey() == desk.settings.profile().proofs().firstTradeId();
    long firstMs = first ? Long.MIN_VALUE : walk.trades().firstEntry().getValue().timeMs();
    Intervals.Builder open = new Intervals.Builder(16);
    for (long day : desk.daysOf(span.stream())) {
      boolean near = day + Timeframe.D1.millis() >= firstMs;
      OpenGap gap = near ? state.gap(OpenGap.key(span.stream(), day)) : null;
      Intervals mine = gap == null ? Intervals.empty() : gap.open();
      for (int i = 0; i < mine.count(); i++) {
        open.add(mine.from(i), mine.to(i));
      }
    }
    TradeEvidence.Reading others = walk.read(open.build(), nowMs);
    if (!others.decided(span.stream().timeframe().millis()).isEmpty()) {
      proven(span.stream(), others);
    }
  }

  /** A walk through the pages led nowhere. */
  private void again(TradeSpan span, TradeWalk walk) throws Exception {
    state.removeSpan(span.key());
    if (walk.isFull() && !span.halves().isEmpty()) {
      for (TradeSpan half : span.halves()) {
        keep(half);
      }
      return;
    }
    Optional<TradeSpan> next = walk.isFull() ? Optional.empty() : span.again(nowMs);
    if (next.isPresent()) {
      keep(next.get());
      return;
    }
    LOG.info(
        "event=trades_given_up stream={} from_ms={} to_ms={} tries={} trades={}",
        span.stream(),
        span.hole().fromMs(),
        span.hole().toMs(),
        span.tries() + 1,
        walk.trades().size());
  }

  /** What trades have settled is no gap any more. */
  private void closeGaps(StreamKey stream, TradeEvidence.Reading reading) throws Exception {
    long stepMs = stream.timeframe().millis();
    Intervals settled = reading.decided(stepMs);
    for (long day : List.copyOf(desk.daysOf(stream))) {
      OpenGap gap = state.gap(OpenGap.key(stream, day));
      Intervals mine = gap == null ? Intervals.empty() : gap.open().intersect(settled);
      if (gap == null || mine.isEmpty()) {
        continue;
      }
      long empty = mine.intersect(reading.silent()).length() / stepMs;
      desk.tally(gap.key(), mine.length() / stepMs - empty, empty);
      OpenGap rest = gap.withOpen(gap.open().minus(settled));
      if (rest.isDone()) {
        desk.work.remove(gap.key(), WorkQueue.Kind.GAP);
        claims.done(rest, state, desk);
      } else {
        state.put(rest);
        desk.schedule(rest);
      }
    }
  }

  private void keep(TradeSpan span) throws Exception {
    state.put(span);
    desk.schedule(span);
  }
}
