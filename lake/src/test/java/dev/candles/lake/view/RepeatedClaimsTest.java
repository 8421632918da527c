package dev.candles.lake.view;

import static dev.candles.lake.Samples.BTC;
import static dev.candles.lake.Samples.DAY;
import static dev.candles.lake.Samples.DAY_MILLIS;
import static dev.candles.lake.Samples.MINUTE;
import static dev.candles.lake.Samples.candle;
import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import dev.candles.core.coverage.StreamAccount;
import dev.candles.core.lake.StreamInventory;
import dev.candles.lake.Samples;
import dev.candles.lake.compact.Compactor;
import dev.candles.lake.coverage.DayKnowledge;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an older build called empty because the venue said nothing twice is asked for again; what
 * comes of it holds.
 */
class RepeatedClaimsTest {
  private static final StreamKey FIVE = BTC.in(Timeframe.M5);
  private static final long NOW = DAY + 20 * MINUTE + 1;
  private static final IntervalState EMPTY = IntervalState.VERIFIED_EMPTY;

  @TempDir Path root;
  private FileLake lake;

  @BeforeEach
  void open() {
    lake = new FileLake(root.toString());
  }

  private static CoverageRow row(
      StreamKey stream, long from, long to, IntervalState state, Evidence evidence, long seq) {
    return new CoverageRow(stream, from, to, state, Reason.NONE, evidence, seq, DAY + seq * MINUTE);
  }

  private static CoverageRow twice(long from, long to, long seq) {
    return row(BTC, from, to, EMPTY, Evidence.REST_TWICE, seq);
  }

  private StreamInventory scan(StreamKey stream) throws IOException {
    return lake.scan(List.of(stream), DAY, DAY, NOW).get(0);
  }

  @Test
  void anEmptinessThatWasOnlyRepeatedIsAnnouncedAsUnknown() throws IOException {
    Samples.write(
        root,
        twice(DAY, DAY + 2 * MINUTE, 1),
        row(BTC, DAY + 2 * MINUTE, DAY + 3 * MINUTE, EMPTY, Evidence.REST, 2));
    StreamInventory held = scan(BTC);
    assertThat(held.empties()).isEqualTo(Intervals.of(DAY + 2 * MINUTE, DAY + 3 * MINUTE));
    assertThat(held.unknown().contains(DAY)).isTrue();
    assertThat(held.unknown().contains(DAY + MINUTE)).isTrue();
    assertThat(held.seq()).isEqualTo(2);
  }

  @Test
  void itIsAskedForHoweverOldItIs() throws IOException {
    long old = DAY - 30 * DAY_MILLIS;
    Samples.write(root, candle(BTC, DAY, 0));
    Samples.write(root, twice(old, old + MINUTE, 1));
    assertThat(scan(BTC).fromMs()).isEqualTo(old);
    assertThat(scan(BTC).unknown().contains(old)).isTrue();
  }

  @Test
  void aCandleThatComesOfItWins() throws IOException {
    long old = DAY - 30 * DAY_MILLIS;
    Samples.write(root, candle(BTC, DAY, 0));
    Samples.write(root, candle(BTC, old, 0));
    Samples.write(root, twice(old, old + MINUTE, 1));
    assertThat(scan(BTC).fromMs()).as("nothing is asked for any more").isEqualTo(DAY);
  }

  @Test
  void aProofThatComesOfItHoldsAndIsNotAskedForAgain() throws IOException {
    Samples.write(
        root,
        twice(DAY, DAY + 3 * MINUTE, 1),
        row(BTC, DAY, DAY + 3 * MINUTE, IntervalState.MISSING, null, 2),
        row(BTC, DAY, DAY + MINUTE, EMPTY, Evidence.REST_TRADES, 3),
        row(BTC, DAY + MINUTE, DAY + 2 * MINUTE, IntervalState.UNRECOVERABLE, null, 4));
    StreamInventory held = scan(BTC);
    assertThat(held.empties()).isEqualTo(Intervals.of(DAY, DAY + MINUTE));
    assertThat(held.unrecoverable()).isEqualTo(Intervals.of(DAY + MINUTE, DAY + 2 * MINUTE));
    assertThat(held.unknown().from(0)).isEqualTo(DAY + 2 * MINUTE);
    long one = DAY + MINUTE;
    assertThat(account(BTC, DAY, one).in(EMPTY)).isEqualTo(Intervals.of(DAY, one));
  }

  private StreamAccount account(StreamKey stream, long from, long to) throws IOException {
    return new LakeAccounts(root).read(stream::equals, from, to).get(0);
  }

  @Test
  void aLargerEmptinessOverItIsUnknownTooSoThatItIsMadeAnew() throws IOException {
    Samples.write(root, twice(DAY, DAY + 3 * MINUTE, 1));
    Samples.write(root, row(BTC, DAY + 3 * MINUTE, DAY + 10 * MINUTE, EMPTY, Evidence.REST, 2));
    Samples.write(root, row(FIVE, DAY, DAY + 10 * MINUTE, EMPTY, Evidence.ROLLUP, 1));
    Intervals second = Intervals.of(DAY + 5 * MINUTE, DAY + 10 * MINUTE);
    assertThat(scan(FIVE).empties()).isEqualTo(second);
    Samples.write(root, candle(BTC, DAY, 0), candle(BTC, DAY + 2 * MINUTE, 0));
    assertThat(scan(FIVE).empties()).as("one minute is still open").isEqualTo(second);
    Samples.write(root, candle(BTC, DAY + MINUTE, 0));
    assertThat(scan(FIVE).empties()).as("known now, and not empty").isEqualTo(second);
    Samples.write(root, row(BTC, DAY, DAY + 3 * MINUTE, EMPTY, Evidence.REST_TRADES, 3));
    assertThat(scan(FIVE).empties()).isEqualTo(Intervals.of(DAY, DAY + 10 * MINUTE));
  }

  @Test
  void aLargerEmptinessOverAnOldOneIsReachedToo() throws IOException {
    long old = DAY - 30 * DAY_MILLIS;
    Samples.write(root, candle(BTC, DAY, 0));
    Samples.write(root, candle(FIVE, DAY, 0));
    Samples.write(root, twice(old + MINUTE, old + 2 * MINUTE, 1));
    Samples.write(root, row(FIVE, old, old + 5 * MINUTE, EMPTY, Evidence.ROLLUP, 1));
    StreamInventory held = scan(FIVE);
    assertThat(held.fromMs()).isEqualTo(old);
    assertThat(held.empties().isEmpty()).isTrue();
  }

  @Test
  void aLargerCandleOverItIsToldWholeHoweverOldItIs() throws IOException {
    long old = DAY - 30 * DAY_MILLIS;
    Samples.write(root, candle(BTC, DAY, 0));
    Samples.write(root, candle(FIVE, DAY, 0));
    Samples.write(root, candle(FIVE, old, 0), candle(FIVE, old + 5 * MINUTE, 0));
    Samples.write(root, twice(old + MINUTE, old + 2 * MINUTE, 1));
    assertThat(scan(FIVE).recent())
        .extracting(Candle::openTimeMs)
        .contains(old)
        .doesNotContain(old + 5 * MINUTE);
  }

  @Test
  void aSealedDayIsNoProofOfIt() throws IOException {
    Partition day = Partition.of(BTC, DAY);
    Samples.write(root, candle(BTC, DAY, 0), candle(BTC, DAY + 2 * MINUTE, 0));
    Intervals silent = Intervals.of(DAY + MINUTE, DAY + 2 * MINUTE);
    Intervals none = Intervals.empty();
    DayKnowledge older = new DayKnowledge(silent, none, none, DAY, DAY + DAY_MILLIS);
    new Compactor(new LakeLayout(root)).compact(day, older);
    Samples.write(root, twice(DAY + MINUTE, DAY + 2 * MINUTE, 1));
    assertThat(scan(BTC).empties().isEmpty()).isTrue();
    assertThat(scan(BTC).unknown().contains(DAY + MINUTE)).isTrue();
    LakeLayout layout = new LakeLayout(root);
    DayKnowledge now = CoverageDays.read(layout, List.of(day)).of(day, DAY + DAY_MILLIS);
    assertThat(now.missing()).isEqualTo(silent);
    assertThat(now.closed(day)).as("it is merged when it is known").isFalse();
  }

  @Test
  void anAccountCallsItUnknownWhereNoIdsProveIt() throws IOException {
    Samples.write(root, candle(BTC, DAY, 0), candle(BTC, DAY + 3 * MINUTE, 0));
    Samples.write(root, twice(DAY + MINUTE, DAY + 3 * MINUTE, 1));
    assertThat(account(BTC, DAY, DAY + 4 * MINUTE).unproven())
        .isEqualTo(Intervals.of(DAY + MINUTE, DAY + 3 * MINUTE));
  }
}
