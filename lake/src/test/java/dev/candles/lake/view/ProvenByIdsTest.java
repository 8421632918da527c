package dev.candles.lake.view;

import static dev.candles.lake.Samples.BTC;
import static dev.candles.lake.Samples.DAY;
import static dev.candles.lake.Samples.DAY_MILLIS;
import static dev.candles.lake.Samples.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Provenance;
import dev.candles.core.candle.TradeRange;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import dev.candles.core.coverage.StreamAccount;
import dev.candles.lake.Samples;
import dev.candles.lake.layout.LakeLayout;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Silence is proven by the trade ids on both sides of it. */
class ProvenByIdsTest {
  @TempDir Path root;

  private void candle(long openTimeMs, @Nullable Long first, @Nullable Long last)
      throws IOException {
    Candle c = Samples.candle(BTC, openTimeMs, 0);
    Samples.write(
        root,
        new Candle(
            BTC,
            openTimeMs,
            c.prices(),
            c.volumes(),
            new TradeRange(c.tradeCount(), first, last),
            Provenance.first(Evidence.REST_TRADES, "rest", 0)));
  }

  private Intervals proven(long fromMs, long toMs) throws IOException {
    return new ProvenByIds(new LakeLayout(root)).of(BTC, Intervals.of(fromMs, toMs));
  }

  @Test
  void neighbouringIdsProveSilenceOfAnyLength() throws IOException {
    candle(DAY, 20L, 22L);
    candle(DAY + 5 * DAY_MILLIS, 23L, 30L);
    assertThat(proven(DAY + MINUTE, DAY + 5 * DAY_MILLIS))
        .isEqualTo(Intervals.of(DAY + MINUTE, DAY + 5 * DAY_MILLIS));
    assertThat(proven(DAY + DAY_MILLIS, DAY + DAY_MILLIS + MINUTE))
        .as("a part of it")
        .satisfies(part -> assertThat(part.length()).isEqualTo(MINUTE));
  }

  @Test
  void otherIdsProveNothing() throws IOException {
    candle(DAY, 20L, 22L);
    candle(DAY + 2 * MINUTE, 24L, 30L);
    assertThat(proven(DAY + MINUTE, DAY + 2 * MINUTE).isEmpty()).isTrue();
  }

  @Test
  void nothingIsProvenWhereOneSideHasNoCandleOrNoIds() throws IOException {
    candle(DAY, 20L, 22L);
    assertThat(proven(DAY + MINUTE, DAY + 2 * MINUTE).isEmpty()).as("no candle after").isTrue();
    assertThat(proven(DAY - MINUTE, DAY).isEmpty()).as("no candle before").isTrue();
    candle(DAY + 2 * MINUTE, null, null);
    candle(DAY + 4 * MINUTE, 23L, 24L);
    assertThat(proven(DAY + MINUTE, DAY + 2 * MINUTE).isEmpty()).as("no ids after").isTrue();
    assertThat(proven(DAY + 3 * MINUTE, DAY + 4 * MINUTE).isEmpty()).as("none before").isTrue();
  }

  @Test
  void aCandleInTheMiddleOfAClaimIsNotPartOfIt() throws IOException {
    candle(DAY, 20L, 22L);
    candle(DAY + 2 * MINUTE, 23L, 24L);
    candle(DAY + 4 * MINUTE, 26L, 27L);
    assertThat(proven(DAY + MINUTE, DAY + 4 * MINUTE))
        .isEqualTo(Intervals.of(DAY + MINUTE, DAY + 2 * MINUTE));
  }

  @Test
  void anAccountBelievesWhatIdsProve() throws IOException {
    candle(DAY, 20L, 22L);
    candle(DAY + 2 * MINUTE, 23L, 24L);
    Samples.write(
        root,
        new CoverageRow(
            BTC,
            DAY + MINUTE,
            DAY + 2 * MINUTE,
            IntervalState.VERIFIED_EMPTY,
            Reason.NONE,
            Evidence.REST_TWICE,
            1,
            DAY));
    StreamAccount account =
        new LakeAccounts(root).read(BTC::equals, Long.MIN_VALUE, Long.MAX_VALUE).get(0);
    assertThat(account.unproven().isEmpty()).isTrue();
    assertThat(account.in(IntervalState.VERIFIED_EMPTY))
        .isEqualTo(Intervals.of(DAY + MINUTE, DAY + 2 * MINUTE));
    assertThat(account.withoutCandle())
        .extracting(CoverageRow::evidence)
        .containsExactly(Evidence.TRADE_CHAIN);
  }
}
