package dev.candles.batch.quality.report;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a day holds less than was certified. Compaction may give its candles to other files, and
 * a repair may add to them, but an interval that had its final candle never loses it.
 */
final class CertificateLoss {
  private CertificateLoss() {}

  /** The first stream of which fewer final intervals are here than were certified. */
  static Optional<String> of(Certificate certified, Certificate now) {
    Map<String, Long> here = new HashMap<>();
    now.streams().forEach(stream -> here.put(stream.stream().id(), stream.counts().finals()));
    for (Certificate.Stream stream : certified.streams()) {
      String id = stream.stream().id();
      long finals = here.getOrDefault(id, 0L);
      if (finals < stream.counts().finals()) {
        return Optional.of(
            String.format(
                Locale.ROOT,
                "%s: certified %d final intervals, found %d",
                id,
                stream.counts().finals(),
                finals));
      }
    }
    return Optional.empty();
  }
}
