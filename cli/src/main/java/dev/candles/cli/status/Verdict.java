package dev.candles.cli.status;

import dev.candles.cli.status.Concern.Level;
import dev.candles.text.Counted;
import java.util.List;

/**
 * How all stands, in a few words.
 *
 * @param level {@code ACT}, {@code MENDED} or {@code WELL}
 */
public record Verdict(String level, String words) {
  private static final String WELL = "WELL";

  /** Of what is wrong, and what is being fetched where nothing else is. */
  static Verdict of(Status status, List<Concern> concerns) {
    long act = concerns.stream().filter(concern -> concern.level() == Level.ACT).count();
    long mended = concerns.stream().filter(concern -> concern.level() == Level.MENDED).count();
    if (act > 0) {
      return new Verdict(Level.ACT.name(), Counted.of(act, "thing") + " for you to do");
    }
    if (mended > 0) {
      return new Verdict(Level.MENDED.name(), Counted.of(mended, "thing") + " in repair");
    }
    if (status.venuesGone()) {
      return new Verdict(WELL, "nothing runs: a demo or simulation that has ended");
    }
    return new Verdict(WELL, CatchUp.words(status).orElse("all is well"));
  }
}
