package dev.candles.cli.drill;

import dev.candles.cli.demo.CollectorProcess;
import dev.candles.cli.demo.Progress;
import dev.candles.cli.drill.GapAudit.Window;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.lake.view.DoubledKeys;
import dev.candles.lake.view.FileLake;
import dev.candles.sim.Simulator;
import dev.candles.sim.truth.LakeCheck;
import dev.candles.sim.truth.LakeComparison;
import dev.candles.text.Counted;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Waits for the repairs and judges the lake by the five pass criteria of the runbook. */
final class Verdict {
  private static final Duration BACKFILL_WITHIN = Duration.ofMinutes(15);
  private static final Duration REPAIRED_WITHIN = Duration.ofMinutes(5);
  private static final Duration CHECKED_WITHIN = Duration.ofMinutes(5);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final int SHOWN = 12;

  private final Path lake;
  private final Path work;
  private final Simulator simulator;
  private final Progress progress;
  private final LakeCheck check;
  private final List<StreamKey> streams = DrillPlan.SCOPE.streams();
  private final long historyMs;
  private final long horizonMs;

  /** Ends the faults: what happened until now is judged. */
  Verdict(Path lake, Path work, Simulator simulator, Progress progress) {
    this.lake = lake;
    this.work = work;
    this.simulator = simulator;
    this.progress = progress;
    this.check = new LakeCheck(simulator.truth(), new FileLake(lake.toString()));
    this.historyMs = DrillPlan.historyMs(simulator.clock());
    long nowMs = simulator.now();
    this.horizonMs = Timeframe.M5.ceil(nowMs + Timeframe.M1.millis());
    simulator.faults().until(nowMs);
    progress.say(Instant.ofEpochMilli(nowMs) + " the faults end; waiting for every repair");
  }

  /** Waits until the lake equals the truth; what it lacks then is told by the criteria. */
  void awaitRepairs(Subject subject) throws Exception {
    long startedNanos = System.nanoTime();
    String state = "waiting for market time " + Instant.ofEpochMilli(horizonMs);
    while (true) {
      Drill.requireNoFault(subject);
      if (simulator.now() >= horizonMs) {
        int accounted = check.accounted(streams, historyMs, horizonMs).size();
        // values are compared only then: it costs more
        long equal = accounted == streams.size() ? compare().equalStreams() : 0;
        if (equal == streams.size()) {
          return;
        }
        state =
            String.format(
                Locale.ROOT,
                "%d of %d streams accounted for, %d equal",
                accounted,
                streams.size(),
                equal);
        if (System.nanoTime() - startedNanos > REPAIRED_WITHIN.toNanos()) {
          progress.say("NOT REPAIRED within " + REPAIRED_WITHIN.toSeconds() + " s: " + state);
          return;
        }
      } else {
        startedNanos = System.nanoTime();
      }
      progress.show(1, state);
      TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
    }
  }

  private LakeComparison compare() throws IOException {
    return check.compare(streams, historyMs, horizonMs);
  }

  /** The criteria, of a lake that nobody writes any more. */
  List<Criterion> criteria(List<Outcome> outcomes) throws Exception {
    List<Window> windows =
        outcomes.stream()
            .map(
                one ->
                    new Window(
                        one.marketMs(),
                        one.marketMs() + simulator.clock().marketDuration(one.runningMs())))
            .toList();
    List<StreamKey> bases =
        streams.stream().filter(stream -> stream.timeframe() == Timeframe.BASE).toList();
    GapAudit gaps = GapAudit.of(bases, GapAudit.read(lake), windows);
    return List.of(gapsNoted(gaps), backfilled(gaps), checked(), unique(), equal());
  }

  private static Criterion gapsNoted(GapAudit gaps) {
    return new Criterion("Gap detector identifies all gaps", gaps.isComplete(), false, gaps.text());
  }

  private static Criterion backfilled(GapAudit gaps) {
    boolean inTime = gaps.longestMs() <= BACKFILL_WITHIN.toMillis();
    return new Criterion(
        "Backfill completes within 15 minutes",
        gaps.open() == 0 && inTime,
        gaps.open() == 0,
        String.format(
            Locale.ROOT,
            "%s open, the longest took %s minutes of market time",
            Counted.of(gaps.open(), "gap"),
            String.format(Locale.ROOT, "%.1f", gaps.longestMs() / 60_000.0)));
  }

  private Criterion checked() throws IOException, InterruptedException {
    Path output = work.resolve("qa.out");
    CollectorProcess qa =
        CollectorProcess.command(
            output,
            "qa",
            "--config",
            Drill.configuration(lake).toString(),
            "--report",
            work.resolve("qa_report.json").toString());
    Optional<Integer> code = qa.ended(CHECKED_WITHIN);
    boolean passed = code.equals(Optional.of(0));
    String last = qa.last("integrity checks").orElse("the checks did not run: " + qa.tail());
    return new Criterion(
        "QA checks all PASS", passed, false, passed ? last : last + "; see " + output);
  }

  private Criterion unique() throws IOException {
    long twice = DoubledKeys.count(lake);
    return new Criterion(
        "No duplicate PKs",
        twice == 0,
        false,
        twice == 1 ? "1 key stands twice in candles/" : twice + " keys stand twice in candles/");
  }

  private Criterion equal() throws IOException {
    LakeComparison comparison = compare();
    StringBuilder found =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "%d of %d streams equal the truth, %s to %s",
                comparison.equalStreams(),
                streams.size(),
                Instant.ofEpochMilli(historyMs),
                Instant.ofEpochMilli(horizonMs)));
    comparison.streams().stream()
        .filter(stream -> !stream.isEqual())
        .limit(SHOWN)
        .forEach(stream -> found.append(differences(stream)));
    return new Criterion(
        "No missing candles in gap window", comparison.isEqual(), false, found.toString());
  }

  private static String differences(LakeComparison.Stream stream) {
    StringBuilder text =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "%n    %s: %d missing, %d wrong, %d invented",
                stream.stream().id(),
                stream.missing(),
                stream.wrong(),
                stream.invented()));
    for (LakeComparison.Difference each : stream.first()) {
      text.append(
          String.format(
              Locale.ROOT,
              "%n      %s expected %s, found %s",
              Instant.ofEpochMilli(each.openTimeMs()),
              each.expected(),
              each.found()));
    }
    return text.toString();
  }
}
