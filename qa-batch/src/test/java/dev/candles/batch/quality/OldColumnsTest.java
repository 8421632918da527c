package dev.candles.batch.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.batch.quality.report.QaReport;
import dev.candles.core.candle.Candle;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.candle.Volumes;
import dev.candles.lake.compact.Compactor;
import dev.candles.lake.compact.Outcome;
import dev.candles.lake.coverage.DayKnowledge;
import dev.candles.lake.layout.DataFiles;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.parquet.CandleFiles;
import dev.candles.lake.view.FileLake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A lake that the last build without {@code taker_buy_volume} wrote: ten minutes in two files, one
 * of them revised, and two candles of five minutes.
 */
class OldColumnsTest {
  private static final long FROM = Instant.parse("2026-01-01T23:50:00Z").toEpochMilli();
  private static final long MINUTE = 60_000;
  private static final StreamKey STREAM = TestLake.COINBASE;

  @TempDir Path root;
  private LakeLayout layout;

  @BeforeEach
  void copied() throws Exception {
    Path old = Path.of(OldColumnsTest.class.getResource("before-taker-buy-volume").toURI());
    try (Stream<Path> files = Files.walk(old)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = root.resolve(old.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
    layout = new LakeLayout(root);
  }

  private List<Candle> read() throws IOException {
    return new FileLake(root.toString()).candles(STREAM, FROM, FROM + 10 * MINUTE);
  }

  private void compact(StreamKey stream) throws IOException {
    Outcome outcome =
        new Compactor(layout)
            .compact(Partition.of(stream, FROM), DayKnowledge.none(FROM + 2 * TestLake.DAY));
    assertThat(outcome.kind()).isEqualTo(Outcome.Kind.COMPACTED);
  }

  @Test
  void aReaderSeesNullInTheColumnThatIsNotThere() throws IOException {
    List<Candle> candles = read();
    assertThat(candles).hasSize(10).allMatch(candle -> candle.takerBuyVolume() == null);
    assertThat(candles).extracting(Candle::revision).containsOnlyOnce(1).contains(0);
    assertThat(candles.get(9))
        .extracting(Candle::close, Candle::volume, Candle::quoteVolume, Candle::lastTradeId)
        .containsExactly(102.75, 1.5, 153.375, 1_000_099L);
  }

  @Test
  void qaFindsNothingWrongBeforeAndAfterCompaction() throws Exception {
    QaReport before = PlainQa.run(root);
    assertThat(before.findings()).isEmpty();
    assertThat(before.totals().rows()).isEqualTo(12);
    List<Candle> candles = read();
    compact(STREAM);
    compact(STREAM.in(Timeframe.M5));
    assertThat(read()).isEqualTo(candles);
    QaReport after = PlainQa.run(root);
    assertThat(after.findings()).isEmpty();
    assertThat(after.totals().sealedNow()).isEqualTo(2);
  }

  /** As a day in which the collector was upgraded. */
  private List<Candle> upgraded() throws IOException {
    List<Candle> candles = new ArrayList<>(read());
    Path folder = layout.partition(Folder.CANDLES, Partition.of(STREAM, FROM));
    Files.delete(folder.resolve("c-old-1.parquet"));
    for (int i = 6; i < 10; i++) {
      Candle c = candles.get(i);
      Volumes volumes = new Volumes(c.volume(), c.quoteVolume(), 0.125 * i);
      candles.set(
          i, new Candle(STREAM, c.openTimeMs(), c.prices(), volumes, c.trades(), c.provenance()));
    }
    CandleFiles.write(folder.resolve("c-new-1.parquet"), candles.subList(6, 10));
    return candles;
  }

  @Test
  void filesWithAndWithoutItAreReadAndMergedTogether() throws Exception {
    List<Candle> candles = upgraded();
    assertThat(candles.get(9).takerBuyVolume()).isEqualTo(1.125);
    assertThat(read()).isEqualTo(candles);
    assertThat(PlainQa.run(root).findings()).isEmpty();
    compact(STREAM);
    assertThat(PlainQa.run(root).findings()).isEmpty();
    assertThat(read()).isEqualTo(candles);
    assertThat(DataFiles.in(layout.partition(Folder.CANDLES, Partition.of(STREAM, FROM))))
        .hasSize(1);
  }

  /** As docs/READING.md says. */
  @Test
  void anEngineReadsFilesWithAndWithoutItTogether() throws Exception {
    List<Candle> unused = upgraded();
    String files =
        "read_parquet('%s/candles/**/*.parquet', hive_partitioning = true, union_by_name = true)"
            .formatted(root);
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select count(*), count(taker_buy_volume), max(taker_buy_volume) from " + files)) {
      assertThat(row.next()).isTrue();
      assertThat(List.of(row.getLong(1), row.getLong(2), row.getDouble(3)))
          .isEqualTo(List.of(12L, 4L, 1.125));
    }
  }
}
