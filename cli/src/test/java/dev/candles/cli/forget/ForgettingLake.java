package dev.candles.cli.forget;

import dev.candles.batch.quality.report.Certificate;
import dev.candles.batch.quality.report.CertificateJson;
import dev.candles.batch.quality.report.Certificates;
import dev.candles.batch.quality.report.DayCell;
import dev.candles.batch.quality.report.StreamReport;
import dev.candles.batch.quality.scan.FileFact;
import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Ohlc;
import dev.candles.core.candle.Provenance;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.candle.TradeRange;
import dev.candles.core.candle.Volumes;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.GapSummary;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Newest;
import dev.candles.core.coverage.Reason;
import dev.candles.core.coverage.StateCounts;
import dev.candles.core.coverage.StreamAccount;
import dev.candles.lake.coverage.CoverageAppender;
import dev.candles.lake.disk.Trees;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.manifest.Sha256;
import dev.candles.lake.parquet.CandleFiles;
import dev.candles.lake.view.LakeAccounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Two days of six streams on two venues, with revisions, coverage and certificates, by a seed. */
final class ForgettingLake {
  static final StreamKey BTC = new StreamKey("coinbase", "BTC-USD", Timeframe.M1);
  static final StreamKey ETH = new StreamKey("coinbase", "ETH-USD", Timeframe.M1);
  static final StreamKey KRAKEN = new StreamKey("kraken", "ETH-USD", Timeframe.M1);
  static final List<StreamKey> STREAMS =
      List.of(BTC, BTC.in(Timeframe.M5), ETH, ETH.in(Timeframe.M5), ETH.in(Timeframe.H1), KRAKEN);
  static final List<LocalDate> DAYS =
      List.of(LocalDate.parse("2026-01-09"), LocalDate.parse("2026-01-10"));

  private static final long FIRST = Instant.parse("2026-01-09T00:00:00Z").toEpochMilli();

  private ForgettingLake() {}

  static void fill(Path root, long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    LakeLayout layout = new LakeLayout(root);
    long seq = 0;
    for (StreamKey stream : STREAMS) {
      for (int day = 0; day < DAYS.size(); day++) {
        fill(layout, stream, FIRST + day * Timeframe.D1.millis(), random);
      }
    }
    for (int file = 0; file < 6; file++) {
      List<CoverageRow> rows = new ArrayList<>();
      for (int row = random.nextInt(1, 6); row > 0; row--) {
        rows.add(row(STREAMS.get(random.nextInt(STREAMS.size())), random, ++seq));
      }
      new CoverageAppender(layout).append(rows);
    }
    List<StreamAccount> accounts = accounts(root);
    for (String venue : List.of("coinbase", "kraken")) {
      for (LocalDate day : DAYS) {
        certify(root, accounts, venue, day);
      }
    }
  }

  /** The same without a candle of {@link #ETH} on the first day, and without certificates. */
  static void fillWithAnEmptyDay(Path root, long seed) throws IOException {
    fill(root, seed);
    LakeLayout layout = new LakeLayout(root);
    for (StreamKey stream : List.of(ETH, ETH.in(Timeframe.M5), ETH.in(Timeframe.H1))) {
      for (Folder folder : List.of(Folder.CANDLES, Folder.REVISIONS)) {
        Trees.delete(layout.partition(folder, new Partition(stream, DAYS.get(0))));
      }
    }
    Trees.delete(root.resolve("certificates"));
  }

  private static void fill(LakeLayout layout, StreamKey stream, long dayMs, SplittableRandom random)
      throws IOException {
    List<Candle> candles = new ArrayList<>();
    List<Candle> revised = new ArrayList<>();
    for (int i = random.nextInt(3); i < 12; i++) {
      long openMs = dayMs + i * stream.timeframe().millis();
      candles.add(candle(stream, openMs, 0));
      if (random.nextInt(5) == 0) {
        revised.add(candle(stream, openMs, 1));
      }
    }
    write(layout, Folder.CANDLES, candles);
    if (!revised.isEmpty()) {
      write(layout, Folder.REVISIONS, revised);
    }
  }

  private static Candle candle(StreamKey stream, long openMs, int revision) {
    return new Candle(
        stream,
        openMs,
        new Ohlc(100, 102, 99, 101 + revision),
        Volumes.ofBase(3),
        new TradeRange(10L, openMs / 1000, openMs / 1000 + 9),
        new Provenance(Evidence.TRADE_CHAIN, "ws", revision, openMs + 1));
  }

  private static void write(LakeLayout layout, Folder folder, List<Candle> candles)
      throws IOException {
    Path bucket = layout.folder(folder).resolve(LakeLayout.bucket(candles.get(0)));
    CandleFiles.write(Files.createDirectories(bucket).resolve("c-1.parquet"), candles);
  }

  private static CoverageRow row(StreamKey stream, SplittableRandom random, long seq) {
    long fromMs = FIRST + (12 + random.nextInt(4)) * stream.timeframe().millis();
    boolean empty = random.nextBoolean();
    return new CoverageRow(
        stream,
        fromMs,
        fromMs + stream.timeframe().millis(),
        empty ? IntervalState.VERIFIED_EMPTY : IntervalState.MISSING,
        empty ? Reason.NONE : Reason.SKIPPED,
        empty ? Evidence.REST : null,
        seq,
        FIRST + random.nextInt(2) * Timeframe.D1.millis() + seq);
  }

  /** What the checks would certify. */
  private static void certify(Path root, List<StreamAccount> accounts, String venue, LocalDate day)
      throws IOException {
    long fromMs = day.toEpochDay() * Timeframe.D1.millis();
    List<Certificate.Stream> streams = new ArrayList<>();
    for (StreamAccount account : accounts) {
      if (account.stream().venue().equals(venue)) {
        streams.add(
            new Certificate.Stream(
                account.stream(),
                account.counts(fromMs, fromMs + Timeframe.D1.millis()),
                0,
                facts(root, new Partition(account.stream(), day))));
      }
    }
    Path file = Certificates.file(root, venue, day);
    Files.createDirectories(file.resolveSibling(""));
    Files.write(file, CertificateJson.encode(new Certificate(venue, day, streams)));
  }

  /** What checks that read the lake now know of its streams. */
  static List<StreamReport> reports(Path root) throws IOException {
    List<StreamReport> reports = new ArrayList<>();
    for (StreamAccount account : accounts(root)) {
      List<DayCell> days = new ArrayList<>();
      for (LocalDate day : DAYS) {
        long fromMs = day.toEpochDay() * Timeframe.D1.millis();
        List<FileFact> facts = facts(root, new Partition(account.stream(), day));
        StateCounts counts = account.counts(fromMs, fromMs + Timeframe.D1.millis());
        days.add(new DayCell(day, counts, 0, facts, "READ", 0, 0));
      }
      Newest newest = new Newest(account.stream(), Newest.NONE);
      reports.add(
          new StreamReport(
              account.stream(),
              newest,
              account,
              account.counts(),
              days,
              new GapSummary.Builder().build()));
    }
    return reports;
  }

  private static List<FileFact> facts(Path root, Partition partition) throws IOException {
    List<FileFact> facts = new ArrayList<>();
    for (Folder folder : List.of(Folder.CANDLES, Folder.REVISIONS)) {
      Path file = new LakeLayout(root).partition(folder, partition).resolve("c-1.parquet");
      if (Files.exists(file)) {
        int rows = CandleFiles.read(file, partition).size();
        String path = root.relativize(file).toString();
        facts.add(new FileFact(path, Files.size(file), rows, Sha256.of(file)));
      }
    }
    return facts;
  }

  /** The same lake at another place. */
  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> tree = Files.walk(from)) {
      for (Path path : tree.toList()) {
        Files.copy(path, to.resolve(from.relativize(path)));
      }
    }
  }

  static List<StreamAccount> accounts(Path root) throws IOException {
    LakeAccounts accounts = new LakeAccounts(root);
    return accounts.read(stream -> true, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /** What is known of each stream: candles, their versions, and the rows that hold. */
  static Map<String, String> known(Path root) throws IOException {
    Map<String, String> known = new TreeMap<>();
    Map<StreamKey, List<CoverageRow>> changes = new LakeAccounts(root).changes(stream -> true);
    for (StreamAccount account : accounts(root)) {
      StringBuilder text = new StringBuilder();
      text.append(account.fromMs()).append(' ').append(account.toMs()).append(account.counts());
      text.append(account.withoutCandle());
      for (LocalDate day : DAYS) {
        for (FileFact fact : facts(root, new Partition(account.stream(), day))) {
          text.append(fact.line());
        }
      }
      text.append(
          changes.getOrDefault(account.stream(), List.of()).stream()
              .distinct()
              .map(CoverageRow::toString)
              .sorted()
              .collect(Collectors.joining()));
      known.put(account.stream().id(), text.toString());
    }
    return known;
  }
}
