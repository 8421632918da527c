package dev.candles.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.cli.advice.Advice;
import dev.candles.cli.cluster.LiveJob;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.GapRecord;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Newest;
import dev.candles.core.coverage.Reason;
import dev.candles.core.coverage.StreamDays;
import dev.candles.core.time.MarketClock;
import dev.candles.core.watch.DiskLevel;
import dev.candles.core.watch.DiskStanding;
import dev.candles.lake.state.UnlistedSymbols;
import dev.candles.lake.view.LakeLook;
import dev.candles.lake.view.LakeUsage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A status of one stream, of which a test says what is wrong. */
abstract class ConcernFixture {
  static final StreamKey BTC = new StreamKey("okx", "BTC-USDT", Timeframe.M1);
  static final long NOON = Instant.parse("2026-03-02T12:00:00Z").toEpochMilli();
  static final long MINUTE = 60_000;

  LiveJob.Found found = running();
  QaLook qa = QaLook.NOTHING;
  DiskStanding disk = standing(DiskLevel.ROOMY, -1);
  Optional<String> halfForgotten = Optional.empty();
  long checkpointMs = NOON - MINUTE;
  long newestMs = NOON - MINUTE;
  long unreadable;
  final List<GapRecord> gaps = new ArrayList<>();
  Map<String, Duration> repairsTake = Map.of();
  MarketClock clock = MarketClock.real();
  Advice advice = Advice.PLAIN;
  boolean venuesGone;
  List<UnlistedSymbols.Symbol> unlisted = List.of();

  static LiveJob.Found running(LiveJob.Value... values) {
    return job("RUNNING", 0, values);
  }

  static LiveJob.Found job(String state, long intervalMs, LiveJob.Value... values) {
    return job(state, new LiveJob.Checkpoints(0, 0, intervalMs), values);
  }

  static LiveJob.Found job(String state, LiveJob.Checkpoints checkpoints, LiveJob.Value... values) {
    return job(state, NOON - 60 * MINUTE, checkpoints, values);
  }

  /** One that is there since then, real time, epoch ms. */
  static LiveJob.Found since(long sinceMs) {
    return job("RUNNING", sinceMs, LiveJob.Checkpoints.UNKNOWN);
  }

  private static LiveJob.Found job(
      String state, long sinceMs, LiveJob.Checkpoints checkpoints, LiveJob.Value... values) {
    LiveJob job =
        new LiveJob("1a", state, sinceMs, "x", checkpoints, List.of(values), DiskStanding.UNKNOWN);
    return new LiveJob.Found(Optional.of(job), List.of());
  }

  /** A report of checks that began then, real time, epoch ms. */
  static QaLook qa(long atMs, boolean passed) {
    QaVerdict last = new QaVerdict(Path.of("qa_report.json"), atMs, passed);
    return new QaLook(Optional.of(last), OptionalLong.empty(), OptionalLong.empty());
  }

  static LiveJob.Value value(String name, double value) {
    return new LiveJob.Value("okx", name, value, value);
  }

  List<Concern> concerns() {
    return Concerns.of(status());
  }

  Verdict verdict() {
    return Verdict.of(status(), concerns());
  }

  Status status() {
    StreamDays stream =
        new StreamDays(BTC, NOON - 999 * MINUTE, NOON, new Newest(BTC, newestMs), List.of(), gaps);
    return new Status(
        Path.of("lake"),
        clock,
        found,
        new LakeLook(List.of(stream), NOON, unreadable),
        new LakeUsage(100, 0, 0),
        disk,
        qa,
        halfForgotten,
        unlisted,
        checkpointMs,
        repairsTake,
        advice,
        venuesGone,
        NOON);
  }

  Concern only() {
    assertThat(concerns()).hasSize(1);
    return concerns().get(0);
  }

  void gap(IntervalState state, Reason reason, long openedAtMs) {
    long closedAtMs = state == IntervalState.UNRECOVERABLE ? openedAtMs : 0;
    gaps.add(
        new GapRecord(
            BTC,
            NOON - 90 * MINUTE,
            NOON - 80 * MINUTE,
            state,
            reason,
            null,
            openedAtMs,
            closedAtMs));
  }

  /** Another one, noted an hour ago. */
  void missing(Timeframe timeframe, long fromMs, long toMs) {
    StreamKey stream = BTC.in(timeframe);
    Reason reason = timeframe == Timeframe.BASE ? Reason.NOT_CLOSED : Reason.BASE;
    IntervalState missing = IntervalState.MISSING;
    gaps.add(new GapRecord(stream, fromMs, toMs, missing, reason, null, NOON - 60 * MINUTE, 0));
  }

  static DiskStanding standing(DiskLevel level, long fullInMs) {
    return new DiskStanding(level, 812_000_000, 4_000_000_000L, fullInMs, true);
  }
}
