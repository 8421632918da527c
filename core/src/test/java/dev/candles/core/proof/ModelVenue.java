package dev.candles.core.proof;

import dev.candles.core.Candles;
import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.candle.Trade;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.proof.ModelLies.Lie;
import dev.candles.core.proof.TradeEvidence.Ends;
import dev.candles.core.repair.AnswerReach;
import dev.candles.core.repair.GapState;
import dev.candles.core.repair.Proof;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/** The REST of a venue: honest but for {@link ModelLies}. */
final class ModelVenue {
  private static final long MINUTE = ModelTape.MINUTE;
  private static final int OHLC_REACH = 700;
  private static final int OHLC_ROWS = 720;
  private static final long BAD_ROWS_APART = 97 * MINUTE;
  private static final long WHOLE = Long.MAX_VALUE;

  /** A page holds what is audited together, and what shows that it was old enough. */
  private static final int AUDITED_ROWS = 24;

  /** Where venues differ in kind. */
  enum Kind {
    /** Trades and heartbeats with the last id; no row of a silent minute; trades by id. */
    HEARTBEATS(Silence.TRADE_IDS, 1, 120_000, 600_000),
    /** Trades and snapshots; zero rows, old candles folded from trades; trades by time. */
    SNAPSHOTS(Silence.TRADE_IDS, 1, 3_000, 600_000),
    /** Closed rows, zero rows, no ids. */
    ZERO_ROWS(Silence.ZERO_ROWS, Ends.UNKNOWN, 0, 0),
    /** Closed rows, neither ids nor zero rows. */
    ABSENT_ROWS(Silence.ABSENT_ROWS, Ends.UNKNOWN, 30_000, 0),
    /** A feed that closes nothing; zero rows, no ids. */
    CONFIRMED_ZERO_ROWS(Silence.ZERO_ROWS, Ends.UNKNOWN, 3_000, 600_000),
    /** A feed that closes nothing; neither ids nor zero rows. */
    CONFIRMED_ABSENT_ROWS(Silence.ABSENT_ROWS, Ends.UNKNOWN, 120_000, 600_000);

    /** Those that are final by the feed; {@link #CONFIRMED} are not. */
    static final List<Kind> BY_FEED = List.of(HEARTBEATS, SNAPSHOTS, ZERO_ROWS, ABSENT_ROWS);

    static final List<Kind> CONFIRMED = List.of(CONFIRMED_ZERO_ROWS, CONFIRMED_ABSENT_ROWS);

    final Silence silence;
    final long firstId;
    final long settleMs;
    final long auditMs;

    Kind(Silence silence, long firstId, long settleMs, long auditMs) {
      this.silence = silence;
      this.firstId = firstId;
      this.settleMs = settleMs;
      this.auditMs = auditMs;
    }

    /** A row shows that it has settled by one that opens this long after its end. */
    long askAfterMs() {
      return (settleMs + MINUTE - 1) / MINUTE * MINUTE;
    }

    boolean chains() {
      return silence == Silence.TRADE_IDS;
    }

    /** The evidence of what its live path makes final. */
    Evidence live() {
      if (CONFIRMED.contains(this)) {
        return Evidence.REST;
      }
      return chains() ? Evidence.TRADE_CHAIN : Evidence.VENUE_FLAG;
    }

    static Kind of(List<Kind> kinds, long seed) {
      return kinds.get((int) (seed % kinds.size()));
    }
  }

  /**
   * An answer as a decoder would hand it on.
   *
   * @param asOfMs the truth about its age, for the ledger's judgement only
   * @param folded whether its candles are made of trades
   * @param wholeToMs the truth again: rows of intervals that end later may lack trades
   * @param reach of what it speaks, as far as a decoder can tell
   */
  record Answer(
      boolean failed,
      boolean readable,
      Proof.Rows rows,
      long newestMs,
      List<Trade> trades,
      boolean folded,
      long dateMs,
      long ageMs,
      long asOfMs,
      long wholeToMs,
      AnswerReach reach) {}

  /** A row, flat where nobody traded. */
  private record Row(long openMs, Candle candle) {}

  final Kind kind;
  final ModelTape tape;
  final int pageRows;
  final int tradeRows;
  private final int answerRows;
  private final boolean newestKept;
  private final ModelLies lies;

  ModelVenue(Kind kind, ModelTape tape, ModelLies lies) {
    this.kind = kind;
    this.tape = tape;
    this.lies = lies;
    this.pageRows =
        kind.silence == Silence.ABSENT_ROWS || lies.random().nextBoolean()
            ? 300
            : Math.max(AUDITED_ROWS, lies.random().nextInt(20, 300));
    this.tradeRows = lies.random().nextInt(20, 200);
    SplittableRandom pages = new SplittableRandom(1_000L * pageRows + tradeRows);
    boolean fewer = pageRows > 100 && pages.nextInt(3) == 0;
    this.answerRows = fewer ? pages.nextInt(60, pageRows) : pageRows;
    this.newestKept = pages.nextBoolean();
  }

  /**
   * Candles of a page.
   *
   * @param nowMs the venue's time
   * @param assumedMs what the collector takes it for
   */
  Answer candles(GapState.Page page, long nowMs, long assumedMs) {
    Proof.Rows none = new Proof.Rows(List.of(), List.of(), List.of());
    if (fails(nowMs)) {
      return new Answer(
          true, false, none, 0, List.of(), false, nowMs, 0, nowMs, WHOLE, AnswerReach.ALL);
    }
    long unsaid = lies.size(Lie.STALE, nowMs);
    long said = lies.size(Lie.CACHED, nowMs) / 1_000 * 1_000;
    long asOfMs = nowMs - Math.max(unsaid, said);
    long dateMs = nowMs / 1_000 * 1_000;
    if (isUnreadable(page.askFromMs(), page.askToMs(), nowMs)) {
      return new Answer(
          false,
          false,
          none,
          Long.MIN_VALUE,
          List.of(),
          false,
          dateMs,
          said,
          asOfMs,
          WHOLE,
          AnswerReach.ALL);
    }
    boolean recent = (page.askFromMs() + page.askToMs()) / 2 >= assumedMs - OHLC_REACH * MINUTE;
    if (kind == Kind.SNAPSHOTS && !recent) {
      List<Trade> trades =
          told(tape.since(page.firstMs() - MINUTE, tradeRows, asOfMs), Lie.WITHOUT_TRADES, nowMs);
      return new Answer(
          false,
          true,
          folded(page, trades),
          Long.MIN_VALUE,
          List.of(),
          true,
          dateMs,
          said,
          asOfMs,
          WHOLE,
          reach(page, trades));
    }
    List<Row> rows = told(cut(rows(page, asOfMs, nowMs)), Lie.WITHOUT_ROWS, nowMs);
    long newestMs = rows.stream().mapToLong(Row::openMs).max().orElse(Long.MIN_VALUE);
    return new Answer(
        false,
        true,
        decoded(page, rows, asOfMs, assumedMs),
        newestMs,
        List.of(),
        false,
        dateMs,
        said,
        asOfMs,
        lies.lasts(Lie.HALF_MADE, nowMs) ? asOfMs - kind.auditMs : WHOLE,
        kind == Kind.SNAPSHOTS && !rows.isEmpty()
            ? AnswerReach.from(rows.get(0).openMs())
            : AnswerReach.ALL);
  }

  /**
   * A page of candles may hold fewer rows than is documented: not where one has to hold all that is
   * audited, or to reach over a silence.
   */
  private List<Row> cut(List<Row> rows) {
    boolean isCut = kind == Kind.HEARTBEATS || kind == Kind.ZERO_ROWS;
    if (!isCut || rows.size() <= answerRows) {
      return rows;
    }
    int first = newestKept ? rows.size() - answerRows : 0;
    return rows.subList(first, first + answerRows);
  }

  private AnswerReach reach(GapState.Page page, List<Trade> trades) {
    long latestMs = trades.stream().mapToLong(Trade::timeMs).max().orElse(Long.MAX_VALUE);
    if (latestMs == Long.MAX_VALUE) {
      return AnswerReach.ALL;
    }
    long passedMs = Timeframe.M1.floor(latestMs);
    if (passedMs > page.firstMs()) {
      return AnswerReach.until(passedMs);
    }
    return trades.size() < tradeRows ? AnswerReach.ALL : AnswerReach.until(page.firstMs() + MINUTE);
  }

  /** Trades below an id, or from a time on where {@code byTime}. */
  Answer trades(long from, boolean byTime, long nowMs) {
    Proof.Rows none = new Proof.Rows(List.of(), List.of(), List.of());
    long asOfMs = nowMs - Math.max(lies.size(Lie.STALE, nowMs), lies.size(Lie.CACHED, nowMs));
    boolean fails = fails(nowMs);
    List<Trade> page =
        byTime ? tape.since(from, tradeRows, asOfMs) : tape.below(from, tradeRows, asOfMs);
    boolean readable =
        page.isEmpty()
            || !isUnreadable(
                page.get(0).timeMs(), page.get(page.size() - 1).timeMs() + MINUTE, nowMs);
    List<Trade> told = fails || !readable ? List.of() : told(page, Lie.WITHOUT_TRADES, nowMs);
    return new Answer(
        fails,
        readable,
        none,
        Long.MIN_VALUE,
        told,
        false,
        nowMs / 1_000 * 1_000,
        0,
        asOfMs,
        WHOLE,
        AnswerReach.ALL);
  }

  private boolean fails(long nowMs) {
    return lies.lasts(Lie.OUTAGE, nowMs) || lies.tells(Lie.FAILING, nowMs);
  }

  /** Whether one of some rows makes it so. */
  private boolean isUnreadable(long fromMs, long toMs, long nowMs) {
    if (!lies.lasts(Lie.UNREADABLE, nowMs)) {
      return false;
    }
    long bad = Math.floorDiv(fromMs + BAD_ROWS_APART - 1, BAD_ROWS_APART) * BAD_ROWS_APART;
    return bad < toMs && lies.tells(Lie.UNREADABLE, nowMs);
  }

  private <T> List<T> told(List<T> page, Lie without, long nowMs) {
    List<T> told = new ArrayList<>(page);
    if (told.isEmpty()) {
      return told;
    }
    if (lies.tells(Lie.EMPTY_PAGE, nowMs)) {
      told.clear();
    }
    int half = told.size() / 2;
    if (lies.tells(Lie.WITHOUT_NEWER_HALF, nowMs)) {
      told.subList(half, told.size()).clear();
    }
    if (lies.tells(Lie.WITHOUT_OLDER_HALF, nowMs)) {
      told.subList(0, told.size() / 2).clear();
    }
    boolean premise = without == Lie.WITHOUT_ROWS && kind.silence == Silence.ABSENT_ROWS;
    if (!premise && !told.isEmpty() && lies.tells(without, nowMs)) {
      for (int i = lies.random().nextInt(1, 4); i > 0 && !told.isEmpty(); i--) {
        int one = lies.random().nextInt(told.size());
        if (!isKept(told.get(one))) {
          told.remove(one);
        }
      }
    }
    return told;
  }

  /** A premise (P9): pages by time leave out no late trade, whose id nobody would miss. */
  private boolean isKept(Object told) {
    return kind == Kind.SNAPSHOTS && told instanceof Trade trade && tape.isLate(trade.id());
  }

  private List<Row> rows(GapState.Page page, long asOfMs, long nowMs) {
    boolean unbounded = kind == Kind.SNAPSHOTS;
    long newest = Timeframe.M1.floor(asOfMs);
    long from = page.askFromMs();
    if (unbounded) {
      from = Math.max(from, newest - (OHLC_ROWS - 1) * MINUTE);
    }
    long to = unbounded ? newest + MINUTE : Math.min(page.askToMs(), newest + MINUTE);
    boolean half = lies.tells(Lie.HALF_MADE, nowMs);
    List<Row> rows = new ArrayList<>();
    for (long open = Math.max(from, tape.firstMs()); open < to; open += MINUTE) {
      int count = tape.count(open, asOfMs);
      long wholeMs = half ? Math.max(kind.settleMs, kind.auditMs) : kind.settleMs;
      boolean settled = open + MINUTE + wholeMs <= asOfMs;
      if (!settled && count > 0 && (half || lies.random().nextInt(3) == 0)) {
        count = lies.random().nextInt(kind == Kind.ZERO_ROWS ? count : 0, count + 1);
      }
      Candle row = tape.row(open, count);
      if (row == null && (kind == Kind.SNAPSHOTS || kind.silence == Silence.ZERO_ROWS)) {
        row = ModelTape.flat(open);
      }
      if (row != null) {
        rows.add(new Row(open, row));
      }
    }
    return rows;
  }

  private Proof.Rows decoded(GapState.Page page, List<Row> rows, long asOfMs, long assumedMs) {
    List<Candle> closed = new ArrayList<>();
    List<Long> forming = new ArrayList<>();
    TreeSet<Long> shown = new TreeSet<>();
    long newest = rows.isEmpty() ? Long.MIN_VALUE : rows.get(rows.size() - 1).openMs();
    for (Row row : rows) {
      shown.add(row.openMs());
      if (row.openMs() < page.askFromMs() || row.openMs() >= page.askToMs()) {
        continue;
      }
      boolean over =
          switch (kind) {
            case HEARTBEATS, ABSENT_ROWS, CONFIRMED_ABSENT_ROWS, CONFIRMED_ZERO_ROWS ->
                row.openMs() + MINUTE <= assumedMs;
            case SNAPSHOTS -> row.openMs() < newest && row.openMs() + MINUTE <= assumedMs;
            case ZERO_ROWS -> row.openMs() + MINUTE + 2_000 <= asOfMs; // its confirm
          };
      if (!over) {
        forming.add(row.openMs());
      } else {
        closed.add(row.candle());
      }
    }
    if (kind == Kind.SNAPSHOTS && !shown.isEmpty()) {
      long to = Math.min(shown.last(), page.askToMs());
      for (long open = Math.max(shown.first(), page.askFromMs()); open < to; open += MINUTE) {
        if (!shown.contains(open)) {
          forming.add(open);
        }
      }
    }
    return new Proof.Rows(closed, List.of(), forming);
  }

  private Proof.Rows folded(GapState.Page page, List<Trade> trades) {
    TreeMap<Long, Trade> byId = new TreeMap<>();
    trades.forEach(t -> byId.put(t.id(), t));
    Intervals asked = Intervals.of(page.askFromMs(), page.askToMs());
    TradeEvidence.Reading reading =
        byId.isEmpty()
            ? new TradeEvidence.Reading(List.of(), Intervals.empty(), Intervals.empty())
            : TradeEvidence.of(ModelTape.STREAM, asked, byId, Candles.NO_ENDS, 0);
    TreeSet<Long> shown = new TreeSet<>();
    trades.forEach(t -> shown.add(Timeframe.M1.floor(t.timeMs())));
    reading.candles().forEach(c -> shown.remove(c.openTimeMs()));
    List<Long> silent = new ArrayList<>();
    for (int i = 0; i < reading.silent().count(); i++) {
      for (long o = reading.silent().from(i); o < reading.silent().to(i); o += MINUTE) {
        silent.add(o);
      }
    }
    silent.removeAll(shown);
    return new Proof.Rows(reading.candles(), silent, List.copyOf(shown));
  }
}
