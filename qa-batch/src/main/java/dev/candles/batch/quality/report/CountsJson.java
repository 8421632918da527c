package dev.candles.batch.quality.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.candles.core.coverage.StateCounts;
import java.io.IOException;
import java.util.Locale;

/** Intervals per state as fields of the object that is being written. */
public final class CountsJson {
  private CountsJson() {}

  /**
   * Writes them with the share that is accounted for, two decimals.
   *
   * @throws IOException if the output cannot be written
   */
  public static void write(JsonGenerator json, StateCounts counts) throws IOException {
    json.writeNumberField("intervals", counts.expected());
    json.writeFieldName("accounted_percent");
    json.writeNumber(String.format(Locale.ROOT, "%.2f", counts.percent(counts.accounted())));
    json.writeNumberField("final", counts.finals());
    json.writeNumberField("verified_empty", counts.empty());
    json.writeNumberField("missing", counts.missing());
    json.writeNumberField("unrecoverable", counts.unrecoverable());
    json.writeNumberField("unknown", counts.unknown());
  }
}
