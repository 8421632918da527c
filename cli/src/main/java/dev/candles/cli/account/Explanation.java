package dev.candles.cli.account;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Provenance;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.GapHistory;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Reason;
import dev.candles.core.coverage.StreamAccount;
import dev.candles.lake.view.LakeAccounts;
import dev.candles.lake.view.StoredCandle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Everything that the lake knows of one interval. */
public final class Explanation {
  private static final Comparator<CoverageRow> BY_NUMBER =
      Comparator.comparingLong(CoverageRow::seq).thenComparingLong(CoverageRow::atMs);

  private final StreamKey stream;
  private final long openTimeMs;
  private final Path root;
  private final @Nullable IntervalState state;
  private final String unknown;
  private final List<StoredCandle> versions;
  private final Optional<String> archive;
  private final List<CoverageRow> changes;

  private Explanation(
      StreamKey stream,
      long openTimeMs,
      Path root,
      @Nullable IntervalState state,
      String unknown,
      List<StoredCandle> versions,
      Optional<String> archive,
      List<CoverageRow> changes) {
    this.stream = stream;
    this.openTimeMs = openTimeMs;
    this.root = root;
    this.state = state;
    this.unknown = unknown;
    this.versions = versions;
    this.archive = archive;
    this.changes = changes;
  }

  /**
   * Reads the lake.
   *
   * @param openTimeMs of the interval, epoch ms, UTC
   * @param root of the lake; files are named relative to it
   * @throws IOException if the lake cannot be read
   * @throws IllegalArgumentException if there is no such interval
   */
  public static Explanation of(LakeAccounts accounts, StreamKey stream, long openTimeMs, Path root)
      throws IOException {
    List<StoredCandle> versions = accounts.versions(stream, openTimeMs);
    Optional<String> archive = accounts.archive(stream, openTimeMs);
    long endMs = openTimeMs + stream.timeframe().millis();
    Map<StreamKey, List<CoverageRow>> rows = accounts.changes(stream::equals);
    List<CoverageRow> changes =
        GapHistory.told(rows.getOrDefault(stream, List.of())).stream()
            .filter(row -> row.state() != IntervalState.THROUGH)
            .filter(row -> row.fromMs() <= openTimeMs && openTimeMs < row.toMs())
            .sorted(BY_NUMBER)
            .toList();
    Optional<StreamAccount> account =
        accounts.read(stream::equals, openTimeMs, endMs).stream().findFirst();
    IntervalState state = account.flatMap(a -> a.state(openTimeMs)).orElse(null);
    String unknown = state == null ? unknown(accounts, stream, openTimeMs, changes) : "";
    return new Explanation(stream, openTimeMs, root, state, unknown, versions, archive, changes);
  }

  private static String unknown(
      LakeAccounts accounts, StreamKey stream, long openTimeMs, List<CoverageRow> changes)
      throws IOException {
    if (!changes.isEmpty() && changes.get(changes.size() - 1).isRepeatedClaim()) {
      return "called empty because two equal answers said nothing, which proves nothing;"
          + " the collector asks for it again";
    }
    for (StreamAccount all : accounts.read(stream::equals, Long.MIN_VALUE, Long.MAX_VALUE)) {
      if (openTimeMs < all.fromMs() || openTimeMs >= all.toMs()) {
        return String.format(
            Locale.ROOT,
            "outside the stream, which is known from %s to %s",
            CoverageTable.time(all.fromMs()),
            CoverageTable.time(all.toMs()));
      }
    }
    return "no candle and no row of coverage accounts for it";
  }

  /** The lines to print. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(stream.id() + " " + CoverageTable.time(openTimeMs));
    lines.add(
        "state      "
            + IntervalState.nameOf(state)
            + ": "
            + (state == null ? unknown : state.words()));
    if (versions.isEmpty()) {
      holding().ifPresent(row -> because(row, lines));
    } else {
      current(versions.get(versions.size() - 1), lines);
    }
    for (StoredCandle version : versions) {
      lines.add("version    " + text(version.candle()));
      lines.add("           in " + root.relativize(version.file()));
    }
    archive.ifPresent(lake -> lines.add("archived   its candle lies in " + lake));
    for (CoverageRow row : changes) {
      lines.add("change     " + change(row));
    }
    if (changes.isEmpty()) {
      lines.add("change     none noted");
    } else if (state == IntervalState.MISSING) {
      lines.add("attempts   not in the files: the collector's log and metrics count them");
    }
    List<String> legend = legend();
    if (!legend.isEmpty()) {
      lines.add("");
      lines.addAll(legend);
    }
    return lines;
  }

  private Optional<CoverageRow> holding() {
    return changes.stream().filter(row -> row.state() == state).max(BY_NUMBER);
  }

  private static void because(CoverageRow row, List<String> lines) {
    Evidence evidence = row.evidence();
    String why = evidence == null ? "-" : told(evidence);
    boolean noted = row.reason() != Reason.NONE;
    lines.add("reason     " + (noted ? row.reason() + ": " + row.reason().words() : "-"));
    lines.add(
        "evidence   " + (row.isRepeatedClaim() ? "trade ids on both sides are neighbours" : why));
  }

  private static void current(StoredCandle current, List<String> lines) {
    lines.add("evidence   " + told(current.candle().evidence()));
  }

  private static String told(Evidence evidence) {
    return evidence + ": " + evidence.words();
  }

  /** What stands in versions and changes. */
  private List<String> legend() {
    Legend legend = new Legend();
    changes.forEach(row -> legend.add(row.state()));
    changes.forEach(row -> legend.add(row.reason()));
    changes.forEach(row -> legend.add(row.evidence()));
    versions.forEach(version -> legend.add(version.candle().evidence()));
    for (StoredCandle version : versions) {
      Provenance provenance = version.candle().provenance();
      legend.add("source " + provenance.source(), provenance.sourceWords());
    }
    return legend.lines();
  }

  private static String text(Candle c) {
    String ids =
        c.firstTradeId() == null ? "" : ", trade ids " + c.firstTradeId() + ".." + c.lastTradeId();
    return String.format(
        Locale.ROOT,
        "revision %d: open %s high %s low %s close %s volume %s, trades %s%s, evidence %s, source %s, known %s",
        c.revision(),
        c.open(),
        c.high(),
        c.low(),
        c.close(),
        c.volume(),
        c.tradeCount() == null ? "unknown" : c.tradeCount(),
        ids,
        c.evidence(),
        c.provenance().source(),
        CoverageTable.time(c.receivedAtMs()));
  }

  private static String change(CoverageRow row) {
    Evidence evidence = row.evidence();
    return String.format(
        Locale.ROOT,
        "%s  %s%s%s, seq %d, with [%s, %s)",
        CoverageTable.time(row.atMs()),
        row.state(),
        row.reason() == Reason.NONE ? "" : ", reason " + row.reason(),
        evidence == null ? "" : ", evidence " + evidence,
        row.seq(),
        CoverageTable.time(row.fromMs()),
        CoverageTable.time(row.toMs()));
  }
}
