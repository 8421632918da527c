package dev.candles.batch.quality.scan;

import dev.candles.batch.quality.check.Chain;
import dev.candles.batch.quality.check.ChainDoubt;
import dev.candles.batch.quality.check.ConditionalFinding;
import dev.candles.batch.quality.check.Finding;
import dev.candles.core.candle.FlatRow;
import dev.candles.core.coverage.Intervals;
import dev.candles.lake.layout.Partition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What the scan of one partition found. Flat, because it crosses an edge.
 *
 * @param partition its path below a folder of data
 * @param standing how it was looked at
 * @param presentMs flat ranges of the open times that have a candle, epoch ms, UTC
 * @param flatMs those of them whose candle is a {@link FlatRow}, where the rows were read
 * @param rolledUpMs those of them whose candle was rolled up, where the rows were read
 * @param files candles and revisions, by path
 * @param findings the first of each kind
 * @param counts how many there were of each kind
 * @param doubts findings that hold only where no minute is missing
 * @param chain of trade ids; {@link Chain#NONE} unless the rows of a base timeframe were read
 * @param sealable what its verdicts would be sealed with; empty if they cannot be
 */
@SuppressWarnings("ArrayRecordComponent") // flat, and nobody compares reports
public record PartitionReport(
    String partition,
    Standing standing,
    long rows,
    long[] presentMs,
    long[] flatMs,
    long[] rolledUpMs,
    List<FileFact> files,
    List<Finding> findings,
    List<FindingCount> counts,
    List<ConditionalFinding> doubts,
    Chain chain,
    String sealable) {

  /** So many files of one report travel together: what Flink collects has a size limit. */
  static final int FILES_PER_PIECE = 2_000;

  /** And so many doubts and breaks, each of which names a stream, a file and what is wrong. */
  static final int DOUBTS_PER_PIECE = 400;

  /** How a partition was looked at. */
  public enum Standing {
    /** Its files are those that were sealed with all checks passed. */
    SEALED,
    /** Its files are elsewhere; the manifest was believed. */
    ARCHIVED,
    /** Every row was read. */
    READ,
    /** Something could not be read: what is missing here may not be missing. */
    DAMAGED
  }

  /** Of a partition that was gone when it was looked at. */
  public static PartitionReport unseen(Partition partition) {
    return new PartitionReport(
        partition.id(),
        Standing.DAMAGED,
        0,
        new long[0],
        new long[0],
        new long[0],
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Chain.NONE,
        "");
  }

  /** The same in pieces that can travel: all but the first hold the rest of long lists only. */
  public List<PartitionReport> pieces() {
    int count = Math.max(1, pieces(files.size(), FILES_PER_PIECE));
    count = Math.max(count, pieces(doubts.size(), DOUBTS_PER_PIECE));
    count = Math.max(count, pieces(chain.breaks().size(), DOUBTS_PER_PIECE));
    if (count == 1) {
      return List.of(this);
    }
    List<PartitionReport> pieces = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      PartitionReport piece = i == 0 ? this : unseen(id());
      pieces.add(
          piece.with(
              piece(files, i, FILES_PER_PIECE),
              piece(doubts, i, DOUBTS_PER_PIECE),
              piece(chain.breaks(), i, DOUBTS_PER_PIECE)));
    }
    return pieces;
  }

  private static int pieces(int size, int each) {
    return (size + each - 1) / each;
  }

  private static <T> List<T> piece(List<T> all, int number, int each) {
    int from = Math.min(all.size(), number * each);
    return all.subList(from, Math.min(all.size(), from + each));
  }

  /**
   * The reports whose pieces these are.
   *
   * @param pieces those of one report in their order, those of others anywhere between
   */
  public static List<PartitionReport> together(Collection<PartitionReport> pieces) {
    Map<String, List<PartitionReport>> reports = new LinkedHashMap<>();
    for (PartitionReport piece : pieces) {
      reports.computeIfAbsent(piece.partition(), id -> new ArrayList<>()).add(piece);
    }
    return reports.values().stream()
        .map(
            its ->
                its.get(0)
                    .with(
                        all(its, PartitionReport::files),
                        all(its, PartitionReport::doubts),
                        all(its, piece -> piece.chain().breaks())))
        .toList();
  }

  private static <T> List<T> all(
      List<PartitionReport> pieces, Function<PartitionReport, List<T>> part) {
    return pieces.stream().map(part).flatMap(List::stream).toList();
  }

  private PartitionReport with(
      List<FileFact> otherFiles, List<ConditionalFinding> otherDoubts, List<ChainDoubt> breaks) {
    return new PartitionReport(
        partition,
        standing,
        rows,
        presentMs,
        flatMs,
        rolledUpMs,
        List.copyOf(otherFiles),
        findings,
        counts,
        List.copyOf(otherDoubts),
        chain.with(breaks),
        sealable);
  }

  /** Whose report it is. */
  public Partition id() {
    return Partition.parse(partition)
        .orElseThrow(() -> new IllegalStateException("not a partition: " + partition));
  }

  /** The intervals that have a candle. */
  public Intervals present() {
    return Intervals.fromArray(presentMs);
  }

  /** The intervals whose candle says that nobody traded; none of a day that was not read. */
  public Intervals flat() {
    return Intervals.fromArray(flatMs);
  }

  /** The intervals whose candle was rolled up; none of a day that was not read. */
  public Intervals rolledUp() {
    return Intervals.fromArray(rolledUpMs);
  }
}
