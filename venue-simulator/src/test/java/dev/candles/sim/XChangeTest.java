package dev.candles.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Timeframe;
import dev.candles.sim.tape.Series;
import dev.candles.sim.tape.TapeCandle;
import dev.candles.sim.truth.TrueMarket;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.knowm.xchange.Exchange;
import org.knowm.xchange.ExchangeFactory;
import org.knowm.xchange.ExchangeSpecification;
import org.knowm.xchange.coinbasepro.CoinbaseProExchange;
import org.knowm.xchange.coinbasepro.dto.marketdata.CoinbaseProCandle;
import org.knowm.xchange.coinbasepro.service.CoinbaseProMarketDataServiceRaw;
import org.knowm.xchange.currency.CurrencyPair;
import org.knowm.xchange.dto.marketdata.CandleStick;
import org.knowm.xchange.dto.marketdata.OrderBook;
import org.knowm.xchange.dto.marketdata.Ticker;
import org.knowm.xchange.dto.marketdata.Trade;
import org.knowm.xchange.dto.marketdata.Trades;
import org.knowm.xchange.instrument.Instrument;
import org.knowm.xchange.kraken.KrakenExchange;
import org.knowm.xchange.kraken.dto.marketdata.KrakenOHLC;
import org.knowm.xchange.kraken.service.KrakenMarketDataServiceRaw;
import org.knowm.xchange.okex.OkexExchange;
import org.knowm.xchange.service.marketdata.MarketDataService;
import org.knowm.xchange.service.trade.params.DefaultCandleStickParam;

/** XChange, a library of exchanges that is not ours, is told the truth by every simulated venue. */
@Timeout(600)
class XChangeTest {
  private static final Comparator<BigDecimal> EXACT = BigDecimal::compareTo;

  /** Coinbase adds volumes as floats: right to within what a double can hold of them. */
  private static final Comparator<BigDecimal> PRINTED_FLOATS =
      (told, real) ->
          told.subtract(real).abs().doubleValue() <= 4 * Math.ulp(real.doubleValue())
              ? 0
              : told.compareTo(real);

  private static final long NOW = Instant.parse("2026-01-01T10:00:30Z").toEpochMilli();
  private static final long MINUTE = 60_000;
  private static final long DAY = 86_400_000;

  /** Market time all but stands, so that the truth does not move while XChange asks. */
  private static final double SPEED = 0.000_1;

  /** What XChange 5.2.2 calls the seconds of a minute at okx; it refuses 60. */
  private static final long OKX_MINUTE = 1_000;

  /** A venue as XChange knows it. */
  enum Venue {
    COINBASE("coinbase", "BTC-USD", CoinbaseProExchange.class, 2),
    KRAKEN("kraken", "BTC-USD", KrakenExchange.class, 100),
    OKX("okx", "BTC-USDT", OkexExchange.class, 0);

    private final String id;
    private final String symbol;
    private final Class<? extends Exchange> type;

    /**
     * What its call for the order book takes: a level of detail, or prices of each side, or none.
     */
    private final int book;

    Venue(String id, String symbol, Class<? extends Exchange> type, int book) {
      this.id = id;
      this.symbol = symbol;
      this.type = type;
      this.book = book;
    }

    CurrencyPair pair() {
      return new CurrencyPair(symbol.replace('-', '/'));
    }
  }

  @ParameterizedTest
  @EnumSource
  void everythingThatXChangeIsToldEqualsTheTruth(Venue venue) throws IOException {
    SimulatorConfig config =
        SimulatorConfig.defaults().withVenues(List.of(venue.id)).startingAt(NOW, SPEED);
    try (Simulator simulator = Simulator.start(config)) {
      Exchange exchange = ExchangeFactory.INSTANCE.createExchangeWithoutSpecification(venue.type);
      ExchangeSpecification addresses = exchange.getDefaultExchangeSpecification();
      addresses.setSslUri(simulator.rest(venue.id).toString());
      addresses.setHost("127.0.0.1");
      addresses.setShouldLoadRemoteMetaData(false);
      exchange.applySpecification(addresses);
      exchange.remoteInit();
      assertThat(exchange.getExchangeMetaData().getInstruments()).containsKey(venue.pair());

      Series series =
          simulator.truth().markets().stream()
              .filter(market -> market.symbol().equals(venue.symbol))
              .map(TrueMarket::series)
              .findFirst()
              .orElseThrow();
      MarketDataService service = exchange.getMarketDataService();
      Quotes quotes = quotes(venue, service);
      compareTicker(quotes.ticker(), series);
      compareBook(quotes.book());
      compareTrades(venue, quotes.trades().getTrades(), series);
      compareCandles(venue, candles(venue, service), series);
    }
  }

  /** What XChange is told of a market at one moment. */
  private record Quotes(Ticker ticker, OrderBook book, Trades trades) {}

  @SuppressWarnings("deprecation") // coinbase and kraken know no other calls, okx not these
  private static Quotes quotes(Venue venue, MarketDataService service) throws IOException {
    CurrencyPair pair = venue.pair();
    Instrument instrument = pair;
    return venue == Venue.OKX
        ? new Quotes(
            service.getTicker(instrument),
            service.getOrderBook(instrument),
            service.getTrades(instrument))
        : new Quotes(
            service.getTicker(pair),
            service.getOrderBook(pair, venue.book),
            service.getTrades(pair));
  }

  private static void compareTicker(Ticker ticker, Series series) {
    TapeCandle day = series.span(NOW - 30_000 - DAY, NOW).orElseThrow();
    BigDecimal last = series.tape().lastBefore(NOW).orElseThrow().price();
    assertThat(ticker.getLast()).isEqualByComparingTo(last);
    assertThat(ticker.getHigh()).isEqualByComparingTo(day.high());
    assertThat(ticker.getLow()).isEqualByComparingTo(day.low());
    assertThat(ticker.getVolume()).isEqualByComparingTo(day.volume());
    assertThat(ticker.getBid()).isLessThan(ticker.getAsk());
  }

  private static void compareBook(OrderBook book) {
    assertThat(book.getBids()).isNotEmpty();
    assertThat(book.getBids().get(0).getLimitPrice())
        .isLessThan(book.getAsks().get(0).getLimitPrice());
  }

  private static void compareTrades(Venue venue, List<Trade> told, Series series) {
    Set<String> real = new HashSet<>();
    for (long at = NOW - 30_000; at > NOW - DAY && real.size() < 2 * told.size(); at -= MINUTE) {
      series.tape().minute(at).stream()
          .map(t -> trade(venue, Long.toString(t.id()), t.timeMs(), t.price(), t.size()))
          .forEach(real::add);
    }
    assertThat(told).hasSizeGreaterThanOrEqualTo(100);
    assertThat(told)
        .extracting(
            t ->
                trade(
                    venue,
                    t.getId(),
                    t.getTimestamp().getTime(),
                    t.getPrice(),
                    t.getOriginalAmount()))
        .isSubsetOf(real);
  }

  /** A trade by all that XChange tells of it; its id at kraken is the time once more. */
  private static String trade(
      Venue venue, String id, long timeMs, BigDecimal price, BigDecimal size) {
    return "%s %d %s %s"
        .formatted(
            venue == Venue.KRAKEN ? "" : id,
            timeMs,
            price.stripTrailingZeros().toPlainString(),
            size.stripTrailingZeros().toPlainString());
  }

  private static void compareCandles(Venue venue, Map<Long, List<BigDecimal>> told, Series series) {
    int compared = 0;
    for (long open = NOW - 30_000 - 60 * MINUTE;
        open < NOW - 30_000 - 10 * MINUTE;
        open += MINUTE) {
      TapeCandle real = series.candle(Timeframe.M1, open, NOW).orElse(null);
      if (real != null) {
        List<BigDecimal> own =
            List.of(real.open(), real.high(), real.low(), real.close(), real.volume());
        assertThat(told.get(open))
            .as("candle " + open)
            .usingElementComparator(venue == Venue.COINBASE ? PRINTED_FLOATS : EXACT)
            .isEqualTo(own);
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(40);
  }

  /** Open, high, low, close and volume by open time; each exchange has calls of its own. */
  private static Map<Long, List<BigDecimal>> candles(Venue venue, MarketDataService service)
      throws IOException {
    long from = NOW - 30_000 - 60 * MINUTE;
    long to = NOW - 30_000;
    Map<Long, List<BigDecimal>> rows = new HashMap<>();
    switch (venue) {
      case COINBASE -> {
        CoinbaseProCandle[] candles =
            ((CoinbaseProMarketDataServiceRaw) service)
                .getCoinbaseProHistoricalCandles(
                    venue.pair(),
                    Instant.ofEpochMilli(from).toString(),
                    Instant.ofEpochMilli(to).toString(),
                    "60");
        for (CoinbaseProCandle one : candles) {
          rows.put(
              one.getTime().getTime(),
              List.of(one.getOpen(), one.getHigh(), one.getLow(), one.getClose(), one.getVolume()));
        }
      }
      case KRAKEN -> {
        for (KrakenOHLC one :
            ((KrakenMarketDataServiceRaw) service)
                .getKrakenOHLC(venue.pair(), 1, from / 1_000 - 1)
                .getOHLCs()) {
          rows.put(
              one.getTime() * 1_000,
              List.of(one.getOpen(), one.getHigh(), one.getLow(), one.getClose(), one.getVolume()));
        }
      }
      case OKX -> {
        DefaultCandleStickParam asked =
            new DefaultCandleStickParam(new Date(from - 1), new Date(to), OKX_MINUTE);
        for (CandleStick one : service.getCandleStickData(venue.pair(), asked).getCandleSticks()) {
          rows.put(
              one.getTimestamp().getTime(),
              List.of(one.getOpen(), one.getHigh(), one.getLow(), one.getClose(), one.getVolume()));
        }
      }
    }
    return rows;
  }
}
