package dev.candles.lake.layout;

import static dev.candles.lake.Samples.BTC;
import static dev.candles.lake.Samples.DAY;
import static dev.candles.lake.Samples.DAY_MILLIS;
import static dev.candles.lake.Samples.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candles.core.candle.RejectReason;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.feed.Reject;
import dev.candles.lake.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LakeLayoutTest {
  private static final String ID = "venue=coinbase/symbol=BTC-USD/timeframe=1m/date=2026-01-09";

  @TempDir Path root;

  @Test
  void aCandleLiesByTheUtcDayOfItsOpenTime() {
    assertThat(LakeLayout.bucket(Samples.candle(BTC, DAY, 0))).isEqualTo(ID);
    assertThat(LakeLayout.bucket(Samples.candle(BTC, DAY + DAY_MILLIS - MINUTE, 0))).isEqualTo(ID);
    assertThat(LakeLayout.bucket(Samples.candle(BTC, DAY - MINUTE, 0))).endsWith("date=2026-01-08");
  }

  @Test
  void coverageAndRejectsLieByTheDayTheyWereNoted() {
    assertThat(LakeLayout.bucket(Samples.row(BTC, 0, MINUTE, IntervalState.MISSING, 86_400)))
        .isEqualTo("date=2026-01-10");
    assertThat(LakeLayout.bucket(new Reject(DAY, "okx", "", "", RejectReason.MALFORMED, "", "")))
        .isEqualTo("date=2026-01-09");
  }

  @Test
  void aPartitionIsReadBackFromItsPath() {
    Partition partition = Partition.of(BTC, DAY + 5 * MINUTE);
    assertThat(Partition.parse(partition.id())).contains(partition);
    assertThat(partition.fromMs()).isEqualTo(DAY);
    assertThat(partition.toMs()).isEqualTo(DAY + DAY_MILLIS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "date=2026-01-09",
        "venue=coinbase/symbol=BTC-USD/timeframe=1m/date=2026-02-30",
        "venue=coinbase/symbol=BTC-USD/timeframe=1m/date=2026-1-9",
        "venue=coinbase/symbol=BTC-USD/timeframe=7m/date=2026-01-09",
        "venue=coinbase/symbol=../timeframe=1m/date=2026-01-09",
        "venue=Coinbase/symbol=BTC-USD/timeframe=1m/date=2026-01-09",
        "symbol=BTC-USD/venue=coinbase/timeframe=1m/date=2026-01-09",
        "x/venue=coinbase/symbol=BTC-USD/timeframe=1m/date=2026-01-09"
      })
  void aPathOutsideTheAlphabetIsNoPartition(String path) {
    assertThat(Partition.parse(path)).isEmpty();
  }

  @Test
  void aTimeWithoutAFourDigitYearHasNoFolder() {
    assertThatThrownBy(() -> Partition.of(BTC, Long.MAX_VALUE / 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("time has no folder");
  }

  @Test
  void slotsAndIntervalsOfADayAgree() {
    Partition day = Partition.of(new StreamKey("okx", "BTC-USDT", Timeframe.H1), DAY);
    BitSet slots = new BitSet();
    slots.set(day.slot(DAY + 2 * 60 * MINUTE));
    slots.set(day.slot(DAY + 3 * 60 * MINUTE));
    slots.set(23);
    assertThat(day.intervals(slots))
        .isEqualTo(
            Intervals.of(DAY + 120 * MINUTE, DAY + 240 * MINUTE)
                .union(Intervals.of(DAY + 23 * 60 * MINUTE, DAY + DAY_MILLIS)));
    assertThatThrownBy(() -> day.slot(DAY + MINUTE)).hasMessageContaining("not of this partition");
    assertThatThrownBy(() -> day.slot(DAY + DAY_MILLIS))
        .hasMessageContaining("not of this partition");
  }

  @Test
  void foreignFoldersAreReportedAndNotFollowed() throws IOException {
    LakeLayout layout = new LakeLayout(root);
    Path candles = layout.folder(Folder.CANDLES);
    Files.createDirectories(candles.resolve(ID));
    Path backup =
        Files.createDirectories(candles.resolve("backup/" + ID)).resolve("../../../../..");
    Path wrongDate =
        Files.createDirectories(
            candles.resolve("venue=coinbase/symbol=BTC-USD/timeframe=1m/date=today"));
    Files.createSymbolicLink(candles.resolve("venue=okx"), root);
    LakeLayout.Listing listing = layout.partitions(Folder.CANDLES);
    assertThat(listing.partitions()).containsExactly(Partition.parse(ID).orElseThrow());
    assertThat(listing.foreign())
        .containsExactlyInAnyOrder(candles.resolve("backup"), wrongDate)
        .doesNotContain(backup);
    LakeLayout.DateListing dates = layout.dates(Folder.CANDLES, BTC);
    assertThat(dates.dates()).containsExactly(LocalDate.of(2026, 1, 9));
    assertThat(dates.foreign()).containsExactly(wrongDate);
  }

  @Test
  void onlyVisibleFinishedParquetIsData() throws IOException {
    Path folder = Files.createDirectories(root.resolve("p"));
    for (String name :
        new String[] {
          "c-1-0.parquet",
          ".c-2-0.parquet",
          "_c-3-0.parquet",
          ".c-4-0.parquet.inprogress.77",
          "c-5.inprogress.0.parquet",
          "_manifest.json",
          ".c-6.tmp",
          "note.txt"
        }) {
      Files.writeString(folder.resolve(name), "x");
    }
    Files.createDirectories(folder.resolve("folder.parquet"));
    assertThat(DataFiles.in(folder)).containsExactly(folder.resolve("c-1-0.parquet"));
    assertThat(DataFiles.in(root.resolve("absent"))).isEmpty();
  }

  @Test
  void aLakeOfForgottenStreamsIsOneBelowForgotten() {
    LakeLayout lake = new LakeLayout(Path.of("data"));
    assertThat(lake.isOfForgotten()).isFalse();
    assertThat(new LakeLayout(lake.forgotten().resolve("2026-01-09-1")).isOfForgotten()).isTrue();
    assertThat(new LakeLayout(lake.forgotten().resolve("1/../2/.")).isOfForgotten()).isTrue();
    assertThat(new LakeLayout(Path.of("/")).isOfForgotten()).isFalse();
  }
}
