package dev.candles.batch.quality.check;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.finality.Version;
import dev.candles.core.rollup.Rollup;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Check 8: a candle that was rolled up equals the fold of its minutes. One that the venue gave
 * itself is not compared, nor one with a part that is wrong in itself or missing: that is another
 * check's finding. One without any part is in doubt; whether it is wrong {@link LargerStates}
 * tells.
 */
public final class RollupCheck {
  private RollupCheck() {}

  /**
   * Whether a day of a larger timeframe can be judged only beside its minutes: one candle of it was
   * rolled up. A day of candles that the venue gave itself needs none.
   */
  public static boolean needsBase(Day larger) {
    return Stream.concat(larger.rows().stream(), larger.revisions().stream())
        .anyMatch(row -> Evidence.ROLLUP.name().equals(row.candle().evidence()));
  }

  /** What differs between a day of minutes and the same day of a larger timeframe. */
  public static List<ConditionalFinding> of(Day base, Day larger) {
    TreeMap<Long, Candle> minutes = new TreeMap<>();
    base.current().forEach(candle -> minutes.put(candle.openTimeMs(), candle));
    Intervals present = base.present();
    List<ConditionalFinding> doubts = new ArrayList<>();
    for (Candle candle : larger.current()) {
      if (candle.evidence() != Evidence.ROLLUP) {
        continue;
      }
      Intervals range = Intervals.of(candle.openTimeMs(), candle.endTimeMs());
      Intervals held = present.intersect(range);
      List<Candle> parts =
          List.copyOf(minutes.subMap(candle.openTimeMs(), candle.endTimeMs()).values());
      boolean allSound =
          held.length() == parts.size() * base.partition().stream().timeframe().millis();
      if (allSound) {
        compare(base, larger, candle, parts, range.minus(held), doubts);
      }
    }
    return doubts;
  }

  private static void compare(
      Day base,
      Day larger,
      Candle candle,
      List<Candle> parts,
      Intervals needed,
      List<ConditionalFinding> doubts) {
    Candle fold = Rollup.fold(candle.stream(), candle.openTimeMs(), parts).orElse(null);
    if (fold != null && Version.of(fold).same(Version.of(candle))) {
      return;
    }
    FindingType kind = fold == null ? FindingType.ROLLUP_OF_NOTHING : FindingType.ROLLUP_DIFFERS;
    String value =
        fold == null
            ? "no part has a candle, close=" + candle.close()
            : String.format(
                Locale.ROOT,
                "stored %s, fold of %d parts %s",
                text(candle),
                parts.size(),
                text(fold));
    doubts.add(
        new ConditionalFinding(
            new Finding(
                kind,
                candle.stream().id(),
                larger.fileOf(candle.openTimeMs()),
                candle.openTimeMs(),
                value),
            base.partition().stream().id(),
            needed.toArray()));
  }

  private static String text(Candle c) {
    return String.format(
        Locale.ROOT,
        "o=%s h=%s l=%s c=%s v=%s n=%s",
        c.open(),
        c.high(),
        c.low(),
        c.close(),
        c.volume(),
        c.tradeCount());
  }
}
