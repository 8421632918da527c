package dev.candles.cli.replay;

import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.RejectReason;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Trade;
import dev.candles.core.feed.Reject;
import dev.candles.core.proof.AnswerAge;
import dev.candles.core.repair.Proof;
import dev.candles.core.repair.RestAnswer;
import dev.candles.core.repair.RestQuery;
import dev.candles.core.repair.TradePage;
import dev.candles.sources.venue.Venue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * REST answers about one market: candles are believed as the repair does, where the answer itself
 * shows that they are settled; pages of trades are folded over their borders, which are checked by
 * id. Pages come oldest first, or all newest first.
 *
 * <p>What an answer proves is the same whenever it is replayed: no clock is asked, and an answer of
 * which nobody wrote down the time is as old as its newest row.
 */
final class AnswerReplay {
  private static final int OK = 200;

  /** Pages that come newest first are kept until the end. */
  private static final int MAX_KEPT_TRADES = 1_000_000;

  private final Venue venue;
  private final StreamKey stream;
  private final RestQuery asked;
  private final ReplayLines lines;
  private final ReplayLedger ledger;
  private final ReplayMarket market;
  private final List<TradePage> kept = new ArrayList<>();
  private int keptTrades;
  private boolean oldestFirst;
  private long nowMs = Long.MIN_VALUE;
  private long toldMs = Long.MIN_VALUE;

  AnswerReplay(Venue venue, StreamKey stream, ReplayLines lines, ReplayVersions versions) {
    this.venue = venue;
    this.stream = stream;
    this.asked = new RestQuery("", "rest", stream, 0, Long.MAX_VALUE / 2);
    this.lines = lines;
    this.ledger = new ReplayLedger(stream, lines, versions);
    this.market = new ReplayMarket(stream, Evidence.REST_TRADES, venue.profile(), lines, versions);
  }

  /** Takes an answer of candles; {@code rejects} takes what of it is not believed. */
  void candles(Recorded.Answer answer, Consumer<Reject> rejects) {
    lines.count("answers", 1);
    long readMs = readMs(answer);
    RestAnswer said =
        venue.decodeCandles(asked, venue.profile(), status(answer), answer.body(), readMs);
    said.rejects().forEach(rejects);
    if (said.outcome() != RestAnswer.Outcome.ROWS) {
      notRows(said, answer, rejects);
      return;
    }
    long settledMs = settledToMs(answer, Math.min(said.newestMs(), readMs));
    Proof.Rows settled =
        new Proof.Rows(said.candles(), said.silent(), said.forming())
            .settled(settledMs, stream.timeframe().millis());
    settled.closed().forEach(ledger::candle);
    Proof.Rows.candles(said.candles()).stream()
        .filter(c -> c.endTimeMs() > settledMs)
        .forEach(lines::formingCandle);
    lines.count(ReplayLedger.EMPTY, settled.silent().size());
    lines.count("unproven_intervals", settled.forming().size());
  }

  private long settledToMs(Recorded.Answer answer, long newestMs) {
    long asOfMs = answer.asOfMs() == Recorded.UNKNOWN ? AnswerAge.UNSAID : answer.asOfMs();
    return venue.profile().settledToMs(asOfMs, newestMs);
  }

  /** Takes a page of trades; {@code rejects} takes what of it is not believed. */
  void trades(Recorded.Answer answer, Consumer<Reject> rejects) {
    lines.count("answers", 1);
    toldMs = Math.max(toldMs, answer.asOfMs());
    RestAnswer said = venue.decodeTrades(asked, status(answer), answer.body(), readMs(answer));
    said.rejects().forEach(rejects);
    said.page().trades().forEach(trade -> lines.trade(stream.symbol(), trade, false));
    if (said.outcome() != RestAnswer.Outcome.ROWS) {
      notRows(said, answer, rejects);
    }
    if (!said.page().trades().isEmpty()) { // what can be read counts, as nobody can ask again
      order(said.page(), rejects);
    }
  }

  private void order(TradePage page, Consumer<Reject> rejects) {
    if (oldestFirst) {
      fold(page);
      return;
    }
    if (keptTrades + page.trades().size() > MAX_KEPT_TRADES) {
      String detail = "more than " + MAX_KEPT_TRADES + " trades, newest first: give oldest first";
      rejects.accept(reject(RejectReason.TOO_LARGE, detail, ""));
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

  /** All answers are there; what goes on after the last trade is over if an answer is later. */
  void end() {
    foldKept();
    if (nowMs != Long.MIN_VALUE) {
      market.end(Math.max(nowMs, toldMs));
    }
  }

  private void notRows(RestAnswer said, Recorded.Answer answer, Consumer<Reject> rejects) {
    String error =
        answer.status() == Recorded.UNKNOWN
            ? said.error().replaceFirst("^status=\\d+ ", "") // which nobody wrote down
            : said.error();
    switch (said.outcome()) {
      case THROTTLED -> lines.status("throttled: " + error);
      case UNKNOWN_SYMBOL -> lines.refused(stream.symbol(), error);
      case ROWS, UNREADABLE, FAILED -> {
        if (said.rejects().isEmpty()) {
          rejects.accept(reject(RejectReason.REFUSED, error, answer.body()));
        }
      }
    }
  }

  private Reject reject(RejectReason reason, String detail, String body) {
    return new Reject(Replay.UNDATED_MS, stream.venue(), stream.symbol(), "", reason, detail, body);
  }

  private static int status(Recorded.Answer answer) {
    return answer.status() == Recorded.UNKNOWN ? OK : answer.status();
  }

  /** For the decoder, which rejects what is far later. */
  private static long readMs(Recorded.Answer answer) {
    long knownMs = Math.max(answer.receivedMs(), answer.saidMs());
    return knownMs == Recorded.UNKNOWN ? Replay.UNDATED_MS : knownMs;
  }
}
