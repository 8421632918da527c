package dev.candles.batch.quality.report;

import dev.candles.batch.quality.scan.FileFact;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.coverage.StateCounts;
import dev.candles.lake.manifest.Sha256;
import java.time.LocalDate;
import java.util.List;

/**
 * What a venue's day (UTC) held when it was looked at: intervals per state, what was found wrong
 * and the hash of every file, under one root hash.
 */
public record Certificate(String venue, LocalDate date, List<Stream> streams) {
  /**
   * One stream of the venue on that day.
   *
   * @param findings how much was found wrong with it, warnings left out
   */
  public record Stream(StreamKey stream, StateCounts counts, long findings, List<FileFact> files) {}

  /** Copies what it is given. */
  public Certificate {
    streams = List.copyOf(streams);
  }

  /**
   * One hash over lines of text, one per fact, so that anyone can make it again, see docs/LAKE.md.
   */
  public String rootSha256() {
    StringBuilder lines = new StringBuilder("certificate " + venue + " " + date + "\n");
    for (Stream stream : streams) {
      StateCounts counts = stream.counts();
      lines.append("stream ").append(stream.stream().id());
      lines.append(" final ").append(counts.finals());
      lines.append(" empty ").append(counts.empty());
      lines.append(" missing ").append(counts.missing());
      lines.append(" unrecoverable ").append(counts.unrecoverable());
      lines.append(" unknown ").append(counts.unknown());
      if (stream.findings() > 0) {
        lines.append(" findings ").append(stream.findings());
      }
      lines.append('\n');
      stream.files().forEach(file -> lines.append(file.line()));
    }
    return Sha256.of(lines.toString());
  }
}
