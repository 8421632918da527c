package dev.candles.interop;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Ohlc;
import dev.candles.core.candle.Provenance;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.candle.TradeRange;
import dev.candles.core.candle.Volumes;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Reason;
import dev.candles.lake.compact.Compactor;
import dev.candles.lake.compact.Outcome;
import dev.candles.lake.coverage.CoverageAppender;
import dev.candles.lake.coverage.DayKnowledge;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.parquet.CandleFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A small lake with everything in it that a reader may stumble over: a day that was compacted, with
 * its manifest, the next one in small files beside one in progress, nulls, revisions, coverage; and
 * the right answers, reckoned while it is written.
 *
 * <p>{@code FOLDER/data} is the lake, {@code FOLDER/expected.json} the answers.
 */
final class ReadersLake {
  /** 2026-01-08T00:00:00Z, the compacted day; the next one is not. */
  static final long DAY = 1_767_830_400_000L;

  private static final long DAY_MS = 86_400_000L;
  private static final int FILES_A_DAY = 3;
  private static final List<Timeframe> TIMEFRAMES =
      List.of(Timeframe.M1, Timeframe.M5, Timeframe.H1, Timeframe.D1);
  private static final StreamKey COINBASE = new StreamKey("coinbase", "BTC-USD", Timeframe.M1);
  private static final StreamKey OKX = new StreamKey("okx", "BTC-USDT", Timeframe.M1);

  /** A question by the name of its file in {@code questions/}, and the right answer. */
  record Question(String name, List<List<Object>> answer) {}

  private final Path folder;
  private final LakeLayout layout;
  private final List<Candle> candles = new ArrayList<>();
  private final List<Candle> revisions = new ArrayList<>();
  private final List<CoverageRow> coverage = new ArrayList<>();

  private ReadersLake(Path folder) {
    this.folder = folder;
    this.layout = new LakeLayout(folder.resolve("data"));
  }

  /** Writes a lake and its answers into a folder that has neither. */
  static ReadersLake write(Path folder) throws IOException {
    ReadersLake lake = new ReadersLake(folder);
    for (StreamKey market : List.of(COINBASE, OKX)) {
      for (Timeframe timeframe : TIMEFRAMES) {
        lake.compactedDay(market.in(timeframe));
        lake.dayInProgress(market.in(timeframe));
      }
    }
    lake.changes();
    Answers.write(folder.resolve("expected.json"), lake.questions());
    return lake;
  }

  /** For {@code interop/run}: writes a lake into the folder that is named. */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    Files.createDirectories(folder);
    write(folder);
  }

  List<Question> questions() {
    return List.of(
        new Question("candles", Answers.ofCandles(candles)),
        new Question("revisions", Answers.ofCandles(revisions)),
        new Question("coverage", Answers.ofCoverage(coverage)));
  }

  Path data() {
    return layout.root();
  }

  /** The newest version stays in candles, the one before it goes to revisions. */
  private void compactedDay(StreamKey stream) throws IOException {
    List<Candle> day = day(stream, DAY);
    Candle revised = day.get(0).withRevision(1);
    files(Folder.CANDLES, day);
    files(Folder.REVISIONS, List.of(revised));
    Partition partition = Partition.of(stream, DAY);
    Outcome outcome = new Compactor(layout).compact(partition, DayKnowledge.none(DAY + 2 * DAY_MS));
    if (outcome.kind() != Outcome.Kind.COMPACTED) {
      throw new IllegalStateException("not compacted: " + outcome);
    }
    candles.add(revised);
    candles.addAll(day.subList(1, day.size()));
    revisions.add(day.get(0));
  }

  /** The first versions are in candles; what the collector is still writing has a hidden name. */
  private void dayInProgress(StreamKey stream) throws IOException {
    List<Candle> day = day(stream, DAY + DAY_MS);
    Candle later = day.get(day.size() - 1).withRevision(1);
    files(Folder.CANDLES, day);
    files(Folder.REVISIONS, List.of(later));
    Path partition = layout.partition(Folder.CANDLES, Partition.of(stream, DAY + DAY_MS));
    Files.writeString(partition.resolve(".c-9.parquet.inprogress.0"), "PAR1 not yet");
    candles.addAll(day);
    revisions.add(later);
  }

  private void files(Folder kind, List<Candle> rows) throws IOException {
    Candle first = rows.get(0);
    Path partition = layout.partition(kind, Partition.of(first.stream(), first.openTimeMs()));
    Files.createDirectories(partition);
    int each = Math.max(1, (rows.size() + FILES_A_DAY - 1) / FILES_A_DAY);
    for (int from = 0; from < rows.size(); from += each) {
      Path file = partition.resolve("c-" + from + ".parquet");
      CandleFiles.write(file, rows.subList(from, Math.min(rows.size(), from + each)));
    }
  }

  private static List<Candle> day(StreamKey stream, long dayMs) {
    List<Candle> day = new ArrayList<>();
    for (int i = 0; i < stream.timeframe().perDay(); i++) {
      day.add(candle(stream, dayMs, i));
    }
    return day;
  }

  /** okx says quote volumes but not always, coinbase trades but not always. */
  private static Candle candle(StreamKey stream, long dayMs, int number) {
    boolean okx = stream.venue().equals(OKX.venue());
    double price = 40_000 + number % 61;
    double volume = (1 + number % 16) / 8.0;
    boolean ids = !okx && number % 11 != 3;
    long openTimeMs = dayMs + number * stream.timeframe().millis();
    return new Candle(
        stream,
        openTimeMs,
        new Ohlc(price, price + 2, price - 1, price + 0.5),
        new Volumes(volume, okx && number % 7 != 3 ? volume * 4 : null, ids ? volume / 2 : null),
        new TradeRange(
            ids ? 1L + number % 5 : null,
            ids ? 9_007_199_254_740_993L + 5L * number : null, // no double holds it
            ids ? 9_007_199_254_740_997L + 5L * number : null),
        Provenance.first(
            okx ? Evidence.VENUE_FLAG : ids ? Evidence.TRADE_CHAIN : Evidence.REST,
            ids || okx ? "ws" : "rest",
            openTimeMs + stream.timeframe().millis() + 1234));
  }

  /** States noted on two days, with and without evidence. */
  private void changes() throws IOException {
    long seq = 0;
    for (StreamKey stream : List.of(COINBASE, OKX, OKX.in(Timeframe.D1))) {
      long step = stream.timeframe().millis();
      long next = DAY + 2 * DAY_MS;
      for (int day = 1; day <= 2; day++) {
        long atMs = DAY + day * DAY_MS + 60_000;
        add(stream, next, next + step, IntervalState.MISSING, Reason.SKIPPED, null, ++seq, atMs);
        add(
            stream,
            next,
            next + step,
            IntervalState.VERIFIED_EMPTY,
            Reason.NONE,
            Evidence.TRADE_CHAIN,
            ++seq,
            atMs + 1);
        next += step;
        add(stream, DAY, next, IntervalState.THROUGH, Reason.NONE, null, ++seq, atMs + 2);
      }
    }
    new CoverageAppender(layout).append(coverage);
  }

  private void add(
      StreamKey stream,
      long fromMs,
      long toMs,
      IntervalState state,
      Reason reason,
      Evidence evidence,
      long seq,
      long atMs) {
    coverage.add(new CoverageRow(stream, fromMs, toMs, state, reason, evidence, seq, atMs));
  }
}
