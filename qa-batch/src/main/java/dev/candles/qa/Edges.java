package dev.candles.qa;

import dev.candles.lake.layout.Partition;
import dev.candles.qa.check.Chain;
import dev.candles.qa.check.Doubt;
import dev.candles.qa.check.Finding;
import dev.candles.qa.check.Kind;
import dev.candles.qa.scan.PartitionReport;
import dev.candles.qa.scan.PartitionReport.Standing;
import dev.candles.qa.scan.Unit;
import dev.candles.qa.scan.UnitScan;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Joins the chains of two days. The border between two sealed days was judged when the later of
 * them was sealed; where only one is sealed, its rows are read.
 */
final class Edges {
  private final UnitScan scan;
  private final Map<String, Chain> read = new HashMap<>();

  /**
   * @param root of the lake
   */
  Edges(Path root) {
    this.scan = new UnitScan(root, true);
  }

  /** What is wrong at the border, if no minute is missing there. */
  Optional<Doubt> join(PartitionReport before, PartitionReport after) {
    boolean believed = before.standing() == Standing.SEALED && after.standing() == Standing.SEALED;
    if (believed || !readable(before) || !readable(after)) {
      return Optional.empty();
    }
    Chain one = chain(before);
    Chain next = chain(after);
    boolean joined = next.firstId() <= one.lastId() + 1;
    boolean rebuilt = one.lastRebuilt() && next.firstRebuilt();
    if (!one.edgesJoin() || !next.edgesJoin() || joined || rebuilt) {
      return back(one, next, after);
    }
    String value = "ids %d to %d are missing".formatted(one.lastId() + 1, next.firstId() - 1);
    return Optional.of(doubt(Kind.CHAIN_HOLE, one, next, after, value));
  }

  /** Trades may lie a little across midnight; a whole day cannot. */
  private static Optional<Doubt> back(Chain one, Chain next, PartitionReport after) {
    if (!one.edgesJoin() || !next.edgesJoin() || next.lastId() >= one.lastId()) {
      return Optional.empty();
    }
    String value = "id %d after %d".formatted(next.firstId(), one.lastId());
    return Optional.of(doubt(Kind.CHAIN_BACK, one, next, after, value));
  }

  private static Doubt doubt(
      Kind kind, Chain one, Chain next, PartitionReport after, String value) {
    Partition day = after.id();
    long fromMs = one.lastOpenMs() + day.stream().timeframe().millis();
    long toMs = next.firstOpenMs();
    return new Doubt(
        new Finding(kind, day.stream().id(), "", toMs, value),
        day.stream().id(),
        fromMs < toMs ? new long[] {fromMs, toMs} : new long[0]);
  }

  private static boolean readable(PartitionReport report) {
    return report.standing() == Standing.READ || report.standing() == Standing.SEALED;
  }

  private Chain chain(PartitionReport report) {
    return report.standing() == Standing.READ
        ? report.chain()
        : read.computeIfAbsent(report.partition(), id -> read(report.id()));
  }

  private Chain read(Partition partition) {
    Unit alone = new Unit(List.of(partition.stream().id()), partition.date().toEpochDay());
    return scan.scan(alone).stream().findFirst().map(PartitionReport::chain).orElse(Chain.NONE);
  }
}
