package dev.candles.cli.status;

import dev.candles.cli.status.Concern.Level;
import java.util.List;
import java.util.Locale;

/**
 * How all stands, in a few words.
 *
 * @param level {@code ACT}, {@code MENDED} or {@code WELL}
 */
public record Verdict(String level, String words) {
  private static final String WELL = "WELL";

  /**
   * Of what is wrong.
   *
   * @param fetched intervals that are being fetched
   */
  static Verdict of(List<Concern> concerns, long fetched) {
    long act = concerns.stream().filter(concern -> concern.level() == Level.ACT).count();
    long mended = concerns.stream().filter(concern -> concern.level() == Level.MENDED).count();
    if (act > 0) {
      return new Verdict(Level.ACT.name(), Counted.of(act, "thing") + " for you to do");
    }
    if (mended > 0) {
      return new Verdict(Level.MENDED.name(), Counted.of(mended, "thing") + " in repair");
    }
    return new Verdict(
        WELL,
        fetched == 0
            ? "all is well"
            : String.format(
                Locale.ROOT, "all is well, %s being fetched", Counted.of(fetched, "interval")));
  }
}
