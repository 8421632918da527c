package dev.candles.batch.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.batch.BatchEnvironment;
import dev.candles.batch.quality.check.Finding;
import dev.candles.batch.quality.check.FindingType;
import dev.candles.batch.quality.check.QaCheck;
import dev.candles.batch.quality.report.QaReport;
import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.IntervalState;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.manifest.Manifests;
import dev.candles.lake.parquet.CandleFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A lake with a fault of every kind, each on a day of its own: each is found once, nothing else.
 */
class PlantedFaultsTest {
  private static final long MINUTE = TestLake.MINUTE;

  /** A minute in the first file of a day, in the middle of five. */
  private static final int AT = 62;

  @TempDir Path root;
  private final List<String> expected = new ArrayList<>();
  private TestLake lake;
  private int day;

  private interface Fault {
    void plant() throws Exception;
  }

  @Test
  void eachFaultIsFoundExactlyOnceAndNothingElse() throws Exception {
    int days = 64;
    lake = new TestLake(root).fill(days);
    day = 1;
    keysAndTimes();
    values();
    gaps();
    manifests();
    rollups();
    chains();
    files();
    markets();
    assertThat(day).as("days used").isLessThan(days - 1);
    lake.commit();

    QaSettings settings = new QaSettings(root, 0, false, Set.of(), false);
    QaReport report = QualityJob.run(BatchEnvironment.create(2), settings, 0, () -> 0);

    List<String> found = report.findings().stream().map(PlantedFaultsTest::line).toList();
    assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(expected).hasSizeGreaterThan(45);
    assertThat(report.passed()).isFalse();
    EnumSet<FindingType> never = EnumSet.allOf(FindingType.class);
    report.findings().forEach(finding -> never.remove(finding.kind()));
    assertThat(never)
        .as("kinds that no fault in a file of data shows")
        .containsExactly(
            FindingType.CERTIFIED_LOST,
            FindingType.IN_THE_FUTURE,
            FindingType.NOTHING_JUDGED,
            FindingType.UNLISTABLE);
    Set<QaCheck> failed =
        report.checks().stream()
            .filter(check -> check.findings() + check.warnings() > 0)
            .map(check -> check.check())
            .collect(Collectors.toSet());
    assertThat(failed).containsExactlyInAnyOrder(QaCheck.values());
  }

  private static String line(Finding finding) {
    String time =
        finding.openTimeMs() == Finding.NO_TIME ? "" : String.valueOf(finding.openTimeMs());
    return finding.kind() + " " + finding.stream() + " " + time;
  }

  private void expect(FindingType kind, StreamKey stream, long openTimeMs) {
    expected.add(kind + " " + stream.id() + " " + openTimeMs);
  }

  private void expectForeign(FindingType kind) {
    expected.add(kind + "  ");
  }

  private long start() {
    return TestLake.FIRST + day * TestLake.DAY;
  }

  private long at() {
    return start() + AT * MINUTE;
  }

  private Path file(StreamKey stream) {
    return lake.folder(stream, day).resolve("c-1.parquet");
  }

  private Path second(StreamKey stream) {
    return lake.folder(stream, day).resolve("c-2.parquet");
  }

  /** One value of one row of coinbase's minutes, each on its own day. */
  private void value(FindingType kind, String column, String value) throws Exception {
    TestLake.change(file(TestLake.COINBASE), at(), column, value);
    expect(kind, TestLake.COINBASE, at());
    day++;
  }

  private void extra(FindingType kind, String columns, long openTimeMs) throws Exception {
    TestLake.copy(
        file(TestLake.COINBASE),
        lake.folder(TestLake.COINBASE, day).resolve("c-9.parquet"),
        columns,
        "open_time_ms = " + at());
    expect(kind, TestLake.COINBASE, openTimeMs);
    day++;
  }

  private void keysAndTimes() throws Exception {
    extra(FindingType.DUPLICATE, "*", at());
    extra(FindingType.CONFLICT, "* replace (volume + 1 as volume)", at());
    extra(
        FindingType.MISALIGNED, "* replace (open_time_ms + 30000 as open_time_ms)", at() + 30_000);
    extra(
        FindingType.WRONG_DAY,
        "* replace (open_time_ms + 86400000 as open_time_ms)",
        at() + TestLake.DAY);
    Path revisions = lake.revisions(TestLake.COINBASE, day);
    for (String name : List.of("r-1.parquet", "r-2.parquet")) {
      String columns = "* replace (1::integer as revision)";
      TestLake.copy(
          file(TestLake.COINBASE), revisions.resolve(name), columns, "open_time_ms = " + at());
    }
    expect(FindingType.DUPLICATE_REVISION, TestLake.COINBASE, at());
    day++;
  }

  private void values() throws Exception {
    value(FindingType.NAN, "close", "'nan'::double");
    value(FindingType.NAN, "open", "null::double");
    value(FindingType.INFINITE, "volume", "'inf'::double");
    value(FindingType.NEGATIVE, "low", "-1::double");
    value(FindingType.NEGATIVE, "open", "0::double");
    value(FindingType.NEGATIVE, "volume", "-0.5::double");
    value(FindingType.NEGATIVE, "quote_volume", "-0.5::double");
    value(FindingType.NEGATIVE, "taker_buy_volume", "-0.5::double");
    value(FindingType.OUT_OF_BOUNDS, "volume", "1e308::double");
    value(FindingType.TAKER_BUY_TOO_LARGE, "taker_buy_volume", "volume + 0.001");
    value(FindingType.NEGATIVE, "trade_count", "-3::bigint");
    value(FindingType.UNKNOWN_EVIDENCE, "evidence", "'HEARSAY'");
    value(FindingType.HIGH_TOO_LOW, "high", "open - 0.1");
    value(FindingType.LOW_TOO_HIGH, "low", "close + 0.1");
    value(FindingType.NOT_CLOSED, "is_closed", "false");
  }

  private void lack(FindingType kind, int minutes) throws Exception {
    TestLake.drop(file(TestLake.COINBASE), at(), at() + minutes * MINUTE);
    expect(kind, TestLake.COINBASE, at());
    day++;
  }

  private void gaps() throws Exception {
    lack(FindingType.UNACCOUNTED, 1);
    lack(FindingType.UNACCOUNTED, 5);
    lack(FindingType.GAP, 6);
    lake.state(TestLake.COINBASE, at(), 8, IntervalState.MISSING);
    lack(FindingType.GAP, 8);
    lake.state(TestLake.COINBASE, at(), 3, IntervalState.MISSING);
    lack(FindingType.GAP, 7);
    lake.state(TestLake.COINBASE, at(), 10, IntervalState.UNRECOVERABLE);
    lack(FindingType.LOST, 10);
    TestLake.drop(second(TestLake.COINBASE), start() + 1437 * MINUTE, Long.MAX_VALUE);
    expect(FindingType.GAP, TestLake.COINBASE, start() + 1437 * MINUTE);
    day++;
    TestLake.drop(file(TestLake.COINBASE), 0, start() + 3 * MINUTE);
    day++;
    lake.state(TestLake.COINBASE, at(), 4, IntervalState.MISSING);
    TestLake.drop(file(TestLake.COINBASE), at(), at() + 4 * MINUTE); // missing, and no finding
    day++;
    StreamKey five = TestLake.OKX.in(Timeframe.M5);
    TestLake.drop(file(five), start() + 60 * MINUTE, start() + 65 * MINUTE);
    expect(FindingType.UNACCOUNTED, five, start() + 60 * MINUTE);
    day++;
    StreamKey hour = TestLake.OKX.in(Timeframe.H1);
    TestLake.drop(file(hour), start() + 60 * MINUTE, start() + 120 * MINUTE);
    expect(FindingType.GAP, hour, start() + 60 * MINUTE);
    day++;
    Path garbage = root.resolve("coverage/date=2026-02-01/c-x.parquet");
    Files.createDirectories(garbage.getParent());
    Files.writeString(garbage, "no coverage");
    expectForeign(FindingType.COVERAGE_UNREADABLE);
  }

  private void manifests() throws Exception {
    lake.seal(TestLake.COINBASE, day);
    Path manifest = lake.folder(TestLake.COINBASE, day).resolve(Manifests.NAME);
    Files.writeString(
        manifest, Files.readString(manifest).replace("\"rows\" : 1440", "\"rows\" : 9"));
    expect(FindingType.MANIFEST_UNBELIEVABLE, TestLake.COINBASE, start());
    day++;
    lake.seal(TestLake.COINBASE, day);
    Files.delete(second(TestLake.COINBASE));
    expect(FindingType.SEALED_FILE_MISSING, TestLake.COINBASE, start());
    day++;
    lake.seal(TestLake.COINBASE, day);
    TestLake.rewrite(file(TestLake.COINBASE), "*");
    expect(FindingType.SEALED_FILE_CHANGED, TestLake.COINBASE, start());
    day++;
    lake.seal(TestLake.COINBASE, day);
    Files.writeString(file(TestLake.COINBASE), "sealed once, garbage now");
    expect(FindingType.SEALED_FILE_CHANGED, TestLake.COINBASE, start());
    day++;
    Manifests.write(
        lake.folder(TestLake.COINBASE, day),
        Damage.lying(lake.manifest(TestLake.COINBASE, day), at()));
    expect(FindingType.MANIFEST_LIES, TestLake.COINBASE, start());
    day++;
  }

  private void rollup(Timeframe timeframe, String column, String value) throws Exception {
    StreamKey stream = TestLake.KRAKEN.in(timeframe);
    TestLake.change(file(stream), start() + 60 * MINUTE, column, value);
    expect(FindingType.ROLLUP_DIFFERS, stream, start() + 60 * MINUTE);
    day++;
  }

  private void rollups() throws Exception {
    rollup(Timeframe.M5, "volume", "volume + 0.001");
    rollup(Timeframe.H1, "close", "close + 0.01");
    rollup(Timeframe.H1, "last_trade_id", "last_trade_id + 1");
    rollup(Timeframe.M5, "trade_count", "trade_count - 1");
    rollup(Timeframe.M5, "quote_volume", "quote_volume * 1.001");
    StreamKey five = TestLake.KRAKEN.in(Timeframe.M5);
    long silent = start() + 190 * MINUTE;
    TestLake.copy(
        file(five),
        lake.folder(five, day).resolve("c-9.parquet"),
        "* replace (%d::bigint as open_time_ms)".formatted(silent),
        "open_time_ms = " + (start() + 60 * MINUTE));
    expect(FindingType.ROLLUP_OF_NOTHING, five, silent);
    day++;
    TestLake.drop(file(five), start() + 60 * MINUTE, start() + 65 * MINUTE);
    lake.state(five, start() + 60 * MINUTE, 1, IntervalState.VERIFIED_EMPTY);
    expect(FindingType.ROLLUP_DENIED, five, start() + 60 * MINUTE);
    day++;
  }

  private void chains() throws Exception {
    TestLake.change(file(TestLake.MINUTES), at(), "trade_count", "trade_count - 1");
    TestLake.change(file(TestLake.MINUTES), at(), "first_trade_id", "first_trade_id + 1");
    expect(FindingType.CHAIN_HOLE, TestLake.MINUTES, at());
    day++;
    TestLake.change(file(TestLake.MINUTES), at(), "trade_count", "trade_count + 1");
    expect(FindingType.CHAIN_COUNT, TestLake.MINUTES, at());
    day++;
    TestLake.change(file(TestLake.MINUTES), start(), "trade_count", "trade_count - 2");
    TestLake.change(file(TestLake.MINUTES), start(), "first_trade_id", "first_trade_id + 2");
    expect(FindingType.CHAIN_HOLE, TestLake.MINUTES, start());
    Damage.withoutIds(
        second(TestLake.MINUTES), start() + 1439 * MINUTE); // the other end of that day
    day++;
    doubled();
    day++;
    TestLake.drop(file(TestLake.OKX), at(), at() + 3 * MINUTE);
    IntervalState empty = IntervalState.VERIFIED_EMPTY;
    lake.state(TestLake.OKX, at(), 3, empty, Evidence.REST_TWICE);
    expect(FindingType.UNPROVEN_EMPTY, TestLake.OKX, at());
    day++;
  }

  /** A minute that holds the trades of the one before, between two that tell no ids. */
  private void doubled() throws Exception {
    Path file = file(TestLake.MINUTES);
    Damage.withoutIds(file, at() - MINUTE);
    Damage.withoutIds(file, at() + 2 * MINUTE);
    TestLake.change(file, at() + MINUTE, "first_trade_id", "first_trade_id - 10");
    TestLake.change(file, at() + MINUTE, "last_trade_id", "last_trade_id - 10");
    expect(FindingType.CHAIN_COUNT, TestLake.MINUTES, at());
  }

  private void file(FindingType kind, Fault fault) throws Exception {
    fault.plant();
    expect(kind, TestLake.COINBASE, start());
    day++;
  }

  private void files() throws Exception {
    file(FindingType.UNREADABLE, () -> Damage.cut(file(TestLake.COINBASE), 0.5));
    file(FindingType.UNREADABLE, () -> Damage.cut(file(TestLake.COINBASE), 0));
    file(FindingType.UNREADABLE, () -> Files.writeString(file(TestLake.COINBASE), "a,b\n1,2\n"));
    file(FindingType.UNREADABLE, () -> Damage.flip(file(TestLake.COINBASE)));
    file(
        FindingType.UNREADABLE,
        () -> TestLake.rewrite(file(TestLake.COINBASE), "* exclude (volume)"));
    file(
        FindingType.UNREADABLE,
        () -> TestLake.rewrite(file(TestLake.COINBASE), "* replace (open::varchar as open)"));
    file(
        FindingType.FOOTER_DIFFERS,
        () ->
            Files.copy(
                file(TestLake.KRAKEN), lake.folder(TestLake.COINBASE, day).resolve("c-9.parquet")));
    file(
        FindingType.FOREIGN_FILE,
        () -> Files.writeString(lake.folder(TestLake.COINBASE, day).resolve("notes.txt"), "x"));
    file(FindingType.TOO_MANY_FILES, () -> Damage.crowd(lake.folder(TestLake.COINBASE, day)));
    file(FindingType.TOO_MANY_ROWS, () -> Damage.flood(lake.folder(TestLake.COINBASE, day)));
    Path candles = lake.layout.folder(Folder.CANDLES);
    Files.createDirectories(
        candles.resolve("venue=okx/symbol=BTC-USDT/timeframe=1m/date=2026-02-30"));
    expectForeign(FindingType.FOREIGN_FOLDER);
    Files.createDirectories(candles.resolve("lost+found"));
    expectForeign(FindingType.FOREIGN_FOLDER);
    Path log = lake.layout.folder(Folder.COVERAGE);
    Files.createDirectories(log.resolve("date=2026-02-30"));
    expectForeign(FindingType.FOREIGN_FOLDER);
    Files.createSymbolicLink(log.resolve("date=2026-02-01/c-1.parquet"), file(TestLake.COINBASE));
    expectForeign(FindingType.FOREIGN_FILE);
    Files.copy(file(TestLake.OKX), candles.resolve("venue=okx/stray.parquet"));
    expectForeign(FindingType.FOREIGN_FILE);
    Files.writeString(candles.resolve("venue=okx/._stray.parquet"), "x");
    expectForeign(FindingType.FOREIGN_FILE);
    Files.writeString(log.resolve("._c-1.parquet"), "x");
    expectForeign(FindingType.FOREIGN_FILE);
    Files.createDirectories(log.resolve("copy of date=2026-01-09"));
    expectForeign(FindingType.FOREIGN_FOLDER);
  }

  private void markets() throws Exception {
    String far =
        " case when open_time_ms between %d and %d then ".formatted(at(), at() + 2 * MINUTE);
    TestLake.rewrite(
        file(TestLake.MINUTES), // of a single venue: no outlier
        "* replace (" + far + " high * 2 else high end as high)");
    day++;
    TestLake.change(file(TestLake.MINUTES), at(), "quote_volume", "volume"); // mixed up
    expect(FindingType.QUOTE_VOLUME_OFF, TestLake.MINUTES, at());
    day++;
    StreamKey alone = new StreamKey("okx", "SOL-USDT", Timeframe.M1);
    StreamKey other = new StreamKey("kraken", "SOL-USD", Timeframe.M1);
    StreamKey third = new StreamKey("coinbase", "SOL-USD", Timeframe.M1);
    for (StreamKey market : List.of(alone, other, third)) {
      lake.write(flat(TestLake.minutes(market, day), market.equals(alone) ? 1.2 : 1));
    }
    expect(FindingType.OUTLIER, alone, at());
    StreamKey early = new StreamKey("okx", "XRP-USDT", Timeframe.M1);
    List<Candle> frozen = new ArrayList<>();
    for (Candle c : TestLake.minutes(early, day)) {
      boolean inside = c.openTimeMs() >= at() && c.openTimeMs() < at() + 90 * MINUTE;
      frozen.add(inside ? Damage.priced(c, 100, 100, 100, 100) : c);
    }
    lake.write(frozen);
    expect(FindingType.FROZEN, early, at());
    for (StreamKey stream : List.of(alone, other, third, early)) {
      expect(FindingType.ENDS_EARLY, stream, start() + TestLake.DAY);
    }
    restart();
  }

  /** Ids that begin anew in the middle of the last day of a market. */
  private void restart() throws IOException {
    StreamKey market = new StreamKey("kraken", "LTC-USD", Timeframe.M1);
    List<Candle> minutes = new ArrayList<>();
    for (Candle c : TestLake.minutes(market, day)) {
      minutes.add(c.openTimeMs() < at() ? c : Damage.shifted(c));
    }
    Path folder = lake.folder(Partition.of(market, start()));
    Files.createDirectories(folder);
    CandleFiles.write(folder.resolve("c-1.parquet"), minutes);
    expect(FindingType.CHAIN_BACK, market, at());
    expect(FindingType.ENDS_EARLY, market, start() + TestLake.DAY);
    day++;
  }

  private List<Candle> flat(List<Candle> minutes, double factor) {
    List<Candle> changed = new ArrayList<>();
    for (Candle c : minutes) {
      boolean inside = c.openTimeMs() >= at() && c.openTimeMs() < at() + 3 * MINUTE;
      double f = inside ? factor : 1;
      changed.add(Damage.priced(c, c.open() * f, c.high() * f, c.low() * f, c.close() * f));
    }
    return changed;
  }
}
