package dev.candles.batch;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Ohlc;
import dev.candles.core.candle.Provenance;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.TradeRange;
import dev.candles.core.candle.Volumes;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Reason;
import dev.candles.lake.coverage.CoverageAppender;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.parquet.LakeParquet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.io.LocalOutputFile;

/** Lakes of small files, as checkpoints leave them. */
public final class SmallLake {
  /** 2026-01-09T00:00:00Z. */
  public static final long DAY = 1_767_916_800_000L;

  public static final long DAY_MS = 86_400_000L;

  private final LakeLayout layout;

  public SmallLake(Path root) {
    layout = new LakeLayout(root);
  }

  public static Candle candle(StreamKey stream, long openTimeMs) {
    double price = 100 + openTimeMs / 60_000 % 977;
    return new Candle(
        stream,
        openTimeMs,
        new Ohlc(price, price + 2, price - 1, price + 0.5),
        Volumes.ofBase(3.25),
        new TradeRange(7L, openTimeMs / 1000, openTimeMs / 1000 + 6),
        Provenance.first(Evidence.TRADE_CHAIN, "ws", openTimeMs + 61_234));
  }

  /** A day of a stream, so many candles in so many files. */
  public void day(StreamKey stream, long dayMs, int candles, int files) throws IOException {
    long step = stream.timeframe().millis();
    int each = Math.max(1, candles / files);
    for (int from = 0; from < candles; from += each) {
      Candle[] rows = new Candle[Math.min(each, candles - from)];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = candle(stream, dayMs + (from + i) * step);
      }
      commit(rows);
    }
  }

  public Path commit(Candle... rows) throws IOException {
    Path folder =
        layout.partition(Folder.CANDLES, Partition.of(rows[0].stream(), rows[0].openTimeMs()));
    Files.createDirectories(folder);
    Path file = folder.resolve("c-" + UUID.randomUUID() + "-0.parquet");
    try (ParquetWriter<Candle> writer = LakeParquet.candles(new LocalOutputFile(file))) {
      for (Candle row : rows) {
        writer.write(row);
      }
    }
    return file;
  }

  public void missing(StreamKey stream, long fromMs, long toMs) throws IOException {
    append(
        new CoverageRow(
            stream, fromMs, toMs, IntervalState.MISSING, Reason.NOT_CLOSED, null, 1, toMs));
  }

  /** Proven by the venue's zero row. */
  public void empty(StreamKey stream, long fromMs, long toMs) throws IOException {
    append(
        new CoverageRow(
            stream,
            fromMs,
            toMs,
            IntervalState.VERIFIED_EMPTY,
            Reason.NONE,
            Evidence.REST,
            2,
            toMs));
  }

  private void append(CoverageRow row) throws IOException {
    new CoverageAppender(layout).append(List.of(row));
  }
}
