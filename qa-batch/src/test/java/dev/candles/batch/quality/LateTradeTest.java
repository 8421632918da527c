package dev.candles.batch.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.batch.quality.check.Finding;
import dev.candles.batch.quality.check.FindingType;
import dev.candles.batch.quality.report.QaReport;
import dev.candles.core.candle.Candle;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.TakerSide;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.candle.Trade;
import dev.candles.core.candle.TradeRange;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.feed.CompletedInterval;
import dev.candles.core.feed.LiveEvent;
import dev.candles.core.finality.TradeAggregator;
import dev.candles.lake.compact.Archiver;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.manifest.Check;
import dev.candles.lake.manifest.Manifest;
import dev.candles.lake.manifest.Manifests;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Days of a quiet market around a midnight, in which trades were published late: what the live path
 * makes of them, in the lake. Minutes are counted from that midnight.
 */
class LateTradeTest {
  private static final StreamKey STREAM = TestLake.MINUTES;
  private static final long MINUTE = TestLake.MINUTE;
  private static final long MIDNIGHT = TestLake.FIRST + TestLake.DAY;
  private static final int FIRST = -20;
  private static final int END = 20;

  @TempDir Path root;
  private TestLake lake;

  /** Time of each trade by id, which is the order in which they were published; epoch ms. */
  private final TreeMap<Long, Long> trades = new TreeMap<>();

  @BeforeEach
  void empty() {
    lake = new TestLake(root);
  }

  /** Publishes so many trades in a minute. */
  private void minute(int minute, int count) {
    for (int i = 0; i < count; i++) {
      publish(MIDNIGHT + minute * MINUTE + 10_000 + i * 1_000L);
    }
  }

  private long publish(long timeMs) {
    long id = trades.isEmpty() ? 1 : trades.lastKey() + 1;
    trades.put(id, timeMs);
    return id;
  }

  private void minutes(int from, int to) {
    for (int minute = from; minute < to; minute++) {
      minute(minute, 3);
    }
  }

  /** What the live path makes of the trades; a later version of a minute is the current one. */
  private List<Candle> live() {
    Map<Long, Candle> candles = new TreeMap<>();
    TradeAggregator aggregator =
        new TradeAggregator(
            STREAM,
            MIDNIGHT + FIRST * MINUTE,
            new TradeAggregator.Waits(2_000, 4_000, 1_000),
            event -> keep(event, candles),
            oddity -> {});
    long nowMs = MIDNIGHT + FIRST * MINUTE - 1;
    aggregator.lastTrade(nowMs, 0, nowMs);
    for (Map.Entry<Long, Long> trade : trades.entrySet()) {
      nowMs = Math.max(nowMs, trade.getValue());
      BigDecimal size = BigDecimal.ONE;
      double price = 100 + trade.getKey() % 5 / 10.0;
      aggregator.trade(
          new Trade(trade.getKey(), trade.getValue(), price, size, TakerSide.BUY), false, nowMs);
    }
    return candles.values().stream().filter(c -> minuteOf(c) < END).toList();
  }

  private static void keep(LiveEvent event, Map<Long, Candle> candles) {
    if (event instanceof CompletedInterval interval) {
      candles.put(interval.candle().openTimeMs(), interval.candle());
    }
  }

  private static int minuteOf(Candle candle) {
    return Math.toIntExact((candle.openTimeMs() - MIDNIGHT) / MINUTE);
  }

  private void write(List<Candle> candles) throws Exception {
    writeDay(candles, 0);
    writeDay(candles, 1);
  }

  private void writeDay(List<Candle> candles, int day) throws Exception {
    for (String file : List.of("c-1.parquet", "c-2.parquet")) {
      Files.deleteIfExists(lake.folder(STREAM, day).resolve(file));
    }
    lake.write(candles.stream().filter(c -> minuteOf(c) < 0 == (day == 0)).toList());
    lake.seal(STREAM, day);
  }

  private QaReport judged(List<Candle> candles) throws Exception {
    write(candles);
    return PlainQa.run(root);
  }

  private static List<FindingType> kinds(QaReport report) {
    return report.findings().stream().map(Finding::kind).toList();
  }

  /**
   * With one trade less in a minute.
   *
   * @param by what its first id is higher for it; 0 if it was neither the first nor the last
   */
  private static List<Candle> lost(List<Candle> candles, int minute, long by) {
    return candles.stream().map(c -> minuteOf(c) == minute ? lost(c, by) : c).toList();
  }

  private static Candle lost(Candle c, long by) {
    TradeRange all = c.trades();
    long count = Objects.requireNonNull(all.count()) - 1;
    long firstId = Objects.requireNonNull(all.firstId()) + by;
    return Damage.traded(c, new TradeRange(count, firstId, all.lastId()));
  }

  /** Of the last minute of a day, published among the trades of the third of the next one. */
  private void lateByMinutes() {
    minutes(FIRST, 2);
    minute(2, 2);
    publish(MIDNIGHT - 5_000);
    minute(2, 2);
    minutes(3, END + 2);
  }

  @Test
  void aTradeOfTheDayBeforeAmongThoseOfTheNextIsNoFinding() throws Exception {
    lateByMinutes();
    List<Candle> live = live();
    assertThat(live).hasSize(END - FIRST);
    QaReport report = judged(live);
    assertThat(report.findings()).isEmpty();
    assertThat(report.totals().sealedNow()).as("the day that is over").isEqualTo(1);
    assertThat(PlainQa.run(root).findings()).isEmpty();
  }

  private void sealedBesideOneArchivedIn(Path archive) throws Exception {
    lateByMinutes();
    write(live());
    silent(END, 1440);
    lake.commit();
    assertThat(PlainQa.run(root).totals().sealedNow()).isEqualTo(2);
    new Archiver(lake.layout, new LakeLayout(archive))
        .archive(Partition.of(STREAM, TestLake.FIRST));
  }

  /** Read once more, and believed again. */
  private void isSealedAnew(int partitions) throws Exception {
    QaReport read = PlainQa.run(root);
    assertThat(read.findings()).isEmpty();
    assertThat(read.totals().sealedNow()).isEqualTo(partitions);
    QaReport believed = PlainQa.run(root);
    assertThat(believed.findings()).isEmpty();
    assertThat(believed.totals().sealed()).isEqualTo(partitions);
  }

  @Test
  void aDayBesideAnArchivedOneIsSealedAnewUnderNewerRules(@TempDir Path archive) throws Exception {
    sealedBesideOneArchivedIn(archive);
    for (int day : List.of(0, 1)) {
      Path folder = lake.folder(STREAM, day);
      Manifest sealed =
          Manifests.read(folder, Partition.of(STREAM, TestLake.FIRST + day * TestLake.DAY))
              .orElseThrow();
      List<Check> older =
          sealed.checks().stream()
              .map(check -> new Check(olderId(check), check.verdict(), check.checkedSha256()))
              .toList();
      Manifests.write(folder, sealed.withoutChecks(id -> true).withChecks(older));
    }
    isSealedAnew(1);
  }

  private static String olderId(Check check) {
    return check.id().replaceAll("\\.5$", ".4");
  }

  @Test
  void aDayBesideAnArchivedOneIsSealedAnewBesideALaterPartition(@TempDir Path archive)
      throws Exception {
    sealedBesideOneArchivedIn(archive);
    StreamKey larger = STREAM.in(Timeframe.M5);
    List<Candle> minutes = live().stream().filter(c -> minuteOf(c) >= 0).toList();
    TestLake later = new TestLake(root);
    later.write(TestLake.rollup(minutes, Timeframe.M5));
    later.state(larger, MIDNIGHT + END * MINUTE, (1440 - END) / 5, IntervalState.VERIFIED_EMPTY);
    later.commit();
    assertThat(PlainQa.run(root).findings()).as("beside one without a manifest").isEmpty();
    later.seal(larger, 1);
    isSealedAnew(2);
  }

  /** While the day could not be sealed it was judged, and what it had passed is over. */
  @Test
  void aBreakThatWasToldIsNotExplainedByADayThatIsArchivedLater(@TempDir Path archive)
      throws Exception {
    lateByMinutes();
    List<Candle> live = live();
    write(live);
    silent(END, 1440);
    lake.commit();
    assertThat(PlainQa.run(root).totals().sealedNow()).isEqualTo(2);
    StreamKey larger = STREAM.in(Timeframe.M5);
    lake.write(TestLake.rollup(live.stream().filter(c -> minuteOf(c) >= 0).toList(), Timeframe.M5));
    writeDay(lost(live, -1, 0), 0);
    assertThat(kinds(PlainQa.run(root))).contains(FindingType.CHAIN_COUNT);
    new Archiver(lake.layout, new LakeLayout(archive))
        .archive(Partition.of(STREAM, TestLake.FIRST));
    lake.seal(larger, 1);
    assertThat(kinds(PlainQa.run(root))).contains(FindingType.CHAIN_COUNT);
  }

  /** What explains the late trade is elsewhere then; the day was sealed beside it. */
  @Test
  void aDayBesideAnArchivedOneKeepsItsSealThroughADeepCheck(@TempDir Path archive)
      throws Exception {
    sealedBesideOneArchivedIn(archive);
    assertThat(PlainQa.run(root).findings()).isEmpty();
    assertThat(PlainQa.deep(root).findings()).as("deep").isEmpty();
    QaReport report = PlainQa.run(root);
    assertThat(report.findings()).isEmpty();
    assertThat(report.totals().sealed()).as("the day that is here").isEqualTo(1);
    writeDay(lost(live(), 2, 0), 1);
    assertThat(kinds(PlainQa.run(root)))
        .as("other files than those that were sealed")
        .contains(FindingType.CHAIN_COUNT);
  }

  @Test
  void aTradeThatIsLostBesideALateOneIsFound() throws Exception {
    lateByMinutes();
    for (int minute : List.of(-1, 1, 2)) {
      assertThat(kinds(judged(lost(live(), minute, 0))))
          .as("minute %s", minute)
          .contains(FindingType.CHAIN_COUNT);
    }
  }

  /** The only trade of a minute comes after the first one of the next minute. */
  private void swapped(int minute) {
    minutes(FIRST, minute - 1);
    publish(MIDNIGHT + minute * MINUTE + 1);
    publish(MIDNIGHT + minute * MINUTE - 1);
    minute(minute, 3);
    minutes(minute + 1, END + 2);
  }

  @Test
  void theOnlyTradeOfAMinuteMayComeAfterTheFirstOfTheNext() throws Exception {
    swapped(0);
    assertThat(judged(live()).findings()).as("over midnight").isEmpty();
    assertThat(PlainQa.run(root).totals().sealed()).isEqualTo(1);
    trades.clear();
    swapped(7);
    assertThat(judged(live()).findings()).as("within a day").isEmpty();
  }

  @Test
  void aTradeThatIsLostAtMidnightIsFoundWhereTwoAreSwapped() throws Exception {
    swapped(0);
    List<Candle> live = live();
    assertThat(kinds(judged(lost(live, 0, 2)))).containsExactly(FindingType.CHAIN_HOLE);
    assertThat(kinds(judged(lost(live, 0, 0)))).contains(FindingType.CHAIN_HOLE);
  }

  @Test
  void aHoleInADayIsToldAgainOnceTheOtherDayExplainsItNoMore() throws Exception {
    swapped(0);
    List<Candle> live = live();
    judged(live);
    assertThat(PlainQa.run(root).totals().sealed()).isEqualTo(1);
    writeDay(lost(live, 0, 2), 1);
    assertThat(kinds(PlainQa.run(root))).containsExactly(FindingType.CHAIN_HOLE);
    QaReport again = PlainQa.run(root);
    assertThat(kinds(again)).containsExactly(FindingType.CHAIN_HOLE);
    assertThat(again.totals().sealed()).isZero();
  }

  @Test
  void aTradeThatIsLostBesideAnExplainedHoleIsFound() throws Exception {
    for (int swapped : List.of(7, 0, 2)) {
      trades.clear();
      swapped(swapped);
      List<Candle> live = live();
      assertThat(judged(live).findings()).as("swapped at %s", swapped).isEmpty();
      assertThat(kinds(judged(lost(live, swapped - 2, 0))))
          .as("lost before minute %s", swapped)
          .containsExactly(FindingType.CHAIN_HOLE);
    }
  }

  /** As many trades as ids. */
  private Candle candle(int minute, long firstId, long lastId) {
    Candle any = TestLake.minutes(STREAM, 0).get(0);
    return new Candle(
        STREAM,
        MIDNIGHT + minute * MINUTE,
        any.prices(),
        any.volumes(),
        new TradeRange(lastId - firstId + 1, firstId, lastId),
        any.provenance());
  }

  private void silent(int from, int to) {
    lake.state(STREAM, MIDNIGHT + from * MINUTE, to - from, IntervalState.VERIFIED_EMPTY);
  }

  @Test
  void midnightExplainsNoTradesThatAreDoubledWithinADay() throws Exception {
    List<Candle> doubled = new ArrayList<>();
    doubled.add(candle(-21, 1, 10));
    for (int minute = -20; minute < -14; minute++) {
      doubled.add(candle(minute, 31 + minute, 31 + minute));
    }
    doubled.add(candle(-14, 6, 10));
    for (int minute = -13; minute < END; minute++) {
      doubled.add(candle(minute, 30 + minute, 30 + minute));
    }
    for (int run = 0; run < 2; run++) {
      QaReport report = judged(doubled);
      assertThat(kinds(report)).contains(FindingType.CHAIN_BACK);
      assertThat(report.totals().sealedNow()).isZero();
    }
  }

  @Test
  void tradesMayBeSwappedAtMidnightAfterALongSilence() throws Exception {
    silent(-1440, -57);
    silent(-55, -1);
    lake.commit();
    List<Candle> quiet =
        List.of(
            candle(-57, 1, 3),
            candle(-56, 4, 6),
            candle(-1, 8, 8),
            Damage.traded(candle(0, 7, 9), new TradeRange(2L, 7L, 9L)),
            candle(1, 10, 12));
    assertThat(judged(quiet).findings()).isEmpty();
  }
}
