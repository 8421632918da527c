package dev.candles.lake.reject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.lake.layout.LakeLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RejectFilesTest {
  private static final long DAY = 86_400_000;
  private static final long NEWEST = Instant.parse("2026-01-09T00:00:00Z").toEpochMilli();
  private static final long TEN_YEARS = 3_653 * DAY;
  private static final List<StreamKey> STREAMS =
      List.of(
          new StreamKey("kraken", "BTC-USD", Timeframe.BASE),
          new StreamKey("okx", "BTC-USDT", Timeframe.BASE));

  @TempDir private Path root = Path.of("");

  @BeforeEach
  void fill() throws IOException {
    for (String day : List.of("date=2026-01-07", "date=2026-01-08", "date=2026-01-09", "x")) {
      Files.createDirectories(root.resolve("rejects").resolve(day));
      Files.writeString(root.resolve("rejects").resolve(day).resolve("c-1-0.jsonl"), "{}\n");
    }
    candleOf("date=2026-01-09");
  }

  private void candleOf(String day) throws IOException {
    Files.createDirectories(
        root.resolve("candles/venue=okx/symbol=BTC-USDT/timeframe=1m").resolve(day));
  }

  private RejectFiles atStart() {
    return RejectFiles.atStart(new LakeLayout(root), STREAMS, 2 * DAY);
  }

  private List<String> left() throws IOException {
    try (Stream<Path> left = Files.list(root.resolve("rejects"))) {
      return left.map(path -> String.valueOf(path.getFileName())).sorted().toList();
    }
  }

  @Test
  void daysThatAreOldEnoughGoWholeAndNothingElse() throws IOException {
    Files.createDirectories(root.resolve("coverage/date=2026-01-01"));
    RejectFiles rejects = atStart();
    assertThat(rejects.sweep(NEWEST + DAY - 1, DAY - 1)).isZero();
    assertThat(rejects.sweep(NEWEST + DAY, DAY)).isEqualTo(1);
    assertThat(rejects.sweep(NEWEST + 2 * DAY + 1, 2 * DAY + 1)).isEqualTo(1);
    assertThat(left()).containsExactly("date=2026-01-09", "x");
    assertThat(root.resolve("coverage/date=2026-01-01")).isDirectory();
  }

  @Test
  void startsWithAClockThatIsAheadDeleteNothing() throws IOException {
    assertThat(atStart().sweep(NEWEST + TEN_YEARS, 1_000)).isZero();
    Files.createDirectories(root.resolve("coverage/date=2036-01-09")); // by that clock
    Files.createDirectories(root.resolve("rejects/date=2036-01-09"));
    assertThat(atStart().sweep(NEWEST + TEN_YEARS, 1_000)).isZero();
    assertThat(left()).hasSize(5);
  }

  @Test
  void aClockThatIsSetAheadDuringARunDeletesNoMoreThanTheTimeThatPassed() throws IOException {
    assertThat(atStart().sweep(NEWEST + TEN_YEARS, DAY)).isEqualTo(1);
    assertThat(left()).contains("date=2026-01-08", "date=2026-01-09");
  }

  @Test
  void aClockThatIsBehindDeletesLess() throws IOException {
    assertThat(atStart().sweep(NEWEST, DAY)).isZero();
  }

  @Test
  void whatIsOlderThanTheNewestCandleOfAnyStreamGoesAtTheStart() throws IOException {
    candleOf("date=2026-03-01");
    assertThat(atStart().sweep(NEWEST + 60 * DAY, 0)).isEqualTo(3);
    assertThat(left()).containsExactly("x");
  }

  @Test
  void allStaysWhereNoCandleTellsWhichDayHadCome() throws IOException {
    RejectFiles rejects = RejectFiles.atStart(new LakeLayout(root), List.of(), DAY);
    assertThat(rejects.sweep(NEWEST + TEN_YEARS, TEN_YEARS)).isZero();
    assertThat(left()).hasSize(4);
  }

  @Test
  void aFirstRunDeletesByTheNewestDayThatItHasCollected() throws IOException {
    RejectFiles rejects =
        RejectFiles.atStart(new LakeLayout(root), List.of(STREAMS.get(0)), 2 * DAY);
    assertThat(rejects.sweep(NEWEST + TEN_YEARS, TEN_YEARS)).isZero();
    Path stream = root.resolve("candles/venue=kraken/symbol=BTC-USD/timeframe=1m");
    Files.createDirectories(stream.resolve("date=2026-01-09"));
    assertThat(rejects.sweep(NEWEST + TEN_YEARS, TEN_YEARS)).as("a clock ahead").isZero();
    Files.createDirectories(stream.resolve("date=2026-01-10"));
    assertThat(rejects.sweep(NEWEST, DAY)).as("a clock behind").isZero();
    assertThat(rejects.sweep(NEWEST + TEN_YEARS, TEN_YEARS)).isEqualTo(1);
    assertThat(left()).containsExactly("date=2026-01-08", "date=2026-01-09", "x");
    Files.createDirectories(stream.resolve("date=2026-01-11"));
    assertThat(rejects.sweep(NEWEST + 2 * DAY, 2 * DAY)).isEqualTo(1);
    assertThat(left()).containsExactly("date=2026-01-09", "x");
  }

  @Test
  void daysThatCannotBeListedAtTheStartAreListedLater() throws IOException {
    Path kraken = root.resolve("candles/venue=kraken/symbol=BTC-USD");
    Files.createDirectories(kraken);
    Path stream = Files.createFile(kraken.resolve("timeframe=1m"));
    RejectFiles rejects = atStart();
    assertThatThrownBy(() -> rejects.sweep(NEWEST + TEN_YEARS, TEN_YEARS))
        .isInstanceOf(NotDirectoryException.class);
    Files.delete(stream);
    assertThat(rejects.sweep(NEWEST + TEN_YEARS, TEN_YEARS)).isZero();
    assertThat(left()).hasSize(4);
    candleOf("date=2026-01-10");
    assertThat(rejects.sweep(NEWEST + TEN_YEARS, TEN_YEARS)).isEqualTo(1);
  }
}
