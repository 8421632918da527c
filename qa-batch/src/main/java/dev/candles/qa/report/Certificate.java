package dev.candles.qa.report;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.coverage.StateCounts;
import dev.candles.lake.manifest.Sha256;
import dev.candles.qa.scan.FileFact;
import java.time.LocalDate;
import java.util.List;

/**
 * What a venue's day (UTC) held when it was looked at: intervals per state and the hash of every
 * file, under one root hash.
 */
public record Certificate(String venue, LocalDate date, List<Stream> streams) {
  /** One stream of the venue on that day. */
  public record Stream(StreamKey stream, StateCounts counts, List<FileFact> files) {}

  /** Copies what it is given. */
  public Certificate {
    streams = List.copyOf(streams);
  }

  /**
   * One hash over lines of text, one per fact, so that anyone can make it again, see docs/LAKE.md.
   */
  public String rootSha256() {
    StringBuilder lines = new StringBuilder("certificate %s %s\n".formatted(venue, date));
    for (Stream stream : streams) {
      StateCounts counts = stream.counts();
      lines.append(
          "stream %s final %d empty %d missing %d unrecoverable %d unknown %d\n"
              .formatted(
                  stream.stream().id(),
                  counts.finals(),
                  counts.empty(),
                  counts.missing(),
                  counts.unrecoverable(),
                  counts.unknown()));
      stream.files().forEach(file -> lines.append(file.line()));
    }
    return Sha256.of(lines.toString());
  }
}
