package dev.candles.sim.venue.okx;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.candles.core.candle.Timeframe;
import dev.candles.sim.fault.Fault;
import dev.candles.sim.fault.FaultKind;
import dev.candles.sim.tape.TapeCandle;
import dev.candles.sim.venue.RestGateway;
import dev.candles.sim.venue.SimRequest;
import dev.candles.sim.venue.SimResponse;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimOkxRestTest {
  private static final long MINUTE = 60_000;
  private static final long NOW = OfflineOkx.START + 3 * 86_400_000L + 30_000;

  private final OfflineOkx desk = desk();

  @Test
  void rowsAreNineStringsNewestFirstAndOnlyTheOneInProgressIsUnconfirmed() {
    List<List<String>> rows = rows(desk, "candles", "bar", "1m");
    assertThat(rows).hasSize(100);
    assertThat(rows.get(0).get(0)).isEqualTo(Long.toString(NOW - 30_000));
    assertThat(rows.get(0).get(8)).isEqualTo("0");
    for (int i = 1; i < rows.size(); i++) {
      assertThat(rows.get(i)).hasSize(9);
      assertThat(rows.get(i).get(8)).isEqualTo("1");
      assertThat(time(rows, i)).isEqualTo(time(rows, i - 1) - MINUTE);
    }
  }

  @Test
  void boundsAreExclusiveAndBeforeAloneGivesTheNewest() {
    long at = OfflineOkx.START + 2 * 86_400_000L + 3_600_000;
    assertThat(rows(desk, "candles", "after", "" + at, "limit", "3").get(0).get(0))
        .isEqualTo("" + (at - MINUTE));
    List<List<String>> newer = rows(desk, "candles", "before", "" + at, "limit", "3");
    assertThat(newer).hasSize(3);
    assertThat(time(newer, 0)).isEqualTo(NOW - 30_000);
    List<List<String>> both =
        rows(desk, "candles", "before", "" + at, "after", "" + (at + 5 * MINUTE));
    assertThat(both).hasSize(4);
    assertThat(time(both, 3)).isEqualTo(at + MINUTE);
    assertThat(time(both, 0)).isEqualTo(at + 4 * MINUTE);
    assertThat(rows(desk, "candles", "before", "" + (NOW + MINUTE))).isEmpty();
  }

  @Test
  void candlesHoldsTheLatest1440RowsAndHistoryTheRestAllConfirmed() {
    List<List<String>> all = walk("candles");
    assertThat(all).hasSize(1_440);
    List<List<String>> history =
        rows(desk, "history-candles", "after", "" + OfflineOkx.START, "limit", "300");
    assertThat(history).hasSize(300).allMatch(row -> row.get(8).equals("1"));
    assertThat(rows(desk, "history-candles", "limit", "1").get(0).get(8)).isEqualTo("1");
  }

  @Test
  void pagesHoldAtMost300Rows() {
    assertThat(rows(desk, "candles", "limit", "5000")).hasSize(300);
    desk.now[0] += 2_000;
    assertThat(rows(desk, "history-candles", "limit", "301")).hasSize(300);
  }

  @Test
  void pagesHoldFewerRowsIfToldToWhateverIsAskedFor() {
    OfflineOkx shorter =
        new OfflineOkx(1, new OkxSettings(true, Duration.ZERO, 100, OkxDelays.NONE));
    shorter.now[0] = NOW;
    assertThat(rows(shorter, "history-candles", "limit", "300")).hasSize(100);
    assertThat(rows(shorter, "candles", "limit", "300")).hasSize(100);
    assertThat(time(rows(shorter, "candles", "limit", "300"), 0)).isEqualTo(NOW - 30_000);
  }

  @Test
  void historyLagsBehindIfToldTo() {
    OfflineOkx lagging = new OfflineOkx(true, Duration.ofDays(1));
    lagging.now[0] = NOW;
    assertThat(time(rows(lagging, "history-candles"), 0)).isEqualTo(NOW - 30_000 - 86_460_000L);
    assertThat(time(rows(lagging, "candles"), 0)).isEqualTo(NOW - 30_000);
  }

  @Test
  void restConfirmsLaterThanTheFeedIfToldTo() {
    OfflineOkx late =
        OfflineOkx.withDelays(
            new OkxDelays(Duration.ofSeconds(8), Duration.ZERO, Duration.ofSeconds(5)));
    long minute = OfflineOkx.START;
    long confirmMs = late.market(OfflineOkx.BTC).confirmAt(Timeframe.M1, minute);
    late.now[0] = confirmMs + 4_999;
    assertThat(rows(late, "candles").get(1)).startsWith("" + minute).endsWith("0");
    assertThat(time(rows(late, "history-candles"), 0)).isEqualTo(minute - MINUTE);
    late.now[0] = confirmMs + 5_000;
    assertThat(rows(late, "candles").get(1)).startsWith("" + minute).endsWith("1");
    assertThat(time(rows(late, "history-candles"), 0)).isEqualTo(minute);
  }

  @Test
  void silentMinutesHaveFlatRowsOrNone() {
    List<List<String>> flat = rows(desk, "candles", "instId", OfflineOkx.DOGE, "limit", "300");
    assertThat(flat).hasSize(300).anyMatch(row -> row.get(5).equals("0"));
    OfflineOkx bare = new OfflineOkx(false, Duration.ZERO);
    bare.now[0] = NOW;
    List<List<String>> holes = rows(bare, "candles", "instId", OfflineOkx.DOGE, "limit", "300");
    assertThat(holes).hasSize(300).noneMatch(row -> row.get(5).equals("0"));
    assertThat(time(holes, 299)).isLessThan(time(flat, 299));
  }

  @ParameterizedTest
  @CsvSource({
    "/market/candles, 400, 50014, Parameter instId can not be empty",
    "/market/candles?instId=NOPE-USDT, 200, 51001, doesn't exist",
    "/market/candles?instId=BTC-USDT&bar=7m, 400, 51000, Parameter bar error",
    "/market/candles?instId=BTC-USDT&limit=0, 400, 51000, Parameter limit error",
    "/market/candles?instId=BTC-USDT&after=x, 400, 51000, Parameter after error",
    "/market/history-trades?instId=BTC-USDT&type=3, 400, 51000, Parameter type error",
    "/public/instruments, 400, 50014, Parameter instType can not be empty",
    "/public/instruments?instType=SPOT&instId=NOPE-USDT, 200, 51001, doesn't exist",
    "/nope, 404, 404, Not Found"
  })
  void errorsHaveTheVenuesForm(String target, int status, String code, String message) {
    SimResponse answer = desk.rest.answer(question(target));
    assertThat(answer.status()).isEqualTo(status);
    JsonNode body = OfflineOkx.json(answer.body());
    assertThat(body.path("code").isTextual()).isTrue();
    assertThat(body.path("code").asText()).isEqualTo(code);
    assertThat(body.path("msg").asText()).contains(message);
    assertThat(body.path("data").isArray()).isTrue();
  }

  @Test
  void the41stCandleRequestWithinTwoSecondsIsRefused() {
    for (int i = 0; i < 40; i++) {
      assertThat(status("/market/candles?instId=BTC-USDT&limit=1")).isEqualTo(200);
    }
    SimResponse refused = desk.rest.answer(question("/market/candles?instId=BTC-USDT&limit=1"));
    assertThat(refused.body()).contains("\"50011\"").contains("Too Many Requests");
    assertThat(status("/market/history-candles?instId=BTC-USDT&limit=1")).isEqualTo(200);
    desk.now[0] += 2_000;
    assertThat(status("/market/candles?instId=BTC-USDT&limit=1")).isEqualTo(200);
    assertThat(desk.rest.counts().refused()).isEqualTo(1);
  }

  @Test
  void theCatalogueListsSpotInstrumentsListedLongAgo() {
    JsonNode data = desk.get("/public/instruments", "instType", "SPOT").path("data");
    assertThat(data.size()).isEqualTo(2);
    assertThat(data.get(0).path("instId").asText()).isEqualTo("BTC-USDT");
    assertThat(data.get(0).path("state").asText()).isEqualTo("live");
    assertThat(data.get(0).path("baseCcy").asText()).isEqualTo("BTC");
    assertThat(data.get(0).path("tickSz").asText()).isEqualTo("0.1");
    assertThat(data.get(0).path("listTime").asLong()).isEqualTo(1_388_534_400_000L);
    assertThat(desk.get("/public/instruments", "instType", "SWAP").path("data")).isEmpty();
  }

  @Test
  void timeAndStatusAnswer() {
    assertThat(desk.get("/public/time").at("/data/0/ts").asLong()).isEqualTo(NOW);
    assertThat(desk.get("/system/status").path("code").asText()).isEqualTo("0");
    assertThat(status("/system/status")).isEqualTo(429);
  }

  @Test
  void tradesPageById() {
    JsonNode newest = desk.get("/market/trades", "instId", OfflineOkx.BTC, "limit", "500");
    assertThat(newest.path("data").size()).isEqualTo(500);
    List<Long> ids = new ArrayList<>();
    String after = "";
    for (int page = 0; page < 5; page++) {
      JsonNode data =
          desk.get("/market/history-trades", "instId", OfflineOkx.BTC, "after", after).path("data");
      data.forEach(trade -> ids.add(trade.path("tradeId").asLong()));
      after = "" + ids.get(ids.size() - 1);
    }
    assertThat(ids).hasSize(500);
    for (int i = 1; i < ids.size(); i++) {
      assertThat(ids.get(i)).isEqualTo(ids.get(i - 1) - 1);
    }
    assertThat(newest.at("/data/499/tradeId").asLong()).isEqualTo(ids.get(499));
  }

  @Test
  void tradesPageByTime() {
    long at = NOW - 3_600_000;
    JsonNode data =
        desk.get("/market/history-trades", "instId", "BTC-USDT", "type", "2", "after", "" + at)
            .path("data");
    assertThat(data.size()).isEqualTo(100);
    assertThat(data.get(0).path("ts").asLong()).isLessThan(at).isGreaterThan(at - 10 * MINUTE);
  }

  @Test
  void restFaultsHitAndAreCounted() {
    assertThat(faulty(FaultKind.HTML).answer(question("/public/time")).contentType())
        .startsWith("text/html");
    assertThat(faulty(FaultKind.THROTTLE).answer(question("/public/time")).status()).isEqualTo(429);
    String candles = "/market/candles?instId=BTC-USDT&limit=10";
    assertThat(data(faulty(FaultKind.EMPTY_PAGE), candles)).isEmpty();
    JsonNode half = data(faulty(FaultKind.SHORT_PAGE), candles);
    assertThat(half.size()).isEqualTo(5);
    assertThat(half.get(0).get(0).asLong()).isEqualTo(NOW - 30_000);
    JsonNode stale = data(faulty(FaultKind.STALE_PAGE), candles);
    assertThat(stale.get(0).get(0).asLong()).isEqualTo(NOW - 30_000 - 5 * MINUTE);
    assertThat(stale.get(0).get(8).asText()).isEqualTo("0");
    SimResponse skewed = faulty(FaultKind.CLOCK_SKEW).answer(question("/public/time"));
    assertThat(skewed.dateMs()).isEqualTo(NOW + 90_000);
    assertThat(OfflineOkx.json(skewed.body()).at("/data/0/ts").asLong()).isEqualTo(NOW + 90_000);
  }

  @Test
  void aCachedPageSaysWhenItWasMadeAndAStaleOneDoesNot() {
    SimRequest candles = question("/market/candles?instId=BTC-USDT&limit=10");
    SimResponse cached = faulty(FaultKind.CACHED).answer(candles);
    SimResponse stale = faulty(FaultKind.STALE_PAGE).answer(candles);
    assertThat(cached.body()).isEqualTo(stale.body());
    assertThat(cached.dateMs()).isEqualTo(NOW - 5 * MINUTE);
    assertThat(cached.headers()).containsEntry("Age", "300");
    assertThat(stale.dateMs()).isEqualTo(NOW);
    assertThat(stale.headers()).isEmpty();
  }

  @Test
  void missingRowsAreOfTheMiddleAndTheSameInEveryPage() {
    OfflineOkx lying = lying(FaultKind.MISSING_ROW);
    List<List<String>> rows = rows(lying, "candles", "limit", "300");
    assertThat(rows).hasSizeBetween(250, 299);
    assertThat(time(rows, 0)).isEqualTo(NOW - 30_000);
    assertThat(time(rows, rows.size() - 1)).isEqualTo(NOW - 30_000 - 299 * MINUTE);
    assertThat(rows(lying, "candles", "limit", "300")).isEqualTo(rows);
    JsonNode trades = lying.get("/market/history-trades", "instId", OfflineOkx.BTC).path("data");
    assertThat(trades.size()).isBetween(75, 99);
    assertThat(lying.faults.counted(FaultKind.MISSING_ROW)).isEqualTo(3);
  }

  @Test
  void halfMadeRowsLackTheirLastTradesAndAreNotConfirmed() {
    OfflineOkx lying = lying(FaultKind.HALF_MADE);
    List<List<String>> rows = rows(lying, "candles", "limit", "30");
    int half = 0;
    for (int i = 1; i < rows.size(); i++) {
      long open = time(rows, i);
      boolean young = open + MINUTE > NOW - 10 * MINUTE;
      TapeCandle truth =
          lying.market(OfflineOkx.BTC).series().candle(Timeframe.M1, open, NOW).orElseThrow();
      int than = new BigDecimal(rows.get(i).get(5)).compareTo(truth.volume());
      assertThat(than).isEqualTo(young && truth.tradeCount() > 1 ? -1 : 0);
      assertThat(rows.get(i).get(8)).isEqualTo(young ? "0" : "1");
      half += than < 0 ? 1 : 0;
    }
    assertThat(half).isBetween(8, 10);
    List<List<String>> history = rows(lying, "history-candles");
    assertThat(time(history, 0)).isEqualTo(NOW - 30_000 - 11 * MINUTE); // closed rows only
    assertThat(history).allMatch(row -> row.get(8).equals("1"));
    assertThat(lying.faults.counted(FaultKind.HALF_MADE)).isEqualTo(2);
  }

  private static OfflineOkx lying(FaultKind kind) {
    OfflineOkx desk = new OfflineOkx(Fault.chance(kind, "okx", 1));
    desk.now[0] = NOW;
    return desk;
  }

  private static RestGateway faulty(FaultKind kind) {
    return lying(kind).rest;
  }

  private static JsonNode data(RestGateway rest, String target) {
    return OfflineOkx.json(rest.answer(question(target)).body()).path("data");
  }

  private List<List<String>> walk(String call) {
    List<List<String>> all = new ArrayList<>();
    List<List<String>> page = rows(desk, call, "limit", "300");
    while (!page.isEmpty() && all.size() < 5_000) {
      all.addAll(page);
      page = rows(desk, call, "limit", "300", "after", all.get(all.size() - 1).get(0));
    }
    return all;
  }

  private static OfflineOkx desk() {
    OfflineOkx desk = new OfflineOkx();
    desk.now[0] = NOW;
    return desk;
  }

  private int status(String target) {
    return desk.rest.answer(question(target)).status();
  }

  private static long time(List<List<String>> rows, int index) {
    return Long.parseLong(rows.get(index).get(0));
  }

  private static List<List<String>> rows(OfflineOkx desk, String call, String... parameters) {
    List<String> all = new ArrayList<>(List.of(parameters));
    if (!all.contains("instId")) {
      all.addAll(List.of("instId", OfflineOkx.BTC));
    }
    List<List<String>> rows = new ArrayList<>();
    desk.get("/market/" + call, all.toArray(String[]::new))
        .path("data")
        .forEach(row -> rows.add(OfflineOkx.cells(row)));
    return rows;
  }

  private static SimRequest question(String target) {
    int mark = target.indexOf('?');
    Map<String, String> query = new HashMap<>();
    if (mark >= 0) {
      for (String pair : target.substring(mark + 1).split("&")) {
        query.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
      }
    }
    return new SimRequest(
        "/api/v5" + (mark < 0 ? target : target.substring(0, mark)), query, Map.of());
  }
}
