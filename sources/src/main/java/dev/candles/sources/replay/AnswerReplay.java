package dev.candles.sources.replay;

import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.RejectReason;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Trade;
import dev.candles.core.feed.Reject;
import dev.candles.core.repair.Proof;
import dev.candles.sources.venue.RestAnswer;
import dev.candles.sources.venue.RestQuery;
import dev.candles.sources.venue.TradePage;
import dev.candles.sources.venue.Venue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * REST answers about one market: candles are believed as the repair does, once they are settled;
 * pages of trades are folded over their borders, which are checked by id. Pages come oldest first,
 * or all newest first.
 */
final class AnswerReplay {
  private static final int OK = 200;

  /** Pages that come newest first are kept until the end. */
  private static final int MAX_KEPT_TRADES = 1_000_000;

  private final Venue venue;
  private final StreamKey stream;
  private final RestQuery asked;
  private final long unknownMs;
  private final ReplayLines lines;
  private final Judge judge;
  private final ReplayMarket market;
  private final List<TradePage> kept = new ArrayList<>();
  private int keptTrades;
  private boolean oldestFirst;
  private long nowMs = Long.MIN_VALUE;

  /**
   * @param unknownMs for answers without a time of receipt, epoch ms, UTC
   */
  AnswerReplay(Venue venue, StreamKey stream, long unknownMs, ReplayLines lines) {
    this.venue = venue;
    this.stream = stream;
    this.asked = new RestQuery("", "rest", stream, 0, Long.MAX_VALUE / 2);
    this.unknownMs = unknownMs;
    this.lines = lines;
    this.judge = new Judge(lines);
    this.market =
        new ReplayMarket(
            stream, Evidence.REST_TRADES, venue.profile().waits().trades(), judge, lines);
  }

  /** Takes an answer of candles; {@code rejects} takes what of it is not believed. */
  void candles(Recorded.Answer answer, Consumer<Reject> rejects) {
    lines.count("answers", 1);
    long receivedMs = received(answer);
    RestAnswer said = venue.decodeCandles(asked, OK, answer.body(), receivedMs);
    said.rejects().forEach(rejects);
    if (said.outcome() != RestAnswer.Outcome.ROWS) {
      notRows(said, answer.body(), receivedMs, rejects);
      return;
    }
    long stepMs = stream.timeframe().millis();
    long settledMs = receivedMs - venue.profile().waits().settle().toMillis();
    Proof.Rows settled =
        new Proof.Rows(said.candles(), said.silent(), said.forming()).settled(settledMs, stepMs);
    settled.closed().forEach(judge::believed);
    said.candles().stream().filter(c -> c.endTimeMs() > settledMs).forEach(lines::formingCandle);
    lines.count("empty_intervals", settled.silent().size());
    lines.count("unproven_intervals", settled.forming().size());
  }

  /** Takes a page of trades; {@code rejects} takes what of it is not believed. */
  void trades(Recorded.Answer answer, Consumer<Reject> rejects) {
    lines.count("answers", 1);
    long receivedMs = received(answer);
    RestAnswer said = venue.decodeTrades(asked, OK, answer.body(), receivedMs);
    said.rejects().forEach(rejects);
    said.page().trades().forEach(trade -> lines.trade(stream.symbol(), trade, false));
    if (said.outcome() != RestAnswer.Outcome.ROWS) {
      notRows(said, answer.body(), receivedMs, rejects);
    }
    if (!said.page().trades().isEmpty()) { // what can be read counts, as nobody can ask again
      order(said.page(), receivedMs, rejects);
    }
  }

  private void order(TradePage page, long receivedMs, Consumer<Reject> rejects) {
    if (oldestFirst) {
      fold(page);
      return;
    }
    if (keptTrades + page.trades().size() > MAX_KEPT_TRADES) {
      String detail = "more than " + MAX_KEPT_TRADES + " trades, newest first: give oldest first";
      rejects.accept(reject(RejectReason.TOO_LARGE, detail, "", receivedMs));
      return;
    }
    kept.add(page);
    keptTrades += page.trades().size();
    if (page.lastId() > kept.get(0).lastId()) {
      oldestFirst = true;
      foldKept();
    }
  }

  private void foldKept() {
    kept.stream().sorted(Comparator.comparingLong(TradePage::firstId)).forEach(this::fold);
    kept.clear();
  }

  private void fold(TradePage page) {
    for (Trade trade : page.trades()) {
      nowMs = Math.max(nowMs, trade.timeMs());
      market.trade(trade, false, nowMs);
    }
  }

  /** All answers are there: no trade that is not on them came before the last one. */
  void end() {
    foldKept();
    if (nowMs != Long.MIN_VALUE) {
      market.end(Math.max(nowMs, unknownMs));
    }
  }

  private void notRows(RestAnswer said, String body, long receivedMs, Consumer<Reject> rejects) {
    switch (said.outcome()) {
      case THROTTLED -> lines.status("throttled: " + said.error());
      case UNKNOWN_SYMBOL -> lines.refused(stream.symbol(), said.error());
      case ROWS, UNREADABLE, FAILED -> {
        if (said.rejects().isEmpty()) {
          rejects.accept(reject(RejectReason.REFUSED, said.error(), body, receivedMs));
        }
      }
    }
  }

  private Reject reject(RejectReason reason, String detail, String body, long atMs) {
    return new Reject(atMs, stream.venue(), stream.symbol(), "", reason, detail, body);
  }

  private long received(Recorded.Answer answer) {
    return answer.receivedMs() == Recorded.UNKNOWN ? unknownMs : answer.receivedMs();
  }
}
