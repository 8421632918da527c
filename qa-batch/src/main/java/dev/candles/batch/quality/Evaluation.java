package dev.candles.batch.quality;

import dev.candles.batch.quality.check.AccountCheck;
import dev.candles.batch.quality.check.ConditionalFinding;
import dev.candles.batch.quality.check.EarlyEnd;
import dev.candles.batch.quality.check.Finding;
import dev.candles.batch.quality.check.FindingType;
import dev.candles.batch.quality.check.LargerStates;
import dev.candles.batch.quality.check.QaCheck;
import dev.candles.batch.quality.report.DayCell;
import dev.candles.batch.quality.report.StreamReport;
import dev.candles.batch.quality.scan.CoverageRead;
import dev.candles.batch.quality.scan.LateChanges;
import dev.candles.batch.quality.scan.PartitionReport;
import dev.candles.batch.quality.scan.PartitionReport.Standing;
import dev.candles.batch.quality.scan.SecondLook;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.DayCoverage;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Newest;
import dev.candles.core.coverage.StreamAccount;
import dev.candles.lake.layout.Partition;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Puts the reports of all partitions and the change log together: the account of every stream, what
 * can be judged only over several days, and the doubts that the account settles.
 */
final class Evaluation {
  private static final Comparator<StreamKey> BY_ID = Comparator.comparing(StreamKey::id);
  private static final long DAY_MS = Timeframe.D1.millis();

  /** A clock is not so wrong. Streams end by the venues' clocks, whatever ours shows. */
  private static final long MOST_AHEAD_MS = DAY_MS;

  /** What is younger may be known soon: the last minutes of a lake that grows are not judged. */
  static final long LIVE_EDGE_MS = 600_000;

  private final CoverageRead coverage;
  private final DayBoundaryCheck edges;
  private final SecondLook secondLook;
  private final RollupReach rollupReach;
  private final LateChanges lateChanges;
  private final long fromMs;
  private final long nowMs;
  private final Tally tally;
  private long judgedToMs;
  private final TreeMap<StreamKey, TreeMap<LocalDate, PartitionReport>> days = new TreeMap<>(BY_ID);
  private final Map<StreamKey, StreamAccount> accounts = new TreeMap<>(BY_ID);

  /** The same with what has come while everything was read. */
  private final Map<StreamKey, StreamAccount> atTheEnd = new TreeMap<>(BY_ID);

  private final Map<StreamKey, Newest> newest = new HashMap<>();
  private final Map<StreamKey, Intervals> rolledUp = new HashMap<>();
  private final Set<Partition> grown = new HashSet<>();
  private final Map<StreamKey, Partition> lastBefore = new HashMap<>();
  private final UnverifiedBoundaries openBorders = new UnverifiedBoundaries();

  /**
   * @param root of the lake
   * @param earlier partitions that are older than what is judged
   * @param fromMs start of what is judged, epoch ms, UTC; {@link Long#MIN_VALUE} for all
   * @param nowMs market time, epoch ms, UTC, when all was read
   */
  Evaluation(
      Path root,
      List<PartitionReport> reports,
      Collection<Partition> earlier,
      CoverageRead coverage,
      long fromMs,
      long nowMs,
      Tally tally) {
    this.coverage = coverage;
    this.edges = new DayBoundaryCheck(root, openBorders);
    this.secondLook = new SecondLook(root);
    this.rollupReach = new RollupReach(root);
    this.lateChanges = new LateChanges(root, nowMs, LIVE_EDGE_MS);
    this.fromMs = fromMs;
    this.nowMs = nowMs;
    this.tally = tally;
    for (PartitionReport report : reports) {
      Partition id = report.id();
      days.computeIfAbsent(id.stream(), stream -> new TreeMap<>()).put(id.date(), report);
      tally.add(id, report.findings(), report.counts());
    }
    for (Partition old : earlier) {
      lastBefore.merge(old.stream(), old, (a, b) -> a.date().isAfter(b.date()) ? a : b);
    }
  }

  /** Judges everything and tells of every stream. */
  List<StreamReport> streams() {
    Set<StreamKey> streams = new TreeSet<>(BY_ID);
    streams.addAll(days.keySet());
    streams.addAll(coverage.streams());
    judgedToMs = judgedTo(streams);
    rolledUp.putAll(rollupReach.of(days.values(), judgedToMs, streams));
    streams.addAll(rolledUp.keySet());
    for (StreamKey stream : streams) {
      StreamAccount account = account(stream, finals(stream));
      accounts.put(stream, account);
      atTheEnd.put(stream, atTheEnd(account));
    }
    for (StreamKey stream : streams) {
      account(stream);
      chain(stream);
      for (PartitionReport report : of(stream).values()) {
        report.doubts().stream().filter(openBorders::isOpen).forEach(this::settle);
      }
    }
    return atTheEnd.values().stream().map(this::report).toList();
  }

  private Map<LocalDate, PartitionReport> of(StreamKey stream) {
    return days.getOrDefault(stream, new TreeMap<>());
  }

  /**
   * As far as any stream reaches; exactly midnight ends a day. A stream that reaches further into
   * the future than a clock may be wrong is no witness, and found, unless all do: then this
   * machine's clock is not the lake's.
   */
  private long judgedTo(Set<StreamKey> streams) {
    List<Newest> reached =
        streams.stream().map(this::reached).filter(newest -> !newest.isNone()).toList();
    List<Newest> ahead = reached.stream().filter(this::isAhead).toList();
    List<Newest> witnesses = reached.stream().filter(newest -> !isAhead(newest)).toList();
    if (witnesses.isEmpty()) {
      witnesses = ahead;
    } else {
      ahead.forEach(this::ahead);
    }
    long newest = witnesses.stream().mapToLong(Newest::endMs).max().orElse(0);
    return Math.floorMod(newest, DAY_MS) == 0 ? newest : newest - LIVE_EDGE_MS;
  }

  private boolean isAhead(Newest newest) {
    return newest.endMs() - nowMs > MOST_AHEAD_MS;
  }

  private Newest reached(StreamKey stream) {
    Intervals finals = finals(stream);
    long endMs = finals.isEmpty() ? Newest.NONE : lastOf(finals);
    return new Newest(stream, Math.max(endMs, coverage.of(stream).overMs()));
  }

  private void ahead(Newest newest) {
    StreamKey stream = newest.stream();
    String value = "its newest is " + newest.age(nowMs) + ", and that of others is not";
    long openMs = newest.endMs() - stream.timeframe().millis();
    tally.add(new Finding(FindingType.IN_THE_FUTURE, stream.id(), "", openMs, value));
  }

  private Intervals finals(StreamKey stream) {
    Intervals.Builder finals = new Intervals.Builder(4);
    for (PartitionReport day : of(stream).values()) {
      Intervals present = day.present();
      for (int i = 0; i < present.count(); i++) {
        finals.add(present.from(i), present.to(i));
      }
    }
    return finals.build();
  }

  private StreamAccount account(StreamKey stream, Intervals finals) {
    StreamAccount all =
        coverage.of(stream).account(finals, Intervals.empty(), Long.MIN_VALUE, Long.MAX_VALUE);
    newest.put(stream, all.newest());
    Intervals reach =
        Intervals.of(all.fromMs(), all.toMs())
            .union(rolledUp.getOrDefault(stream, Intervals.empty()));
    long from = Math.max(fromMs, reach.isEmpty() ? all.fromMs() : reach.from(0));
    long to =
        Math.min(
            stream.timeframe().floor(judgedToMs), reach.isEmpty() ? all.toMs() : lastOf(reach));
    return coverage.account(stream, finals, from, Math.max(from, to));
  }

  /** Of a lake that grows a partition may have got files since it was read. */
  private StreamAccount atTheEnd(StreamAccount account) {
    StreamKey stream = account.stream();
    long toMs = stream.timeframe().floor(judgedToMs);
    Intervals lacking =
        account
            .unknown()
            .union(account.in(IntervalState.MISSING))
            .union(Intervals.of(account.toMs(), Math.max(account.toMs(), toMs)));
    Intervals came = secondLook.came(lacking.minus(damaged(stream)), stream, of(stream));
    DayCoverage.byDay(came).keySet().forEach(dayMs -> grown.add(Partition.of(stream, dayMs)));
    return came.isEmpty() ? account : account(stream, finals(stream).union(came));
  }

  /** Checks 6 and 10, and of check 8 what states alone tell. */
  private void account(StreamKey stream) {
    Intervals damaged = damaged(stream);
    List<Finding> found = contradictions(stream, damaged, Intervals.empty());
    Intervals awaited = awaited(stream, found);
    if (!awaited.isEmpty()) {
      found = contradictions(stream, damaged, awaited);
    }
    found.forEach(tally::add);
    StreamAccount mine = atTheEnd.getOrDefault(stream, empty(stream));
    EarlyEnd.of(mine, atTheEnd.values(), damaged, LIVE_EDGE_MS).ifPresent(tally::add);
  }

  /**
   * What the states of a stream, and its minutes', say against it.
   *
   * @param awaited intervals that nothing is said of yet
   */
  private List<Finding> contradictions(StreamKey stream, Intervals damaged, Intervals awaited) {
    StreamAccount mine = accounts.getOrDefault(stream, empty(stream));
    StreamKey minutes = stream.in(Timeframe.BASE);
    StreamAccount base = stream.equals(minutes) ? null : accounts.get(minutes);
    List<Finding> found =
        new ArrayList<>(
            AccountCheck.of(
                atTheEnd.getOrDefault(stream, mine),
                base == null ? null : atTheEnd.get(minutes),
                damaged.union(awaited)));
    if (base != null) {
      LargerStates.of(mine, base, damaged.union(damaged(minutes)), this::flatRows).stream()
          .filter(finding -> !awaited.contains(finding.openTimeMs()))
          .forEach(found::add);
    }
    return found;
  }

  /**
   * Larger intervals of which something is found, and of which a minute changed so lately that they
   * cannot have followed it: they are the next run's, and nobody seals them.
   */
  private Intervals awaited(StreamKey stream, List<Finding> found) {
    Timeframe timeframe = stream.timeframe();
    if (timeframe == Timeframe.BASE) {
      return Intervals.empty();
    }
    Intervals.Builder asked = new Intervals.Builder(2);
    found.stream()
        .sorted(Comparator.comparingLong(Finding::openTimeMs))
        .forEach(
            finding -> {
              long endMs = finding.openTimeMs() + timeframe.millis();
              asked.add(finding.openTimeMs(), Math.max(finding.toMs(), endMs));
            });
    return awaited(stream, lateChanges.of(stream.in(Timeframe.BASE), asked.build()));
  }

  private Intervals awaited(StreamKey stream, Intervals changed) {
    Timeframe timeframe = stream.timeframe();
    Intervals awaited = changed.map(timeframe::floor, timeframe::ceil);
    DayCoverage.byDay(awaited).keySet().forEach(dayMs -> grown.add(Partition.of(stream, dayMs)));
    return awaited;
  }

  private Intervals damaged(StreamKey stream) {
    Intervals.Builder unread = new Intervals.Builder(2);
    for (PartitionReport day : of(stream).values()) {
      if (day.standing() == Standing.DAMAGED) {
        unread.add(day.id().fromMs(), day.id().toMs());
      }
    }
    return unread.build();
  }

  /** The rows of a sealed day are read for it; those of an archived one are believed. */
  private Intervals flatRows(StreamKey stream, Intervals finals) {
    Intervals flat = Intervals.empty();
    for (PartitionReport day : of(stream).values()) {
      Intervals mine = finals.intersect(Intervals.of(day.id().fromMs(), day.id().toMs()));
      if (!mine.isEmpty()) {
        boolean archived = day.standing() == Standing.ARCHIVED;
        flat = flat.union(archived ? mine : edges.withRows(day).flat().intersect(mine));
      }
    }
    return flat;
  }

  private static long lastOf(Intervals intervals) {
    return intervals.to(intervals.count() - 1);
  }

  private static StreamAccount empty(StreamKey stream) {
    return new StreamAccount(stream, 0, 0, Intervals.empty(), List.of());
  }

  /** Check 9 over the borders of days. */
  private void chain(StreamKey stream) {
    if (stream.timeframe() != Timeframe.BASE) {
      return;
    }
    PartitionReport before = null;
    for (PartitionReport day : of(stream).values()) {
      if (before != null) {
        border(before.id(), day.id(), edges.join(before, day));
      } else if (lastBefore.containsKey(stream)) {
        Partition old = lastBefore.get(stream);
        border(old, day.id(), edges.join(old, day));
      }
      before = day;
    }
  }

  private void border(Partition before, Partition after, List<ConditionalFinding> doubts) {
    for (ConditionalFinding doubt : doubts) {
      if (settle(doubt)) {
        tally.alsoOf(doubt.finding(), before.fromMs(), after.toMs());
      }
      openBorders.doubtful(before, after);
    }
  }

  /**
   * A doubt is a finding if nothing is missing where it looks. Ids deny a silence that is only
   * claimed as well as one that is proven; a fold can be compared only with what is known, and
   * where nothing is to be folded the states tell.
   *
   * @return whether it is a finding
   */
  private boolean settle(ConditionalFinding doubt) {
    FindingType kind = doubt.finding().kind();
    if (kind == FindingType.ROLLUP_OF_NOTHING) {
      return false; // found by LargerStates
    }
    StreamKey base = StreamKey.parse(doubt.baseStream()).orElseThrow();
    StreamAccount account = accounts.getOrDefault(base, empty(base));
    Intervals lacking =
        Intervals.fromArray(doubt.neededMs())
            .minus(account.in(IntervalState.FINAL))
            .minus(account.in(IntervalState.VERIFIED_EMPTY));
    if (kind.check() == QaCheck.TRADE_ID_CHAIN) {
      lacking = lacking.minus(account.unproven());
    }
    StreamKey stream = StreamKey.parse(doubt.finding().stream()).orElseThrow();
    boolean found = lacking.isEmpty() && awaited(stream, lateChanges.since(doubt)).isEmpty();
    if (found) {
      tally.add(doubt.finding());
    }
    return found;
  }

  private StreamReport report(StreamAccount account) {
    StreamKey stream = account.stream();
    List<DayCell> cells = new ArrayList<>();
    Map<LocalDate, PartitionReport> reports = of(stream);
    long day = DayCoverage.dayOf(account.fromMs());
    for (; day < account.toMs(); day += DAY_MS) {
      LocalDate date = LocalDate.ofEpochDay(day / DAY_MS);
      cells.add(DayCell.of(account, date, reports.get(date), tally.kinds(stream.id(), date)));
    }
    return new StreamReport(
        stream,
        newest.getOrDefault(stream, account.newest()),
        account,
        account.counts(),
        cells,
        coverage.gaps(account));
  }

  /**
   * Of these something counts that nobody has checked yet, or is to come, after {@link #streams}.
   */
  Set<Partition> grown() {
    return grown;
  }

  /** The days whose neighbours do not prove them, after {@link #streams}. */
  UnverifiedBoundaries openBorders() {
    return openBorders;
  }

  /** End of the days (UTC) that are over in this lake, epoch ms, after {@link #streams}. */
  long closedToMs() {
    return judgedToMs;
  }
}
