package dev.candles.core.repair;

import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.DayCoverage;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.Reason;
import dev.candles.core.feed.RepairEvent;
import dev.candles.core.proof.AnswerAge;
import dev.candles.core.proof.TradeEvidence;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Gaps: the open intervals of a stream-day, asked for by pages of candles until each has a proof or
 * is given up.
 *
 * <ol>
 *   <li>{@link GapIntake} makes gaps of what the live path and the lake say is missing.
 *   <li>A page is asked for, as wide as {@link AdaptivePageSize} has learnt.
 *   <li>What the answer proves goes on as {@link Claims}; {@link GapRepair} says when to ask again.
 *   <li>The other kinds follow the page up: {@link ReconfirmTask} reads again what was young,
 *       {@link TradeFetchTask} searches the trades of what is left.
 * </ol>
 */
final class GapTask extends RepairTask<GapState> {
  static final RepairStore.Kind<GapState> STORED = new RepairStore.Kind<>("gaps", GapState.class);

  private static final long CLOCK_SET_BACK_MS = 1_000;

  /** What the repair of one gap has settled in this attempt. */
  private record Tally(long candles, long empty) {}

  private final GapIntake intake;
  private final FirstRows firstRows = new FirstRows();
  private final List<RepairTask<?>> followers;
  private final Map<String, TreeSet<Long>> daysOfStream = new HashMap<>();
  private final Map<String, Tally> tallies = new HashMap<>();
  private final Map<String, AnswerHistory> heard = new HashMap<>();
  private final Map<String, AdaptivePageSize> widths = new HashMap<>();

  /**
   * The gaps of the store are known from now on, and asked for when their stream is announced.
   *
   * @param followers who follows up a page, in that order; filled by the planner
   */
  GapTask(RepairStore store, VenueSession session, List<RepairTask<?>> followers) {
    super(STORED, store, session);
    this.followers = followers;
    this.intake = new GapIntake(this, session);
    for (GapState gap : all()) {
      daysOf(gap.stream()).add(gap.dayMs());
    }
  }

  @Override
  String key(GapState gap) {
    return gap.key();
  }

  @Override
  StreamKey stream(GapState gap) {
    return gap.stream();
  }

  @Override
  RepairWork.Lane lane() {
    return RepairWork.Lane.GAP;
  }

  @Override
  long marketMs(GapState gap) {
    return gap.dayMs();
  }

  @Override
  long endMs(GapState gap) {
    return gap.endMs();
  }

  @Override
  long dueMs(GapState gap) {
    return gap.dueMs(session.profile.askAfterMs());
  }

  @Override
  long mostWaitMs(GapState gap) {
    return super.mostWaitMs(gap) + (gap.givenUp() ? GapRepair.GIVE_UP_AFTER_MS : 0);
  }

  @Override
  String streamDay(GapState gap) {
    return gap.key();
  }

  @Override
  GapState postponed(GapState gap, long timeMs) {
    return gap.postponed(timeMs);
  }

  @Override
  public void announced(RepairEvent.Announced told) {
    intake.announced(told);
  }

  @Override
  public void gap(RepairEvent.Gap told) {
    intake.missing(told.stream(), Intervals.fromArray(told.missing()), told.reason());
  }

  @Override
  public void joined(RepairEvent.Joined told) {
    intake.joined(told.stream(), told.timeMs());
  }

  @Override
  Optional<RepairRequest> request(GapState gap, RepairWork work, long nowMs) {
    Optional<GapState.Page> page =
        width(gap)
            .next(
                gap,
                session.profile.pageRows(),
                session.margin(),
                session.settledToMs(nowMs),
                AnswerAge.reachMs(gap.endMs(), nowMs, session.profile.auditMs()));
    if (page.isEmpty()) {
      // it was due when the venue's time seemed to be later
      schedule(gap.postponed(Math.max(gap.nextTryMs(), nowMs + CLOCK_SET_BACK_MS)));
      return Optional.empty();
    }
    RestQuery query = session.candles(gap.stream(), page.get(), nowMs);
    return Optional.of(RepairRequest.candles(work, query, page.get()));
  }

  @Override
  void sent(GapState gap) {
    if (tallies.putIfAbsent(gap.key(), new Tally(0, 0)) == null) {
      session.log.log(
          RepairLog.Level.INFO,
          "event=backfill_start stream={} minutes={} attempt={}",
          gap.stream(),
          gap.open().length() / Timeframe.BASE.millis(),
          gap.attempts() + 1);
    }
  }

  @Override
  void failed(GapState gap, RepairRequest request, long nowMs, long waitMs) {
    heard.put(gap.key(), heard(gap).failed());
    long atMs = Math.max(nowMs + waitMs, GapRepair.afterFailure(gap, nowMs));
    keep(gap.failed(Objects.requireNonNull(request.page()), atMs));
  }

  @Override
  void interrupted() {
    heard.replaceAll((key, before) -> before.failed());
  }

  @Override
  void answered(GapState gap, RepairAnswer answer, RestAnswer said, long nowMs) {
    GapState.Page asked = Objects.requireNonNull(answer.request().page());
    Intervals wanted = asked.wanted().intersect(gap.open());
    if (wanted.isEmpty()) {
      keep(gap);
      return;
    }
    boolean readable = said.outcome() == RestAnswer.Outcome.ROWS;
    long stepMs = gap.stream().timeframe().millis();
    if (!readable && width(gap).unreadable(asked, stepMs)) {
      keep(gap);
      return;
    }
    AnswerReach reach = readable ? session.reach(answer.request(), said, nowMs) : AnswerReach.ALL;
    Intervals reached = reach.of(asked.wanted()).intersect(wanted);
    if (reached.isEmpty()) {
      keep(gap); // what it reaches is settled meanwhile
      return;
    }
    long saidMs = answer.dateMs() == AnswerAge.UNSAID ? AnswerHistory.UNSAID : answer.dateMs();
    heard.put(gap.key(), heard(gap).answered(nowMs, saidMs));
    long askedFromMs = Math.max(asked.askFromMs(), reach.fromMs());
    GapState.Page page = new GapState.Page(reached, askedFromMs, asked.askToMs());
    Intervals beyond = wanted.minus(reached);
    if (readable && page.isBelow(beyond)) {
      width(gap).readableBelow();
    } else if (readable) {
      width(gap).readable(asked, stepMs);
    }
    page(
        gap,
        page,
        beyond,
        BelievedRows.of(session.venue, answer, said, stepMs, nowMs),
        said,
        nowMs);
  }

  /** Takes in what an answer says of a page, as far as it reaches. */
  private void page(
      GapState gap,
      GapState.Page page,
      Intervals beyond,
      BelievedRows believed,
      RestAnswer said,
      long nowMs) {
    StreamKey stream = gap.stream();
    long stepMs = stream.timeframe().millis();
    boolean readable = said.outcome() == RestAnswer.Outcome.ROWS;
    Proof proof = Proof.of(page.wanted(), believed.rows(), stepMs, session.profile.silence());
    boolean folded = !said.page().trades().isEmpty();
    Evidence proofOfSilence = folded ? Evidence.REST_TRADES : Evidence.REST;
    session.claims.settled(stream, proof.found(), proof.empty(), proofOfSilence);
    tally(gap, proof.found().size(), proof.empty().length() / stepMs);
    AnswerHistory before = heard(gap);
    AnswerHistory now = readable ? before.read(proof.left()) : before;
    heard.put(gap.key(), now);
    boolean older =
        firstRows.read(
            stream, page.askFromMs(), believed.rows(), session.market(stream).listedAtMs());
    KeptHistory kept = new KeptHistory(firstRows.listedAtMs(stream), session.keptFromMs(nowMs));
    GapRepair.Outcome outcome =
        GapRepair.answered(gap, page, beyond, proof, now, kept, session.settledToMs(nowMs), nowMs);
    session.claims.unrecoverable(stream, outcome.unrecoverable(), outcome.why());
    if (stream.timeframe() == Timeframe.BASE) {
      GapReading reading =
          new GapReading(
              outcome.gap(),
              page.wanted().minus(proof.left()),
              believed.rows().within(page.wanted()),
              proof.left(),
              readable,
              believed.wholeToMs(),
              nowMs);
      followers.forEach(follower -> follower.gapRead(reading));
      intake.natives(stream, outcome.unrecoverable());
    } else {
      emptyMinutes(stream.in(Timeframe.BASE), proof.empty());
    }
    if (outcome.gap().isDone()) {
      done(gap);
    } else {
      keep(outcome.gap());
    }
    if (outcome.why() == Reason.BEFORE_LISTING) {
      intake.unlisted(stream, outcome.unrecoverable(), nowMs + GapRepair.GIVE_UP_AFTER_MS);
    } else if (older) {
      intake.listedEarlier(stream);
    }
  }

  /** Intervals of a base stream are missing. */
  void missing(StreamKey stream, Intervals missing, Reason reason) {
    intake.missing(stream, missing, reason);
  }

  /** Something was proven of before the listing that was told. */
  void listedEarlier(StreamKey stream) {
    intake.listedEarlier(stream);
  }

  /** A larger interval in which nobody traded has no minute in which somebody did. */
  private void emptyMinutes(StreamKey base, Intervals empty) {
    for (long day : DayCoverage.byDay(empty).keySet()) {
      Intervals mine = open(base, day).intersect(empty);
      session.claims.settled(base, List.of(), mine, Evidence.REST);
      settled(base, new TradeEvidence.Reading(List.of(), mine, Intervals.empty()));
    }
  }

  /** Stores a gap, possibly of a stream-day that had none. */
  void track(GapState gap) {
    daysOf(gap.stream()).add(gap.dayMs());
    keep(gap);
  }

  /** A gap is none any more, by no answer of ours. */
  void drop(GapState gap) {
    forget(gap);
    unschedule(gap.key());
  }

  /** Days of a stream with a gap, epoch ms. */
  Set<Long> daysOf(StreamKey stream) {
    return daysOfStream.computeIfAbsent(stream.id(), id -> new TreeSet<>());
  }

  /** What is open of a stream on one day. */
  Intervals open(StreamKey stream, long dayMs) {
    GapState gap = get(GapState.key(stream, dayMs));
    return gap == null ? Intervals.empty() : gap.open();
  }

  /** What is settled by another answer than a gap's own is no gap any more. */
  void settled(StreamKey stream, TradeEvidence.Reading reading) {
    long stepMs = stream.timeframe().millis();
    Intervals settled = reading.decided(stepMs);
    for (long day : List.copyOf(daysOf(stream))) {
      GapState gap = get(GapState.key(stream, day));
      Intervals mine = gap == null ? Intervals.empty() : gap.open().intersect(settled);
      if (gap == null || mine.isEmpty()) {
        continue;
      }
      long empty = mine.intersect(reading.silent()).length() / stepMs;
      tally(gap, mine.length() / stepMs - empty, empty);
      GapState rest = gap.withOpen(gap.open().minus(settled));
      if (rest.isDone()) {
        unschedule(gap.key());
        done(rest);
      } else {
        keep(rest);
      }
    }
  }

  /** A gap has no open interval any more. */
  private void done(GapState gap) {
    Tally tally = forget(gap);
    session.log.log(
        RepairLog.Level.INFO,
        "event=backfill_done stream={} candles={} empty={} attempts={}",
        gap.stream(),
        tally.candles(),
        tally.empty(),
        gap.attempts() + 1);
  }

  private Tally forget(GapState gap) {
    remove(gap.key());
    daysOf(gap.stream()).remove(gap.dayMs());
    heard.remove(gap.key());
    widths.remove(gap.key());
    Tally tally = tallies.remove(gap.key());
    return tally == null ? new Tally(0, 0) : tally;
  }

  private void tally(GapState gap, long candles, long empty) {
    tallies.merge(
        gap.key(),
        new Tally(candles, empty),
        (a, b) -> new Tally(a.candles() + b.candles(), a.empty() + b.empty()));
  }

  private AnswerHistory heard(GapState gap) {
    return heard.getOrDefault(gap.key(), AnswerHistory.NOTHING);
  }

  private AdaptivePageSize width(GapState gap) {
    return widths.computeIfAbsent(gap.key(), key -> new AdaptivePageSize());
  }
}
