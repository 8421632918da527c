package dev.candles.batch.quality;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Ohlc;
import dev.candles.core.candle.Provenance;
import dev.candles.core.candle.TradeRange;
import dev.candles.core.candle.Volumes;
import dev.candles.core.coverage.Intervals;
import dev.candles.lake.manifest.Manifest;
import dev.candles.lake.manifest.SealedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Ways to spoil files and candles. */
final class Damage {
  private Damage() {}

  static void cut(Path file, double share) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, (int) (bytes.length * share)));
  }

  static void flip(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 3] ^= 1;
    Files.write(file, bytes, StandardOpenOption.TRUNCATE_EXISTING);
  }

  static void crowd(Path folder) throws IOException {
    for (int i = 0; i <= 20_000; i++) {
      Files.createFile(folder.resolve("d-" + i + ".parquet"));
    }
  }

  /** Three files of more rows together than are looked at. */
  static void flood(Path folder) throws SQLException {
    String often = "* replace (unnest(range(120)) * 0 + open_time_ms as open_time_ms)";
    for (int i = 0; i < 3; i++) {
      Path file = folder.resolve("d-" + i + ".parquet");
      TestLake.copy(folder.resolve("c-1.parquet"), file, often, "true");
    }
  }

  /** As if a minute was repaired by a row that tells no ids. */
  static void withoutIds(Path file, long openTimeMs) throws SQLException, IOException {
    for (String column : List.of("trade_count", "first_trade_id", "last_trade_id")) {
      TestLake.change(file, openTimeMs, column, "null::bigint");
    }
    TestLake.change(file, openTimeMs, "evidence", "'REST'");
  }

  /** Well-formed, hashes and all, but one minute short. */
  static Manifest lying(Manifest honest, long openTimeMs) {
    List<SealedFile> files = new ArrayList<>(honest.files());
    SealedFile last = files.remove(files.size() - 1);
    files.add(new SealedFile(last.name(), last.bytes(), last.rows() - 1, last.sha256()));
    Intervals minute = Intervals.of(openTimeMs, openTimeMs + TestLake.MINUTE);
    return new Manifest(
        honest.partition(),
        honest.expected(),
        honest.present().minus(minute),
        minute,
        Intervals.empty(),
        files,
        List.of(),
        List.of(),
        null);
  }

  static Candle priced(Candle c, double open, double high, double low, double close) {
    return new Candle(
        c.stream(),
        c.openTimeMs(),
        new Ohlc(open, high, low, close),
        new Volumes(c.volume(), c.volume() * close, c.takerBuyVolume()),
        c.trades(),
        Provenance.first(c.evidence(), c.provenance().source(), 0));
  }

  static Candle shifted(Candle c) {
    return shifted(c, -900_000);
  }

  /** With other trade ids. */
  static Candle shifted(Candle c, long by) {
    Long first = c.firstTradeId();
    Long last = c.lastTradeId();
    return new Candle(
        c.stream(),
        c.openTimeMs(),
        c.prices(),
        c.volumes(),
        new TradeRange(
            c.tradeCount(), first == null ? null : first + by, last == null ? null : last + by),
        Provenance.first(c.evidence(), c.provenance().source(), 0));
  }

  /** The same, as it is when it was rebuilt by trade ids. */
  static Candle rebuilt(Candle c) {
    return new Candle(
        c.stream(),
        c.openTimeMs(),
        c.prices(),
        c.volumes(),
        c.trades(),
        Provenance.first(Evidence.REST_TRADES, "rest", 0));
  }

  /** With other trades than it has. */
  static Candle traded(Candle c, TradeRange trades) {
    return new Candle(c.stream(), c.openTimeMs(), c.prices(), c.volumes(), trades, c.provenance());
  }
}
