package dev.candles.sim.venue.kraken;

import dev.candles.core.candle.Timeframe;
import dev.candles.sim.tape.Trade;
import dev.candles.sim.venue.PageRow;
import dev.candles.sim.venue.Quote;
import dev.candles.sim.venue.Refusal;
import dev.candles.sim.venue.RestCall;
import dev.candles.sim.venue.RestProtocol;
import dev.candles.sim.venue.SimRequest;
import dev.candles.sim.venue.SimResponse;
import dev.candles.sim.venue.TokenBucket;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Kraken's public REST calls; errors come with HTTP 200 (kraken.md sections 1, 2, 5, 6). Called by
 * many threads.
 */
final class SimKrakenRest implements RestProtocol {
  private static final String ROOT = "/0/public/";
  private static final int BURST = 30;
  private static final long CACHED_MS = 2_000;
  private static final int TRADES = 1_000;
  private static final int LEVELS = 100;
  private static final int MOST_LEVELS = 500;
  private static final long LARGEST_SECONDS = 1_000_000_000_000L;
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final DateTimeFormatter RFC =
      DateTimeFormatter.ofPattern("EEE, dd MMM yy HH:mm:ss '+0000'", Locale.US)
          .withZone(ZoneOffset.UTC);

  private final KrakenContext context;
  private final KrakenAssets assets;
  private final KrakenSettings settings;
  private final TokenBucket calls;

  SimKrakenRest(KrakenContext context, KrakenSettings settings) {
    this.context = context;
    assets = new KrakenAssets(context.pairs());
    this.settings = settings;
    calls = new TokenBucket(1_000.0 / settings.callEvery().toMillis(), BURST);
  }

  @Override
  public String venue() {
    return SimKraken.VENUE;
  }

  @Override
  public boolean readsForms() {
    return true;
  }

  /**
   * All calls of an address are counted together, and here all are of one; what is counted by pair
   * besides is no more than that.
   */
  @Override
  public boolean admits(SimRequest question, long nowMs) {
    return calls.take(nowMs);
  }

  @Override
  public Refusal tooMany(RestCall visit) {
    return refusal(
        switch ((int) (visit.number() % 4)) {
          case 2 -> "EAPI:Rate limit exceeded";
          case 3 -> "EService: Throttled: " + (visit.nowMs() / 1_000 + 5);
          default -> "EGeneral:Too many requests";
        });
  }

  @Override
  public Refusal unavailable() {
    return refusal("EService:Unavailable");
  }

  @Override
  public int htmlStatus() {
    return 520;
  }

  @Override
  public SimResponse answer(SimRequest question, RestCall visit) throws Refusal {
    String result =
        switch (call(question)) {
          case "Time" -> time(visit.dateMs());
          case "SystemStatus" -> status(visit.dateMs());
          case "Assets" -> assets(question);
          case "AssetPairs" -> pairs(question, visit);
          case "Ticker" -> tickers(question, visit);
          case "Depth" -> book(question, visit);
          case "OHLC" -> candles(question, visit);
          case "Trades" -> trades(question, visit);
          default -> throw refusal("EGeneral:Unknown method");
        };
    return visit.json(SimKrakenFrames.result(result));
  }

  private static String time(long ms) {
    return "{\"unixtime\":"
        + ms / 1_000
        + ",\"rfc1123\":\""
        + RFC.format(Instant.ofEpochMilli(ms))
        + "\"}";
  }

  private static String status(long ms) {
    Instant second = Instant.ofEpochSecond(ms / 1_000);
    return "{\"status\":\"online\",\"timestamp\":\"" + second + "\"}";
  }

  private String assets(SimRequest question) throws Refusal {
    if (question.get("asset").isEmpty()) {
      return object(assets.all());
    }
    List<String> members = new ArrayList<>();
    for (String name : names(question, "asset")) {
      members.add(assets.of(name).orElseThrow(() -> refusal("EQuery:Unknown asset")));
    }
    return object(members);
  }

  private String tickers(SimRequest question, RestCall visit) throws Refusal {
    List<String> members = new ArrayList<>();
    if (question.get("pair").isEmpty()) {
      for (KrakenPair pair : context.pairs()) { // those that have traded
        pair.desk()
            .quotes()
            .at(asOf(pair, visit))
            .map(quote -> ticker(pair.key(), quote))
            .ifPresent(members::add);
      }
    } else {
      for (String name : names(question, "pair")) {
        KrakenPair pair = pair(name);
        members.add(ticker(pair.resultKey(name), quote(pair, visit)));
      }
    }
    return object(members);
  }

  private static String ticker(String key, Quote quote) {
    return "\"" + key + "\":" + KrakenQuotes.ticker(quote);
  }

  private String book(SimRequest question, RestCall visit) throws Refusal {
    String name = question.get("pair");
    KrakenPair pair = pair(name);
    long count = number(question, "count", LEVELS);
    if (count < 1 || count > MOST_LEVELS) {
      throw wrong();
    }
    String book = KrakenQuotes.book(quote(pair, visit), (int) count);
    return "{\"" + pair.resultKey(name) + "\":" + book + "}";
  }

  private static Quote quote(KrakenPair pair, RestCall visit) throws Refusal {
    return pair.desk()
        .quotes()
        .at(asOf(pair, visit))
        .orElseThrow(() -> refusal("EQuery:Unknown asset pair"));
  }

  private String pairs(SimRequest question, RestCall visit) throws Refusal {
    List<String> records = new ArrayList<>();
    if (question.get("pair").isEmpty()) {
      records.add(
          "\"XXBTZUSD.d\":" + KrakenPair.darkPool()); // first: clients keep the last of a name
      for (KrakenPair pair : context.pairs()) {
        records.add("\"" + pair.key() + "\":" + pair.record(visit.nowMs()));
      }
    } else {
      for (String name : names(question, "pair")) {
        KrakenPair pair = pair(name);
        records.add("\"" + pair.resultKey(name) + "\":" + pair.record(visit.nowMs()));
      }
    }
    return object(records);
  }

  private static List<String> names(SimRequest question, String parameter) throws Refusal {
    List<String> names = List.of(question.get(parameter).split(",", -1));
    if (names.size() > KrakenTalk.MOST_NAMES) {
      throw wrong();
    }
    return names;
  }

  private static String object(List<String> members) {
    return "{" + String.join(",", members) + "}";
  }

  private String candles(SimRequest question, RestCall visit) throws Refusal {
    String name = question.get("pair");
    KrakenPair pair = pair(name);
    String interval = question.get("interval");
    Timeframe timeframe =
        KrakenIntervals.of(interval.isEmpty() ? "1" : interval).orElseThrow(SimKrakenRest::wrong);
    long since = number(question, "since", Long.MIN_VALUE);
    String symbol = pair.desk().symbol();
    long asOf = asOf(pair, visit);
    KrakenCandles candles = new KrakenCandles(pair, timeframe, asOf, visit);
    List<PageRow> rows = visit.oldestFirst(symbol, candles.since(since), PageRow::key);
    return answer(
        pair.resultKey(name),
        rows.stream().map(PageRow::text).toList(),
        Long.toString(candles.lastCommitted() / 1_000));
  }

  private String trades(SimRequest question, RestCall visit) throws Refusal {
    String name = question.get("pair");
    KrakenPair pair = pair(name);
    long count = number(question, "count", TRADES);
    if (count < 1 || count > TRADES) {
      throw wrong();
    }
    long since = number(question, "since", -1);
    if (since >= 0 && since < LARGEST_SECONDS) {
      since *= NANOS_PER_SECOND;
    }
    long asOf = asOf(pair, visit);
    SimKrakenTrades walk = new SimKrakenTrades(pair.tape(), asOf, (int) count);
    long from =
        settings.exclusiveSince() && since > 0 && since < Long.MAX_VALUE ? since + 1 : since;
    List<Trade> rows =
        visit.walkedForward(
            pair.desk().symbol(), since < 0 ? walk.latest() : walk.from(from), Trade::id);
    String last =
        rows.isEmpty()
            ? Long.toString(since < 0 ? asOf * KrakenTimes.NANOS_PER_MS : since)
            : shortened(KrakenTimes.nanos(rows.get(rows.size() - 1)));
    return answer(
        pair.resultKey(name), rows.stream().map(SimKrakenFrames::row).toList(), "\"" + last + "\"");
  }

  /** Once in a while the zeros at the end are lost. */
  private static String shortened(long nanos) {
    String text = Long.toString(nanos);
    return text.endsWith("00") ? text.replaceAll("0+$", "") : text;
  }

  private static String answer(String key, List<String> rows, String last) {
    return "{"
        + SimKrakenFrames.quoted(key)
        + ":["
        + String.join(",", rows)
        + "],\"last\":"
        + last
        + "}";
  }

  /** Every answer may come from a cache. */
  private static long asOf(KrakenPair pair, RestCall visit) {
    return Math.floorDiv(visit.asOf(pair.desk().symbol()), CACHED_MS) * CACHED_MS;
  }

  private KrakenPair pair(String name) throws Refusal {
    if (name.isEmpty()) {
      throw wrong();
    }
    return context.ofRestName(name).orElseThrow(() -> refusal("EQuery:Unknown asset pair"));
  }

  private static long number(SimRequest question, String name, long absent) throws Refusal {
    String text = question.get(name);
    if (text.isEmpty()) {
      return absent;
    }
    if (text.startsWith("-")) {
      throw wrong();
    }
    try {
      return question.whole(name);
    } catch (NumberFormatException e) {
      throw wrong();
    }
  }

  private static String call(SimRequest question) {
    return question.path().startsWith(ROOT) ? question.path().substring(ROOT.length()) : "";
  }

  private static Refusal wrong() {
    return refusal("EGeneral:Invalid arguments");
  }

  private static Refusal refusal(String error) {
    return new Refusal(200, "{\"error\":[" + SimKrakenFrames.quoted(error) + "]}");
  }
}
