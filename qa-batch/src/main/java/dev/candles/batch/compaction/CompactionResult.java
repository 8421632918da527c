package dev.candles.batch.compaction;

import dev.candles.lake.compact.Outcome;
import dev.candles.lake.layout.Partition;

/** An {@link Outcome} that crosses edges. */
public record CompactionResult(
    String partition,
    Outcome.Kind kind,
    long files,
    long filesAfter,
    long bytes,
    long bytesAfter,
    long duplicates,
    String reason) {

  static CompactionResult of(Outcome outcome) {
    return new CompactionResult(
        outcome.partition().id(),
        outcome.kind(),
        outcome.files(),
        outcome.filesAfter(),
        outcome.bytes(),
        outcome.bytesAfter(),
        outcome.duplicates(),
        outcome.reason());
  }

  Outcome toOutcome() {
    return new Outcome(
        Partition.parse(partition).orElseThrow(),
        kind,
        files,
        filesAfter,
        bytes,
        bytesAfter,
        duplicates,
        reason);
  }
}
