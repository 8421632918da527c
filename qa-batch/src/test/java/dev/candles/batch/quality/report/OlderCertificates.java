package dev.candles.batch.quality.report;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.coverage.StateCounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Certificates as a build wrote them that believed what was only claimed. */
public final class OlderCertificates {
  private OlderCertificates() {}

  /** Makes a certificate one that calls what is unknown of a stream empty, and names no finding. */
  public static void allIsWell(Path file, StreamKey claimed) throws IOException {
    Certificate now = CertificateJson.read(file);
    List<Certificate.Stream> streams = new ArrayList<>();
    for (Certificate.Stream stream : now.streams()) {
      StateCounts c = stream.counts();
      StateCounts believed =
          stream.stream().equals(claimed)
              ? new StateCounts(
                  c.finals(), c.empty() + c.unknown(), c.missing(), c.unrecoverable(), 0)
              : c;
      streams.add(new Certificate.Stream(stream.stream(), believed, 0, stream.files()));
    }
    Files.write(file, CertificateJson.encode(new Certificate(now.venue(), now.date(), streams)));
  }
}
