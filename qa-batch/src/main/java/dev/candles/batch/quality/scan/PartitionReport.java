package dev.candles.batch.quality.scan;

import dev.candles.batch.quality.check.Chain;
import dev.candles.batch.quality.check.ConditionalFinding;
import dev.candles.batch.quality.check.Finding;
import dev.candles.core.candle.FlatRow;
import dev.candles.core.coverage.Intervals;
import dev.candles.lake.layout.Partition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

  /** The same in pieces that can travel: all but the first hold files only. */
  public List<PartitionReport> pieces() {
    if (files.size() <= FILES_PER_PIECE) {
      return List.of(this);
    }
    List<PartitionReport> pieces = new ArrayList<>();
    pieces.add(with(files.subList(0, FILES_PER_PIECE)));
    PartitionReport empty = unseen(id());
    for (int from = FILES_PER_PIECE; from < files.size(); from += FILES_PER_PIECE) {
      int to = Math.min(from + FILES_PER_PIECE, files.size());
      pieces.add(empty.with(files.subList(from, to)));
    }
    return pieces;
  }

  /**
   * The reports whose pieces these are.
   *
   * @param pieces those of one report in their order, those of others anywhere between
   */
  public static List<PartitionReport> together(Collection<PartitionReport> pieces) {
    Map<String, PartitionReport> heads = new LinkedHashMap<>();
    Map<String, List<FileFact>> files = new HashMap<>();
    for (PartitionReport piece : pieces) {
      heads.putIfAbsent(piece.partition(), piece);
      files.computeIfAbsent(piece.partition(), id -> new ArrayList<>()).addAll(piece.files());
    }
    return heads.values().stream()
        .map(head -> head.with(files.getOrDefault(head.partition(), List.of())))
        .toList();
  }

  private PartitionReport with(List<FileFact> others) {
    return new PartitionReport(
        partition,
        standing,
        rows,
        presentMs,
        flatMs,
        rolledUpMs,
        List.copyOf(others),
        findings,
        counts,
        doubts,
        chain,
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
