package dev.candles.sources.venue;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.CandleCheck;
import dev.candles.core.candle.RejectReason;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.candle.Trade;
import dev.candles.core.feed.Reject;
import dev.candles.core.repair.AnswerReach;
import dev.candles.core.repair.RestAnswer;
import dev.candles.core.repair.RestQuery;
import dev.candles.core.repair.TradePage;
import dev.candles.text.Cut;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one REST answer on their way to candles and trades: what is doubtful proves nothing.
 */
public final class RestPage {
  /** Of one answer; the rest would say the same. */
  private static final int MAX_REJECTS = 100;

  private final RestQuery query;
  private final String body;
  private final long receivedAtMs;
  private final TreeMap<Long, Candle> candles = new TreeMap<>();
  private final TreeSet<Long> unproven = new TreeSet<>();
  private final TreeSet<Long> partly = new TreeSet<>();
  private final TreeSet<Long> silent = new TreeSet<>();
  private long newestMs = Long.MIN_VALUE;
  private AnswerReach reach = AnswerReach.ALL;
  private final List<Reject> rejects = new ArrayList<>();
  private final TreeMap<Long, Trade> trades = new TreeMap<>();
  private long latestNs = TradePage.UNSAID;
  private @Nullable String unreadable;

  public RestPage(RestQuery query, String body, long receivedAtMs) {
    this.query = query;
    this.body = Cut.to(Reject.MAX_FRAME_CHARS, body);
    this.receivedAtMs = receivedAtMs;
  }

  /** Whether the interval that opens at {@code openTimeMs} (epoch ms, UTC) was asked for. */
  public boolean covers(long openTimeMs) {
    return openTimeMs >= query.fromMs() && openTimeMs < query.toMs();
  }

  /** A closed row; the same open time twice with other values is believed in neither. */
  public void closed(Candle candle) {
    Optional<CandleCheck.Problem> problem = CandleCheck.problem(candle);
    if (problem.isPresent()) {
      String detail = problem.get().detail() + ", row: " + candle;
      impossible(candle.openTimeMs(), problem.get().reason(), detail);
      return;
    }
    Candle other = candles.putIfAbsent(candle.openTimeMs(), candle);
    if (other != null && !other.equals(candle)) {
      String detail = "two versions in one answer: " + candle.openTimeMs();
      impossible(candle.openTimeMs(), RejectReason.MALFORMED, detail);
    }
  }

  /** An interval of which the answer shows a trade: it is not silent, and perhaps not whole. */
  public void traded(long openTimeMs) {
    if (covers(openTimeMs)) {
      partly.add(openTimeMs);
    }
  }

  /** The candle of such an interval, of which the answer holds all trades. */
  public void whole(Candle candle) {
    partly.remove(candle.openTimeMs());
    closed(candle);
  }

  /** A row that opens at {@code openTimeMs} is there, whatever it says: so new is the answer. */
  public void shows(long openTimeMs) {
    newestMs = Math.max(newestMs, openTimeMs);
  }

  /** A trade; of the same id twice with other values neither interval is proven. */
  public void trade(Trade trade) {
    Trade other = trades.putIfAbsent(trade.id(), trade);
    if (other != null && !other.equals(trade)) {
      Timeframe timeframe = query.stream().timeframe();
      unproven(timeframe.floor(other.timeMs()));
      String detail = "two versions of trade " + trade.id();
      impossible(timeframe.floor(trade.timeMs()), RejectReason.MALFORMED, detail);
    }
  }

  /** The latest trade's stamp, as fine as the venue says it: {@link TradePage#latestNs}. */
  public void latest(long stampNs) {
    latestNs = stampNs;
  }

  /** The page speaks of no more than that. */
  public void reaches(AnswerReach some) {
    reach = some;
  }

  /** What the page proves it proves by trade ids, however old it is. */
  public void ageless() {
    newestMs = Long.MAX_VALUE;
  }

  /** The trades so far, by id; a view. */
  public NavigableMap<Long, Trade> trades() {
    return Collections.unmodifiableNavigableMap(trades);
  }

  /** A row that could be of any interval: the answer proves nothing, once all of it is read. */
  public void unreadable(RejectReason reason, String detail) {
    reject(reason, detail);
    unreadable = unreadable == null ? detail : unreadable;
  }

  /** Trades prove that there is none in that interval, which has no row. */
  public void silent(long openTimeMs) {
    silent.add(openTimeMs);
  }

  /** An interval of which the answer proves nothing; of no account if it was not asked for. */
  public void unproven(long openTimeMs) {
    if (covers(openTimeMs)) {
      unproven.add(openTimeMs);
    }
  }

  /** An impossible row of a known interval: a reject that proves nothing. */
  public void impossible(long openTimeMs, RejectReason reason, String detail) {
    unproven(openTimeMs);
    reject(reason, detail);
  }

  /** Something in the answer that is not believed. */
  public void reject(RejectReason reason, String detail) {
    if (rejects.size() < MAX_REJECTS) {
      rejects.add(
          new Reject(
              receivedAtMs,
              query.stream().venue(),
              query.stream().symbol(),
              query.budget(),
              reason,
              detail,
              body));
    }
  }

  /** What is known after all rows. */
  public RestAnswer answer() {
    if (unreadable != null) {
      return RestAnswer.unreadable(unreadable, tradePage(), rejects);
    }
    unproven.addAll(partly);
    for (long open : silent) {
      if (candles.containsKey(open)) {
        unproven(open);
        reject(RejectReason.MALFORMED, "silent and not: " + open);
      }
    }
    candles.keySet().removeAll(unproven);
    silent.removeAll(unproven);
    return RestAnswer.rows(
            List.copyOf(candles.values()),
            List.copyOf(unproven),
            List.copyOf(silent),
            newestMs,
            tradePage(),
            rejects)
        .reaching(reach);
  }

  private TradePage tradePage() {
    return new TradePage(List.copyOf(trades.values()), rejects.isEmpty(), latestNs);
  }

  /** A row that could be of any interval: the other rows need not be read. */
  public RestAnswer unreadableAnswer(RejectReason reason, String detail) {
    unreadable(reason, detail);
    return answer();
  }

  /** What came cannot be the venue's: HTML, or JSON of another shape. */
  public RestAnswer notTheVenue(int status, String detail) {
    boolean markup = body.stripLeading().startsWith("<");
    reject(markup ? RejectReason.NOT_THE_VENUE : RejectReason.MALFORMED, detail);
    String error = "status=" + status + " " + (body.isBlank() ? "empty body" : detail);
    return RestAnswer.failed(error, rejects);
  }
}
