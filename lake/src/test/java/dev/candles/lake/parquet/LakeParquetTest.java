package dev.candles.lake.parquet;

import static dev.candles.lake.Samples.BTC;
import static dev.candles.lake.Samples.DAY;
import static dev.candles.lake.Samples.DAY_MILLIS;
import static dev.candles.lake.Samples.ETH;
import static dev.candles.lake.Samples.MINUTE;
import static dev.candles.lake.Samples.candle;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Ohlc;
import dev.candles.core.candle.Provenance;
import dev.candles.core.candle.TradeRange;
import dev.candles.core.candle.Volumes;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Reason;
import dev.candles.lake.Samples;
import dev.candles.lake.layout.Partition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeParquetTest {
  private static final Partition PARTITION = Partition.of(BTC, DAY);

  private static final List<String> OPTIONAL =
      List.of("quote_volume", "taker_buy_volume", "trade_count", "first_trade_id", "last_trade_id");

  @TempDir Path root;

  @Test
  void everyColumnOfACandleComesBackWithAndWithoutNulls() throws IOException {
    Candle bare =
        new Candle(
            BTC,
            DAY,
            new Ohlc(1.1, 1.3, 1.05, 1.2),
            Volumes.ofBase(0),
            TradeRange.UNKNOWN,
            new Provenance(Evidence.REST, "rest", 3, -1));
    List<Candle> candles = List.of(bare, candle(BTC, DAY + MINUTE, 0));
    Path file = Samples.write(root, bare, candles.get(1));
    assertThat(CandleFiles.read(file, PARTITION)).isEqualTo(candles);
  }

  @Test
  void aWholeDayComesBackFromAPlainAndFromACompactedFile() throws IOException {
    List<Candle> day = new ArrayList<>();
    for (long t = DAY; t < DAY + DAY_MILLIS; t += MINUTE) {
      day.add(candle(BTC, t, 0));
    }
    Path plain = Samples.write(root, day.toArray(new Candle[0]));
    Path packed = root.resolve("packed.parquet");
    try (ParquetWriter<Candle> writer = LakeParquet.compacted(new LocalOutputFile(packed))) {
      for (Candle candle : day) {
        writer.write(candle);
      }
    }
    assertThat(CandleFiles.read(plain, PARTITION)).isEqualTo(day);
    assertThat(CandleFiles.read(packed, PARTITION)).isEqualTo(day);
    assertThat(codec(plain)).isEqualTo(CompressionCodecName.SNAPPY);
    assertThat(codec(packed)).isEqualTo(CompressionCodecName.ZSTD);
  }

  @Test
  void everyColumnOfCoverageComesBackWithAndWithoutEvidence() throws IOException {
    CoverageRow[] rows = {
      new CoverageRow(BTC, 0, MINUTE, IntervalState.MISSING, Reason.SKIPPED, null, 1, DAY),
      new CoverageRow(
          ETH,
          0,
          60 * MINUTE,
          IntervalState.VERIFIED_EMPTY,
          Reason.NONE,
          Evidence.REST_TWICE,
          9,
          DAY + 1)
    };
    assertThat(CoverageFiles.read(Samples.write(root, rows))).containsExactly(rows);
  }

  /** Whoever reads them counts days from the first to the last. */
  @Test
  void aRowOfATimeFarFromAnyMarketIsNotOfTheLake() throws IOException {
    long day = Samples.DAY_MILLIS;
    long[][] far = {
      {-365_000_000 * day, DAY}, {DAY, 3_000_000 * day}, {Long.MIN_VALUE / day * day, 0}
    };
    for (long[] range : far) {
      CoverageRow row =
          new CoverageRow(
              BTC, range[0], range[1], IntervalState.MISSING, Reason.HISTORY, null, 1, DAY);
      Path file = Samples.write(root, row);
      assertThatThrownBy(() -> CoverageFiles.read(file))
          .isInstanceOf(UnreadableFileException.class)
          .hasMessageContaining("coverage row is of a time that no lake is about");
    }
  }

  @Test
  void theSchemaOfCandlesIsThePromisedOne() throws IOException {
    Path file = Samples.write(root, candle(BTC, DAY, 0));
    String schema = byLibrary(file, r -> r.getFileMetaData().getSchema().toString());
    assertThat(schema)
        .isEqualTo(
            """
            message candle {
              required int64 open_time_ms;
              required double open;
              required double high;
              required double low;
              required double close;
              required double volume;
              optional double quote_volume;
              optional double taker_buy_volume;
              optional int64 trade_count;
              optional int64 first_trade_id;
              optional int64 last_trade_id;
              required boolean is_closed;
              required binary evidence (STRING);
              required binary source (STRING);
              required int32 revision;
              required int64 received_at_ms;
            }
            """);
  }

  @Test
  void theSchemaOfCoverageIsThePromisedOne() throws IOException {
    Path file = Samples.write(root, Samples.row(BTC, 0, MINUTE, IntervalState.MISSING, 1));
    String schema = byLibrary(file, r -> r.getFileMetaData().getSchema().toString());
    assertThat(schema)
        .isEqualTo(
            """
            message coverage {
              required binary venue (STRING);
              required binary symbol (STRING);
              required binary timeframe (STRING);
              required int64 from_ms;
              required int64 to_ms;
              required binary state (STRING);
              required binary reason (STRING);
              optional binary evidence (STRING);
              required int64 seq;
              required int64 at_ms;
            }
            """);
  }

  @Test
  void theFooterRepeatsThePartitionColumns() throws IOException {
    Path file = Samples.write(root, candle(ETH, DAY, 0));
    Map<String, String> footer = byLibrary(file, r -> r.getFileMetaData().getKeyValueMetaData());
    assertThat(footer)
        .containsEntry("venue", "okx")
        .containsEntry("symbol", "ETH-USDT")
        .containsEntry("timeframe", "1h")
        .containsEntry("date", "2026-01-09");
  }

  @Test
  void everyColumnSaysHowManyNullsItHolds() throws IOException {
    Candle bare =
        new Candle(
            BTC,
            DAY,
            new Ohlc(1.1, 1.3, 1.05, 1.2),
            Volumes.ofBase(0),
            TradeRange.UNKNOWN,
            new Provenance(Evidence.REST, "rest", 3, -1));
    Path plain = Samples.write(root, bare, candle(BTC, DAY + MINUTE, 0));
    Path packed = root.resolve("packed.parquet");
    try (ParquetWriter<Candle> writer = LakeParquet.compacted(new LocalOutputFile(packed))) {
      writer.write(bare);
      writer.write(candle(BTC, DAY + MINUTE, 0));
    }
    for (Path file : List.of(plain, packed)) {
      Map<String, Long> nulls = nulls(file);
      for (String optional : OPTIONAL) {
        assertThat(nulls.remove(optional)).as(optional).isEqualTo(1);
      }
      assertThat(nulls).hasSize(11).allSatisfy((column, count) -> assertThat(count).isZero());
    }
  }

  private static Map<String, Long> nulls(Path file) throws IOException {
    return byLibrary(
        file,
        reader -> {
          Map<String, Long> nulls = new TreeMap<>();
          for (ColumnChunkMetaData column : reader.getRowGroups().get(0).getColumns()) {
            nulls.put(column.getPath().toDotString(), column.getStatistics().getNumNulls());
          }
          return nulls;
        });
  }

  /** Flink SQL 2.3, fastparquet and Spark before 3.3 read nothing else. */
  @Test
  void pagesAndEncodingsAreThoseOfTheFirstVersion() throws IOException {
    Path file = Samples.write(root, candle(BTC, DAY, 0), candle(BTC, DAY + MINUTE, 0));
    Set<String> used =
        byLibrary(
            file,
            reader -> {
              PageReadStore pages = reader.readNextRowGroup();
              for (ColumnDescriptor column : reader.getFileMetaData().getSchema().getColumns()) {
                assertThat(pages.getPageReader(column).readPage()).isInstanceOf(DataPageV1.class);
              }
              return reader.getRowGroups().get(0).getColumns().stream()
                  .flatMap(column -> column.getEncodings().stream().map(Encoding::name))
                  .collect(Collectors.toSet());
            });
    assertThat(used).isSubsetOf("PLAIN", "RLE", "BIT_PACKED", "PLAIN_DICTIONARY");
  }

  @Test
  void numbersHaveNoDictionary() throws IOException {
    Path file = Samples.write(root, candle(BTC, DAY, 0), candle(BTC, DAY + MINUTE, 0));
    List<String> withDictionary =
        byLibrary(
            file,
            reader ->
                reader.getRowGroups().get(0).getColumns().stream()
                    .filter(ColumnChunkMetaData::hasDictionaryPage)
                    .map(c -> c.getPath().toDotString())
                    .toList());
    assertThat(withDictionary).isSubsetOf("evidence", "source");
  }

  @Test
  void aCandleOfAnotherPartitionIsRefused() throws IOException {
    Files.createDirectories(root);
    try (ParquetWriter<Candle> writer =
        LakeParquet.candles(new LocalOutputFile(root.resolve("x.parquet")))) {
      writer.write(candle(BTC, DAY, 0));
      assertThatThrownBy(() -> writer.write(candle(ETH, DAY, 0)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("another partition");
      assertThatThrownBy(() -> writer.write(candle(BTC, DAY + DAY_MILLIS, 0)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("not of this partition");
    }
  }

  private static CompressionCodecName codec(Path file) throws IOException {
    return byLibrary(file, reader -> reader.getRowGroups().get(0).getColumns().get(0).getCodec());
  }

  private interface Reading<T> {
    T from(ParquetFileReader reader) throws IOException;
  }

  private static <T> T byLibrary(Path file, Reading<T> reading) throws IOException {
    return LoadedFile.read(file, LoadedFile.load(file), (reader, lengths) -> reading.from(reader));
  }
}
