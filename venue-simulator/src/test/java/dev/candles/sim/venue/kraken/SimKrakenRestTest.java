package dev.candles.sim.venue.kraken;

import static dev.candles.sim.tape.RandomMarket.LISTED_MS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.candles.core.candle.Timeframe;
import dev.candles.sim.fault.Fault;
import dev.candles.sim.fault.FaultKind;
import dev.candles.sim.tape.TapeCandle;
import dev.candles.sim.venue.SimResponse;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimKrakenRestTest {
  private static final long MINUTE = 60_000;
  private static final long NOW = KrakenBench.START + 3 * 86_400_000L + 30_000;
  private static final long CURRENT_S = (NOW - 30_000) / 1_000;

  private final KrakenBench bench = bench(new KrakenBench());

  @Test
  void candlesAreTheLatest720AndTheOneInProgressOldestFirst() {
    JsonNode result = bench.get("OHLC?pair=XBTUSD&interval=1").path("result");
    JsonNode rows = result.path("XXBTZUSD");
    assertThat(rows.size()).isEqualTo(721);
    assertThat(rows.get(720).get(0).asLong()).isEqualTo(CURRENT_S);
    assertThat(rows.get(0).get(0).asLong()).isEqualTo(CURRENT_S - 720 * 60);
    assertThat(result.path("last").isIntegralNumber()).isTrue();
    assertThat(result.path("last").asLong()).isEqualTo(CURRENT_S - 60);
    assertThat(bench.get("OHLC?pair=XBTUSD&since=0").path("result").path("XXBTZUSD").size())
        .isEqualTo(721); // older ones are gone
  }

  @Test
  void aRowHasStringsACountAndEqualsTheTruth() {
    JsonNode row = bench.get("OHLC?pair=XBTUSD").path("result").path("XXBTZUSD").get(700);
    TapeCandle truth =
        bench
            .series(KrakenBench.BTC)
            .candle(Timeframe.M1, row.get(0).asLong() * 1_000, NOW)
            .orElseThrow();
    assertThat(row.size()).isEqualTo(8);
    for (int i = 1; i < 7; i++) {
      assertThat(row.get(i).isTextual()).isTrue();
    }
    assertThat(row.get(1).asText()).matches("\\d+\\.\\d");
    assertThat(row.get(2).asDouble()).isEqualTo(truth.high().doubleValue());
    assertThat(row.get(6).asText()).matches("\\d+\\.\\d{8}");
    assertThat(row.get(6).asDouble()).isEqualTo(truth.volume().doubleValue());
    assertThat(row.get(7).asLong()).isEqualTo(truth.tradeCount());
  }

  @Test
  void silentMinutesAreFlatRowsWithCountZero() {
    JsonNode rows = bench.get("OHLC?pair=XDGUSD").path("result").path("XDGUSD");
    assertThat(rows.size()).isEqualTo(721);
    int flat = 0;
    for (int i = 1; i < 720; i++) {
      JsonNode row = rows.get(i);
      Optional<TapeCandle> truth =
          bench.series(KrakenBench.DOGE).candle(Timeframe.M1, row.get(0).asLong() * 1_000, NOW);
      assertThat(row.get(7).asLong()).isEqualTo(truth.map(TapeCandle::tradeCount).orElse(0L));
      if (truth.isEmpty()) {
        flat++;
        assertThat(row.get(1)).isEqualTo(rows.get(i - 1).get(4)).isEqualTo(row.get(3));
        assertThat(row.get(5).asText()).isEqualTo("0.0");
        assertThat(row.get(6).asText()).isEqualTo("0.00000000");
      }
    }
    assertThat(flat).isPositive();
  }

  @Test
  void sinceIsExclusiveForCandlesAndTheCurrentOneAlwaysComes() {
    String target = "OHLC?pair=XBTUSD&interval=1&since=";
    JsonNode rows = bench.get(target + (CURRENT_S - 180)).path("result").path("XXBTZUSD");
    assertThat(rows.size()).isEqualTo(3);
    assertThat(rows.get(0).get(0).asLong()).isEqualTo(CURRENT_S - 120);
    assertThat(bench.get(target + (CURRENT_S + 900)).path("result").path("XXBTZUSD").size())
        .isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "XBTUSD, XXBTZUSD",
    "XXBTZUSD, XXBTZUSD",
    "BTC/USD, BTC/USD",
    "XDGUSD, XDGUSD",
    "SOLUSD, SOLUSD",
    "ETHXBT, XETHXXBT"
  })
  void theResultsKeyDependsOnTheName(String pair, String key) {
    assertThat(bench.get("Trades?count=1&pair=" + pair).path("result").has(key)).isTrue();
  }

  @Test
  void tradesAreOldestFirstAndThePagesMeet() {
    long fromNs = (NOW - 6 * 3_600_000L) * 1_000_000;
    Set<Long> ids = new LinkedHashSet<>();
    String since = Long.toString(fromNs);
    int repeated = 0;
    for (int page = 0; page < 3; page++) {
      JsonNode result = bench.get("Trades?pair=XBTUSD&since=" + since).path("result");
      assertThat(result.path("XXBTZUSD").size()).isEqualTo(1_000);
      assertThat(result.path("last").isTextual()).isTrue();
      for (JsonNode row : result.path("XXBTZUSD")) {
        repeated += ids.add(row.get(6).asLong()) ? 0 : 1;
      }
      since = full(result);
    }
    assertThat(repeated).isBetween(2, 20); // since is inclusive: the border comes again
    long first = ids.iterator().next();
    for (long id : ids) {
      assertThat(id).isEqualTo(first++);
    }
  }

  @Test
  void sinceCanBeExclusiveForTrades() {
    KrakenBench strict = bench(new KrakenBench(true));
    long fromNs = (NOW - 3_600_000L) * 1_000_000;
    JsonNode first = strict.get("Trades?pair=XBTUSD&count=5&since=" + fromNs).path("result");
    JsonNode next = strict.get("Trades?pair=XBTUSD&count=5&since=" + full(first)).path("result");
    assertThat(next.path("XXBTZUSD").get(0).get(6).asLong())
        .isGreaterThan(first.path("XXBTZUSD").get(4).get(6).asLong());
  }

  @Test
  void aTradesRowHasTheVenuesTypes() {
    JsonNode row = bench.get("Trades?pair=XBTUSD&count=1").path("result").path("XXBTZUSD").get(0);
    assertThat(row.size()).isEqualTo(7);
    assertThat(row.get(0).asText()).matches("\\d+\\.\\d{5}");
    assertThat(row.get(1).asText()).matches("\\d+\\.\\d{8}");
    assertThat(row.get(2).isNumber()).isTrue();
    assertThat(row.get(2).decimalValue().scale()).isLessThanOrEqualTo(7);
    assertThat(row.get(6).isIntegralNumber()).isTrue();
  }

  @Test
  void theEndOfTradesIsAnEmptyPageWithTheGivenSince() {
    String since = (NOW + 1) + "000000";
    JsonNode result = bench.get("Trades?pair=XBTUSD&since=" + since).path("result");
    assertThat(result.path("XXBTZUSD").size()).isZero();
    assertThat(result.path("last").asText()).isEqualTo(since);
    JsonNode seconds = bench.get("Trades?pair=XBTUSD&count=1&since=" + CURRENT_S).path("result");
    assertThat(seconds.path("XXBTZUSD").get(0).get(2).asLong()).isGreaterThanOrEqualTo(CURRENT_S);
    JsonNode oldest = bench.get("Trades?pair=XBTUSD&count=1&since=0").path("result");
    assertThat(oldest.path("XXBTZUSD").get(0).get(2).asLong()).isLessThan(1_400_000_000L);
  }

  @ParameterizedTest
  @CsvSource({
    "OHLC?pair=XBT/USD, EQuery:Unknown asset pair",
    "OHLC?pair=XBTUSD&interval=7, EGeneral:Invalid arguments",
    "OHLC, EGeneral:Invalid arguments",
    "OHLC?pair=XBTUSD&since=x, EGeneral:Invalid arguments",
    "Trades?pair=NOPE, EQuery:Unknown asset pair",
    "Trades?pair=XBTUSD&count=1001, EGeneral:Invalid arguments",
    "AssetPairs?pair=NOPE, EQuery:Unknown asset pair",
    "Nope, EGeneral:Unknown method"
  })
  void errorsComeWithHttp200(String target, String error) {
    SimResponse answer = bench.ask(target);
    assertThat(answer.status()).isEqualTo(200);
    JsonNode body = KrakenBench.json(answer.body());
    assertThat(body.path("error").get(0).asText()).isEqualTo(error);
    assertThat(body.has("result")).isFalse();
  }

  @Test
  void aBurstIsRefusedWhateverItAsksForAndOneComesBackASecond() {
    String[] calls = {
      "Trades?pair=XBTUSD&count=1", "OHLC?pair=SOLUSD", "Trades?pair=XDGUSD", "Time"
    };
    for (int i = 0; i < 30; i++) {
      assertThat(bench.ask(calls[i % 4]).body()).contains("\"error\":[]");
    }
    SimResponse refused = bench.ask("Trades?pair=XBTUSD&count=1");
    assertThat(refused.status()).isEqualTo(200);
    assertThat(refused.body()).contains("\"error\":[\"E").doesNotContain("result");
    assertThat(bench.rest.counts().refused()).isEqualTo(1);
    assertThat(bench.ask("Trades?pair=SOLUSD&count=1").body()).contains("\"error\":[\"E");
    bench.now[0] += 1_000;
    assertThat(bench.ask("Trades?pair=XBTUSD&count=1").body()).contains("\"error\":[]");
    assertThat(bench.ask("Trades?pair=XBTUSD&count=1").body()).contains("\"error\":[\"E");
  }

  @Test
  void oneCallEachThreeSecondsIsAllIfItIsSaid() {
    KrakenBench slow =
        bench(new KrakenBench(new KrakenSettings(false, Duration.ofSeconds(3)), LISTED_MS));
    for (int i = 0; i < 30; i++) {
      assertThat(slow.ask("Time").body()).contains("\"error\":[]");
    }
    slow.now[0] += 2_900;
    assertThat(slow.ask("Time").body()).contains("\"error\":[\"E");
    slow.now[0] += 100;
    assertThat(slow.ask("Time").body()).contains("\"error\":[]");
  }

  @Test
  void answersAreUpToTwoSecondsOld() {
    JsonNode first = bench.get("Trades?pair=XBTUSD");
    bench.now[0] += 1_999;
    assertThat(bench.get("Trades?pair=XBTUSD")).isEqualTo(first);
    bench.now[0] += MINUTE;
    assertThat(bench.get("Trades?pair=XBTUSD")).isNotEqualTo(first);
  }

  @Test
  void theCatalogueHasAllVocabulariesAndADarkPool() {
    JsonNode pairs = bench.get("AssetPairs").path("result");
    assertThat(pairs.path("XXBTZUSD").path("altname").asText()).isEqualTo("XBTUSD");
    assertThat(pairs.path("XXBTZUSD").path("wsname").asText()).isEqualTo("XBT/USD");
    assertThat(pairs.path("XDGUSD").path("wsname").asText()).isEqualTo("XDG/USD");
    assertThat(pairs.path("XXBTZUSD.d").has("wsname")).isFalse();
    assertThat(pairs.path("XXBTZUSD.d").path("base").asText()).isEqualTo("XXBT");
    assertThat(bench.get("AssetPairs?pair=XBTUSD,SOLUSD").path("result").size()).isEqualTo(2);
  }

  @Test
  void timeAndStatusAnswer() {
    JsonNode time = bench.get("Time").path("result");
    assertThat(time.path("unixtime").asLong()).isEqualTo(NOW / 1_000);
    assertThat(time.path("rfc1123").asText()).isEqualTo("Sun, 04 Jan 26 00:00:30 +0000");
    JsonNode status = bench.get("SystemStatus").path("result");
    assertThat(status.path("status").asText()).isEqualTo("online");
    assertThat(status.path("timestamp").asText()).isEqualTo("2026-01-04T00:00:30Z");
  }

  @Test
  void restFaultsHitAndAreCounted() {
    SimResponse throttled = hit(FaultKind.THROTTLE, "Time");
    assertThat(throttled.status()).isEqualTo(200);
    assertThat(throttled.body()).contains("EGeneral:Too many requests");
    assertThat(hit(FaultKind.HTML, "Time").status()).isEqualTo(520);
    JsonNode empty =
        KrakenBench.json(hit(FaultKind.EMPTY_PAGE, "OHLC?pair=XBTUSD").body()).path("result");
    assertThat(empty.path("XXBTZUSD").size()).isZero();
    JsonNode shorter =
        KrakenBench.json(hit(FaultKind.SHORT_PAGE, "Trades?pair=XBTUSD&since=0&count=10").body())
            .path("result");
    assertThat(shorter.path("XXBTZUSD").size()).isEqualTo(5);
    JsonNode stale =
        KrakenBench.json(hit(FaultKind.STALE_PAGE, "OHLC?pair=XBTUSD").body()).path("result");
    assertThat(stale.path("last").asLong()).isEqualTo(CURRENT_S - 360);
    assertThat(hit(FaultKind.CLOCK_SKEW, "Time").dateMs()).isEqualTo(NOW + 90_000);
  }

  @Test
  void aListingInTheMiddleBeginsWithTradeOneAndHasNoRowBefore() {
    long listed = NOW - 30_000 - 90 * MINUTE;
    KrakenBench young = bench(new KrakenBench(false, listed));
    for (String since : new String[] {"0", "1", Long.toString((listed - 1) * 1_000_000)}) {
      JsonNode first =
          young.get("Trades?pair=XBTUSD&count=5&since=" + since).path("result").path("XXBTZUSD");
      assertThat(first.size()).isEqualTo(5);
      assertThat(first.get(0).get(6).asLong()).isEqualTo(1);
      assertThat(first.get(0).get(2).asLong()).isBetween(listed / 1_000, listed / 1_000 + 60);
    }
    JsonNode rows = young.get("OHLC?pair=XBTUSD").path("result").path("XXBTZUSD");
    assertThat(rows.size()).isEqualTo(91); // fewer than 720: there was no market
    assertThat(rows.get(0).get(0).asLong()).isEqualTo(listed / 1_000);
    KrakenBench early = bench(new KrakenBench(false, NOW + 90 * MINUTE));
    JsonNode none = early.get("Trades?pair=XBTUSD&since=0").path("result");
    assertThat(none.path("XXBTZUSD").size()).isZero();
    assertThat(none.path("last").asText()).isEqualTo("0");
  }

  @Test
  void aCachedPageSaysWhenItWasMadeAndAStaleOneDoesNot() {
    SimResponse cached = hit(FaultKind.CACHED, "OHLC?pair=XBTUSD");
    SimResponse stale = hit(FaultKind.STALE_PAGE, "OHLC?pair=XBTUSD");
    assertThat(cached.body()).isEqualTo(stale.body());
    assertThat(cached.dateMs()).isEqualTo(NOW - 5 * MINUTE);
    assertThat(cached.headers()).containsEntry("Age", "300");
    assertThat(stale.dateMs()).isEqualTo(NOW);
    assertThat(stale.headers()).isEmpty();
    assertThat(hit(FaultKind.CACHED, "Trades?pair=XBTUSD").headers()).containsEntry("Age", "300");
  }

  @Test
  void missingRowsAreOfTheMiddleAndTheSameInEveryPage() {
    KrakenBench lying = bench(new KrakenBench(Fault.chance(FaultKind.MISSING_ROW, "kraken", 1)));
    JsonNode rows = lying.get("OHLC?pair=XBTUSD").path("result").path("XXBTZUSD");
    assertThat(rows.size()).isBetween(620, 720);
    assertThat(rows.get(0).get(0).asLong()).isEqualTo(CURRENT_S - 720 * 60);
    assertThat(rows.get(rows.size() - 1).get(0).asLong()).isEqualTo(CURRENT_S);
    String target = "Trades?pair=XBTUSD&since=" + (CURRENT_S - 7_200);
    JsonNode trades = lying.get(target).path("result").path("XXBTZUSD");
    assertThat(trades.size()).isBetween(850, 999);
    assertThat(lying.get(target).path("result").path("XXBTZUSD")).isEqualTo(trades);
    assertThat(lying.faults.counted(FaultKind.MISSING_ROW)).isEqualTo(3);
  }

  @Test
  void aRowOfAnotherVolumeStaysSoAndIsOtherwiseThatOfItsTrades() {
    KrakenBench lying = bench(new KrakenBench(Fault.chance(FaultKind.OTHER_VOLUME, "kraken", 1)));
    JsonNode rows = lying.get("OHLC?pair=XBTUSD").path("result").path("XXBTZUSD");
    JsonNode honest = bench.get("OHLC?pair=XBTUSD").path("result").path("XXBTZUSD");
    int others = 0;
    for (int i = 0; i < 721; i++) {
      BigDecimal more =
          new BigDecimal(rows.get(i).get(6).asText())
              .subtract(new BigDecimal(honest.get(i).get(6).asText()));
      others += more.signum();
      assertThat(more.signum() == 0 || more.compareTo(new BigDecimal("1e-8")) > 0).isTrue();
      for (int cell : new int[] {0, 1, 2, 3, 4, 7}) {
        assertThat(rows.get(i).get(cell)).isEqualTo(honest.get(i).get(cell));
      }
    }
    assertThat(others).isBetween(120, 240);
    assertThat(lying.get("OHLC?pair=XBTUSD").path("result").path("XXBTZUSD")).isEqualTo(rows);
    assertThat(lying.faults.counted(FaultKind.OTHER_VOLUME)).isEqualTo(2);
    for (int minute = 0; minute < 20; minute++) {
      lying.now[0] += MINUTE;
      bench.now[0] += MINUTE;
      JsonNode told = lying.get("OHLC?pair=XBTUSD").path("result").path("XXBTZUSD").get(720);
      JsonNode truth = bench.get("OHLC?pair=XBTUSD").path("result").path("XXBTZUSD").get(720);
      assertThat(told).as("in progress").isEqualTo(truth);
    }
  }

  @Test
  void halfMadeRowsLackTheirLastTradesAsLongAsTheyAreYoung() {
    KrakenBench lying = bench(new KrakenBench(Fault.chance(FaultKind.HALF_MADE, "kraken", 1)));
    JsonNode rows = lying.get("OHLC?pair=XBTUSD").path("result").path("XXBTZUSD");
    assertThat(rows.size()).isEqualTo(721);
    int half = 0;
    for (int i = 0; i < 720; i++) {
      long open = rows.get(i).get(0).asLong() * 1_000;
      TapeCandle truth =
          lying.series(KrakenBench.BTC).candle(Timeframe.M1, open, NOW).orElseThrow();
      boolean young = open + MINUTE > NOW - 10 * MINUTE;
      long count = rows.get(i).get(7).asLong();
      assertThat(count).isBetween(1L, truth.tradeCount());
      assertThat(young || count == truth.tradeCount()).isTrue();
      half += count < truth.tradeCount() ? 1 : 0;
    }
    assertThat(half).isBetween(8, 10);
    assertThat(lying.get("OHLC?pair=XBTUSD").path("result").path("XXBTZUSD")).isEqualTo(rows);
  }

  private static SimResponse hit(FaultKind kind, String target) {
    KrakenBench hit = bench(new KrakenBench(Fault.chance(kind, "kraken", 1)));
    SimResponse answer = hit.ask(target);
    assertThat(hit.faults.counted(kind)).isEqualTo(1);
    return answer;
  }

  /** {@code last}, or if it lost its zeros, with them. */
  private static String full(JsonNode result) {
    StringBuilder last = new StringBuilder(result.path("last").asText());
    while (last.length() < 19) {
      last.append('0');
    }
    return last.toString();
  }

  private static KrakenBench bench(KrakenBench bench) {
    bench.now[0] = NOW;
    return bench;
  }
}
