package dev.candles.cli.page;

import dev.candles.cli.TestCandle;
import dev.candles.cli.daily.QaReports;
import dev.candles.core.candle.Candle;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Reason;
import dev.candles.lake.coverage.CoverageAppender;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.parquet.CandleFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Two streams of two days each, one with an hour that is missing and a minute that was given up.
 */
final class PageLake {
  static final StreamKey BTC = new StreamKey("coinbase", "BTC-USD", Timeframe.M1);
  static final StreamKey ETH = new StreamKey("okx", "ETH-USDT", Timeframe.M1);
  static final long DAY = Instant.parse("2026-01-09T00:00:00Z").toEpochMilli();
  static final long MINUTE = 60_000;
  static final int MINUTES = 2_880;
  static final int MISSING_FROM = 2_000;
  static final int MISSING_TO = 2_060;
  static final int GIVEN_UP = 100;

  private PageLake() {}

  static void make(Path root) throws IOException {
    for (StreamKey stream : List.of(BTC, ETH)) {
      List<Candle> candles = new ArrayList<>();
      for (int minute = 0; minute < MINUTES; minute++) {
        if (stream.equals(ETH) || !lacks(minute)) {
          long open = DAY + minute * MINUTE;
          double price = 2_000 + 30 * Math.sin(minute / 90.0) + minute % 7;
          candles.add(TestCandle.of(stream, open, price, 10L * minute, 0, open + MINUTE));
        }
      }
      for (long day = DAY; day < DAY + MINUTES * MINUTE; day += 1_440 * MINUTE) {
        long from = day;
        Path folder = new LakeLayout(root).partition(Folder.CANDLES, Partition.of(stream, day));
        Files.createDirectories(folder);
        CandleFiles.write(
            folder.resolve("c-1.parquet"),
            candles.stream()
                .filter(c -> c.openTimeMs() >= from && c.openTimeMs() < from + 1_440 * MINUTE)
                .toList());
      }
    }
    new CoverageAppender(new LakeLayout(root))
        .append(
            List.of(
                row(GIVEN_UP, GIVEN_UP + 1, IntervalState.UNRECOVERABLE, Reason.NO_PROOF, 1),
                row(MISSING_FROM, MISSING_TO, IntervalState.MISSING, Reason.SKIPPED, 2)));
    Path report = new QaReports(new LakeLayout(root)).report(LocalDate.of(2026, 1, 10));
    Files.createDirectories(report.getParent());
    Files.writeString(
        report,
        String.format(
            Locale.ROOT,
            "{\"lake\":\"%s\",\"started_at_ms\":%d,\"passed\":false}",
            root,
            DAY + 1_460 * MINUTE));
    Files.writeString(report.resolveSibling("qa-2026-01-10.html"), "<p>the report</p>");
  }

  private static boolean lacks(int minute) {
    return minute == GIVEN_UP || (minute >= MISSING_FROM && minute < MISSING_TO);
  }

  private static CoverageRow row(int from, int to, IntervalState state, Reason reason, long seq) {
    return new CoverageRow(
        BTC,
        DAY + from * MINUTE,
        DAY + to * MINUTE,
        state,
        reason,
        null,
        seq,
        DAY + (MINUTES + seq) * MINUTE);
  }
}
