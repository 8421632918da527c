package dev.candles.batch.quality.report;

import dev.candles.batch.quality.check.Finding;
import dev.candles.core.coverage.Newest;
import dev.candles.core.coverage.StateCounts;
import java.util.List;

/**
 * Everything that a daily QA found; reports of any form are made from it.
 *
 * @param lake the root of the lake
 * @param startedAtMs real time at which it began, epoch ms, UTC
 * @param nowMs market time then, epoch ms, UTC
 * @param fromMs start of what was looked at, epoch ms, UTC
 * @param toMs its end, exclusive
 * @param part of what it is
 * @param deep whether sealed partitions were decoded too
 * @param checks in their order
 * @param findings the first of each kind and partition; {@link CheckResult} counts all
 * @param streams by name
 * @param keptCertificates those that were left as they are because what they certify is damaged or
 *     less now, relative to the lake
 */
public record QaReport(
    String lake,
    long startedAtMs,
    long nowMs,
    long fromMs,
    long toMs,
    Part part,
    boolean deep,
    Totals totals,
    List<CheckResult> checks,
    List<Finding> findings,
    List<StreamReport> streams,
    List<String> keptCertificates) {

  /**
   * What was looked at.
   *
   * @param sealed partitions whose files were hashed only
   * @param sealedNow partitions that were sealed by this run
   * @param flatRows intervals whose row says that nobody traded, as older builds wrote silence;
   *     those of sealed partitions are not counted
   */
  public record Totals(
      long partitions,
      long sealed,
      long sealedNow,
      long files,
      long bytes,
      long rows,
      long flatRows) {}

  /**
   * How much of the lake was looked at: what a part of it says is no news of the whole.
   *
   * @param days so many of the newest (UTC); 0 for all
   * @param venues only these, sorted; empty for all
   */
  public record Part(int days, List<String> venues) {
    public static final Part WHOLE = new Part(0, List.of());

    public Part {
      venues = List.copyOf(venues);
    }

    /** Whether it is the whole lake. */
    public boolean isWhole() {
      return days == 0 && venues.isEmpty();
    }
  }

  /** Whether no check found anything wrong; warnings do not count. */
  public boolean passed() {
    return checks.stream().allMatch(CheckResult::passed);
  }

  /** How old the newest of its streams was. */
  public String age() {
    return Newest.line(streams.stream().map(StreamReport::newest).toList(), nowMs);
  }

  /** Intervals per state, all streams together. */
  public StateCounts counts() {
    return streams.stream().map(StreamReport::counts).reduce(StateCounts.NONE, StateCounts::plus);
  }
}
