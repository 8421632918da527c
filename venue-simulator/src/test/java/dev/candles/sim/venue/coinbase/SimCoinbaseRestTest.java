package dev.candles.sim.venue.coinbase;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.candles.core.candle.Timeframe;
import dev.candles.sim.fault.Fault;
import dev.candles.sim.fault.FaultKind;
import dev.candles.sim.tape.TapeCandle;
import dev.candles.sim.venue.SimResponse;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimCoinbaseRestTest {
  private static final long MINUTE = 60_000;
  private static final long NOW = CoinbaseBench.START + 3 * 86_400_000L + 30_000;

  /** What a sum of floats is off by, and what the least trade is not. */
  private static final BigDecimal MORE = new BigDecimal("1e-11");

  private static final Offset<BigDecimal> FLOAT = Offset.offset(MORE);

  private final CoinbaseBench bench = bench();

  @Test
  void rowsAreArraysOfNumbersNewestFirstAndEqualTheTruth() {
    long from = NOW - 30_000 - 60 * MINUTE;
    JsonNode rows = bench.get(candles("BTC-USD", from, from + 9 * MINUTE));
    assertThat(rows.size()).isEqualTo(10); // both bounds are inclusive
    for (int i = 0; i < 10; i++) {
      JsonNode row = rows.get(i);
      long open = from + (9 - i) * MINUTE;
      TapeCandle truth = bench.series("BTC-USD").candle(Timeframe.M1, open, NOW).orElseThrow();
      assertThat(row.size()).isEqualTo(6);
      assertThat(row.get(0).asLong()).isEqualTo(open / 1_000);
      assertThat(row.get(1).decimalValue()).isEqualByComparingTo(truth.low());
      assertThat(row.get(2).decimalValue()).isEqualByComparingTo(truth.high());
      assertThat(row.get(3).decimalValue()).isEqualByComparingTo(truth.open());
      assertThat(row.get(4).decimalValue()).isEqualByComparingTo(truth.close());
      assertThat(row.get(5).decimalValue()).isCloseTo(truth.volume(), FLOAT);
      row.forEach(cell -> assertThat(cell.isNumber()).isTrue());
    }
  }

  @Test
  void aVolumeIsASumOfFloatsAndItsLastDigitMayShowIt() {
    long from = NOW - 30_000 - 260 * MINUTE;
    int longer = 0;
    for (JsonNode row : bench.get(candles("BTC-USD", from, from + 199 * MINUTE))) {
      long open = row.get(0).asLong() * 1_000;
      TapeCandle truth = bench.series("BTC-USD").candle(Timeframe.M1, open, NOW).orElseThrow();
      BigDecimal volume = row.get(5).decimalValue();
      assertThat(volume).isCloseTo(truth.volume(), FLOAT);
      assertThat(volume.compareTo(truth.volume()) == 0).isEqualTo(truth.tradeCount() % 2 == 1);
      longer += volume.stripTrailingZeros().scale() > 12 ? 1 : 0;
    }
    assertThat(longer).isGreaterThan(50);
  }

  @Test
  void threeHundredStepsMake301RowsAndOneMoreIsRefused() {
    long from = NOW - 30_000 - 400 * MINUTE;
    assertThat(bench.get(candles("BTC-USD", from, from + 300 * MINUTE)).size()).isEqualTo(301);
    SimResponse refused = bench.ask(candles("BTC-USD", from, from + 301 * MINUTE));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).contains("Count of aggregations requested exceeds 300");
  }

  @Test
  void unalignedBoundsTakeTheRowsThatOpenBetweenThemAndUnixSecondsAreUnderstood() {
    long from = NOW - 30_000 - 60 * MINUTE;
    String target = "/products/BTC-USD/candles?granularity=60&start=%d&end=%d";
    JsonNode rows = bench.get(target.formatted(from / 1_000 + 1, from / 1_000 + 179));
    assertThat(rows.size()).isEqualTo(2);
    assertThat(rows.get(1).get(0).asLong()).isEqualTo(from / 1_000 + 60);
  }

  @Test
  void silentMinutesAreOmitted() {
    long from = NOW - 30_000 - 400 * MINUTE;
    JsonNode rows = bench.get(candles("DOGE-USD", from, from + 299 * MINUTE));
    assertThat(rows.size()).isBetween(100, 290);
    for (JsonNode row : rows) {
      assertThat(row.get(5).asDouble()).isPositive();
    }
  }

  @Test
  void theRowInProgressIsThereAndYoungRowsLackTheirLastTrades() {
    bench.now[0] = NOW + 29_000;
    long current = NOW - 30_000;
    JsonNode rows = bench.get(candles("BTC-USD", current - 10 * MINUTE, current + MINUTE));
    assertThat(rows.get(0).get(0).asLong()).isEqualTo(current / 1_000);
    int incomplete = 0;
    for (JsonNode row : rows) {
      long open = row.get(0).asLong() * 1_000;
      TapeCandle truth =
          bench.series("BTC-USD").candle(Timeframe.M1, open, open + MINUTE).orElseThrow();
      boolean equal = truth.volume().subtract(row.get(5).decimalValue()).compareTo(MORE) < 0;
      assertThat(equal || open + MINUTE > bench.now[0] - 110_000).isTrue();
      incomplete += equal ? 0 : 1;
    }
    assertThat(incomplete).isGreaterThan(1); // not only the one in progress
    CoinbaseBench prompt = new CoinbaseBench(1, Duration.ZERO);
    prompt.now[0] = NOW;
    JsonNode row = prompt.get(candles("BTC-USD", current - MINUTE, current - MINUTE)).get(0);
    TapeCandle truth =
        prompt.series("BTC-USD").candle(Timeframe.M1, current - MINUTE, NOW).orElseThrow();
    assertThat(row.get(5).decimalValue()).isCloseTo(truth.volume(), FLOAT);
  }

  @Test
  void withoutARangeACacheGivesTheNewest350Rows() {
    JsonNode rows = bench.get("/products/BTC-USD/candles?granularity=60");
    assertThat(rows.size()).isEqualTo(350);
    bench.now[0] += 4 * MINUTE;
    assertThat(bench.get("/products/BTC-USD/candles?start=1767225600")).isEqualTo(rows);
    bench.now[0] += MINUTE;
    assertThat(bench.get("/products/BTC-USD/candles")).isNotEqualTo(rows);
    assertThat(bench.get("/products/DOGE-USD/candles?granularity=300").size()).isEqualTo(350);
  }

  @Test
  void tradesPageBackByIdWithCursorHeaders() {
    SimResponse first = bench.ask("/products/BTC-USD/trades?after=9000000000&limit=5000");
    JsonNode page = CoinbaseBench.json(first.body());
    assertThat(page.size()).isEqualTo(1_000);
    long newest = page.get(0).path("trade_id").asLong();
    long oldest = page.get(999).path("trade_id").asLong();
    assertThat(newest - oldest).isEqualTo(999);
    assertThat(first.headers()).containsEntry("Cb-Before", "" + newest);
    assertThat(first.headers()).containsEntry("Cb-After", "" + oldest);
    JsonNode next = bench.get("/products/BTC-USD/trades?limit=3&after=" + oldest);
    assertThat(next.size()).isEqualTo(3);
    assertThat(next.get(0).path("trade_id").asLong()).isEqualTo(oldest - 1);
    JsonNode above = bench.get("/products/BTC-USD/trades?limit=3&before=" + oldest);
    assertThat(above.get(0).path("trade_id").asLong()).isEqualTo(newest); // not just above it
    JsonNode row = page.get(0);
    assertThat(row.path("price").asText()).matches("\\d+\\.\\d{8}");
    assertThat(row.path("trade_id").isIntegralNumber()).isTrue();
    assertThat(row.path("time").asText()).endsWith("Z");
  }

  @Test
  void theFirstPageOfTradesIsUpToFiveSecondsOld() {
    JsonNode first = bench.get("/products/BTC-USD/trades?limit=1");
    bench.now[0] += 4_999;
    assertThat(bench.get("/products/BTC-USD/trades?limit=1")).isEqualTo(first);
    bench.now[0] += MINUTE;
    assertThat(bench.get("/products/BTC-USD/trades?limit=1")).isNotEqualTo(first);
  }

  @Test
  void belowTheFirstTradeThereIsNothing() {
    assertThat(bench.get("/products/BTC-USD/trades?after=1").size()).isZero();
    assertThat(bench.get("/products/BTC-USD/trades?after=-1").size()).isZero();
    assertThat(bench.get("/products/BTC-USD/trades?after=" + Long.MAX_VALUE).size())
        .isEqualTo(1_000);
  }

  @Test
  void aListingInTheMiddleBeginsWithTradeOneAndHasNoRowBefore() {
    long listed = NOW - 30_000 - 90 * MINUTE;
    CoinbaseBench young = new CoinbaseBench(1, Duration.ZERO, listed);
    young.now[0] = NOW;
    JsonNode first = young.get("/products/BTC-USD/trades?after=6");
    assertThat(first.size()).isEqualTo(5); // a page that ends with the first trade ever is short
    assertThat(first.get(4).path("trade_id").asLong()).isEqualTo(1);
    assertThat(Instant.parse(first.get(4).path("time").asText()).toEpochMilli())
        .isBetween(listed, listed + MINUTE);
    assertThat(young.get("/products/BTC-USD/trades?after=1").size()).isZero();
    JsonNode rows = young.get(candles("BTC-USD", listed - 100 * MINUTE, listed + 9 * MINUTE));
    assertThat(rows.size()).isEqualTo(10);
    assertThat(rows.get(9).get(0).asLong()).isEqualTo(listed / 1_000);
    JsonNode before = young.get(candles("BTC-USD", listed - 100 * MINUTE, listed - MINUTE));
    assertThat(before.size()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "/products/NOPE-USD, 404, NotFound",
    "/products/NOPE-USD/candles, 404, NotFound",
    "/nope, 404, Route not found",
    "/products/BTC-USD/nope, 404, Route not found",
    "/products/BTC-USD/candles?granularity=1800, 400, Unsupported granularity",
    "/products/BTC-USD/candles?start=x&end=2026-01-01T00:00:00Z, 400, Invalid start",
    "/products/BTC-USD/candles?start=20&end=10, 400, start must be before end",
    "/products/BTC-USD/trades?limit=0, 400, limit must be a positive integer",
    "/products/BTC-USD/trades?after=x, 400, after must be a positive integer"
  })
  void errorsAreMessages(String target, int status, String message) {
    SimResponse answer = bench.ask(target);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(CoinbaseBench.json(answer.body()).path("message").asText()).isEqualTo(message);
  }

  @Test
  void whoDoesNotNameItselfIsRefused() {
    SimResponse answer = bench.ask("/time", Map.of());
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).isEqualTo("{\"message\":\"User-Agent header is required.\"}");
  }

  @Test
  void the16thRequestAtOnceIs429AndTenComeBackASecond() {
    for (int i = 0; i < 15; i++) {
      assertThat(bench.ask("/time").status()).isEqualTo(200);
    }
    SimResponse refused = bench.ask("/time");
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.body()).isEqualTo("{\"message\":\"Public rate limit exceeded\"}");
    assertThat(refused.headers()).isEmpty();
    assertThat(bench.rest.counts().refused()).isEqualTo(1);
    bench.now[0] += 1_000;
    for (int i = 0; i < 10; i++) {
      assertThat(bench.ask("/time").status()).isEqualTo(200);
    }
    assertThat(bench.ask("/time").status()).isEqualTo(429);
  }

  @Test
  void productsAndTimeAnswer() {
    JsonNode products = bench.get("/products");
    assertThat(products.size()).isEqualTo(2);
    assertThat(products.get(0)).isEqualTo(bench.get("/products/BTC-USD"));
    assertThat(products.get(0).path("status").asText()).isEqualTo("online");
    assertThat(products.get(0).path("trading_disabled").isBoolean()).isTrue();
    JsonNode time = bench.get("/time");
    assertThat(time.path("iso").asText()).isEqualTo("2026-01-04T00:00:30.000Z");
    assertThat(time.path("epoch").decimalValue()).isEqualByComparingTo("1767484830");
  }

  @Test
  void restFaultsHitAndAreCounted() {
    long from = NOW - 30_000 - 60 * MINUTE;
    String target = candles("BTC-USD", from, from + 9 * MINUTE);
    assertThat(hit(FaultKind.THROTTLE, target).status()).isEqualTo(429);
    SimResponse html = hit(FaultKind.HTML, target);
    assertThat(html.status()).isEqualTo(503);
    assertThat(html.contentType()).startsWith("text/html");
    assertThat(hit(FaultKind.EMPTY_PAGE, target).body()).isEqualTo("[]");
    assertThat(CoinbaseBench.json(hit(FaultKind.SHORT_PAGE, target).body()).size()).isEqualTo(5);
    JsonNode stale =
        CoinbaseBench.json(hit(FaultKind.STALE_PAGE, candles("BTC-USD", from, NOW)).body());
    assertThat(stale.get(0).get(0).asLong()).isEqualTo((NOW - 30_000 - 5 * MINUTE) / 1_000);
    assertThat(hit(FaultKind.CLOCK_SKEW, "/time").dateMs()).isEqualTo(NOW + 90_000);
  }

  @Test
  void theVenuesClockCanBeOffBothWaysAndStep() {
    Fault behind =
        Fault.at(FaultKind.CLOCK_SKEW, "coinbase", NOW + MINUTE)
            .by(Duration.ofMinutes(-10))
            .lasting(Duration.ofMinutes(30));
    Fault ahead =
        Fault.at(FaultKind.CLOCK_SKEW, "coinbase", NOW + 31 * MINUTE)
            .by(Duration.ofMinutes(10))
            .lasting(Duration.ofMinutes(30));
    CoinbaseBench off = new CoinbaseBench(behind, ahead);
    long[] offBy = {0, -10, -10, 10, 10, 0};
    long[] after = {0, 1, 30, 31, 60, 61};
    for (int i = 0; i < after.length; i++) {
      off.now[0] = NOW + after[i] * MINUTE;
      SimResponse time = off.ask("/time");
      long shown = off.now[0] + offBy[i] * MINUTE;
      assertThat(time.dateMs()).isEqualTo(shown);
      assertThat(CoinbaseBench.json(time.body()).path("epoch").asDouble())
          .isEqualTo(shown / 1_000.0);
    }
  }

  @Test
  void aCachedPageSaysWhenItWasMadeAndAStaleOneDoesNot() {
    String target = candles("BTC-USD", NOW - 60 * MINUTE, NOW);
    SimResponse cached = hit(FaultKind.CACHED, target);
    SimResponse stale = hit(FaultKind.STALE_PAGE, target);
    assertThat(cached.body()).isEqualTo(stale.body());
    assertThat(cached.dateMs()).isEqualTo(NOW - 5 * MINUTE);
    assertThat(cached.headers()).containsEntry("Age", "300");
    assertThat(stale.dateMs()).isEqualTo(NOW);
    assertThat(stale.headers()).isEmpty();
    SimResponse trades = hit(FaultKind.CACHED, "/products/BTC-USD/trades?after=9000000000");
    assertThat(trades.headers()).containsEntry("Age", "300").containsKey("Cb-After");
  }

  @Test
  void missingRowsAreOfTheMiddleAndTheSameInEveryPage() {
    long from = NOW - 30_000 - 400 * MINUTE;
    Fault fault = Fault.chance(FaultKind.MISSING_ROW, "coinbase", 1);
    CoinbaseBench lying = new CoinbaseBench(fault);
    lying.now[0] = NOW;
    JsonNode rows = lying.get(candles("BTC-USD", from, from + 299 * MINUTE));
    assertThat(rows.size()).isBetween(250, 298);
    assertThat(rows.get(0).get(0).asLong()).isEqualTo(from / 1_000 + 299 * 60);
    assertThat(rows.get(rows.size() - 1).get(0).asLong()).isEqualTo(from / 1_000);
    assertThat(lying.get(candles("BTC-USD", from, from + 299 * MINUTE))).isEqualTo(rows);
    JsonNode three = lying.get(candles("BTC-USD", from, from + 2 * MINUTE));
    assertThat(three.size()).isEqualTo(2); // at least one
    JsonNode trades = lying.get("/products/BTC-USD/trades?after=9000000000");
    assertThat(trades.size()).isBetween(850, 999);
    assertThat(lying.get("/products/BTC-USD/trades?after=9000000000")).isEqualTo(trades);
    assertThat(lying.faults.counted(FaultKind.MISSING_ROW)).isEqualTo(5);
  }

  @Test
  void halfMadeRowsLackTheirLastTradesAsLongAsTheyAreYoung() {
    Fault fault = Fault.chance(FaultKind.HALF_MADE, "coinbase", 1);
    CoinbaseBench lying = new CoinbaseBench(1, Duration.ZERO, fault);
    lying.now[0] = NOW;
    long current = NOW - 30_000;
    String target = candles("BTC-USD", current - 30 * MINUTE, current - MINUTE);
    JsonNode rows = lying.get(target);
    assertThat(rows.size()).isEqualTo(30);
    int half = 0;
    for (JsonNode row : rows) {
      long open = row.get(0).asLong() * 1_000;
      TapeCandle truth = lying.series("BTC-USD").candle(Timeframe.M1, open, NOW).orElseThrow();
      boolean young = open + MINUTE > NOW - 10 * MINUTE;
      boolean less = truth.volume().subtract(row.get(5).decimalValue()).compareTo(MORE) > 0;
      assertThat(less).isEqualTo(young && truth.tradeCount() > 1);
      assertThat(row.get(3).decimalValue()).isEqualByComparingTo(truth.open());
      half += less ? 1 : 0;
    }
    assertThat(half).isBetween(9, 10);
    assertThat(lying.get(target)).isEqualTo(rows); // the same ones again
    assertThat(lying.faults.counted(FaultKind.HALF_MADE)).isEqualTo(2);
    lying.get(candles("BTC-USD", current - 30 * MINUTE, current - 12 * MINUTE));
    assertThat(lying.faults.counted(FaultKind.HALF_MADE)).isEqualTo(2); // nothing young there
  }

  private static SimResponse hit(FaultKind kind, String target) {
    CoinbaseBench hit = new CoinbaseBench(Fault.chance(kind, "coinbase", 1));
    hit.now[0] = NOW;
    SimResponse answer = hit.ask(target);
    assertThat(hit.faults.counted(kind)).isEqualTo(1);
    return answer;
  }

  private static String candles(String product, long startMs, long endMs) {
    return "/products/%s/candles?granularity=60&start=%s&end=%s"
        .formatted(product, Instant.ofEpochMilli(startMs), Instant.ofEpochMilli(endMs));
  }

  private static CoinbaseBench bench() {
    CoinbaseBench bench = new CoinbaseBench();
    bench.now[0] = NOW;
    return bench;
  }
}
