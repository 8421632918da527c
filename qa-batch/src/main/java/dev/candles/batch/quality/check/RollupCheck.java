package dev.candles.batch.quality.check;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.finality.Version;
import dev.candles.core.rollup.Rollup;
import dev.candles.text.Counted;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Check 8: a candle that was rolled up equals the fold of its minutes. One that the venue gave
 * itself is not compared, nor one with a part that is wrong in itself or missing: that is another
 * check's finding. One without any part is in doubt; whether it is wrong {@link LargerStates}
 * tells.
 */
public final class RollupCheck {
  /** Of a volume in quote currency: even if a plain sum is off, {@link Version} allows as much. */
  private static final double CLOSE = 1e-10;

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
    List<Candle> minutes = base.current();
    Intervals present = base.present();
    List<ConditionalFinding> doubts = new ArrayList<>();
    int from = 0;
    for (Candle candle : larger.current()) { // both ascend
      if (candle.evidence() != Evidence.ROLLUP) {
        continue;
      }
      from = next(minutes, from, candle.openTimeMs());
      int to = next(minutes, from, candle.endTimeMs());
      List<Candle> parts = minutes.subList(from, to);
      Intervals range = Intervals.of(candle.openTimeMs(), candle.endTimeMs());
      Intervals held = present.intersect(range);
      boolean allSound =
          held.length() == parts.size() * base.partition().stream().timeframe().millis();
      if (allSound) {
        compare(base, larger, candle, parts, range.minus(held), doubts);
      }
    }
    return doubts;
  }

  /** The first at or after {@code from} that opens no earlier than {@code openMs}. */
  private static int next(List<Candle> ascending, int from, long openMs) {
    int at = from;
    while (at < ascending.size() && ascending.get(at).openTimeMs() < openMs) {
      at++;
    }
    return at;
  }

  private static void compare(
      Day base,
      Day larger,
      Candle candle,
      List<Candle> parts,
      Intervals needed,
      List<ConditionalFinding> doubts) {
    if (isSurelyFold(candle, parts)) {
      return;
    }
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
                "stored %s, fold of %s %s",
                text(candle),
                Counted.of(parts.size(), "part"),
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
            needed.toArray(),
            asOfMs(candle, fold)));
  }

  /**
   * A larger candle is as old as the newest of its minutes. Of the two the checks may have read
   * either one first, while a change came.
   */
  private static long asOfMs(Candle larger, @Nullable Candle fold) {
    return fold == null
        ? larger.receivedAtMs()
        : Math.min(larger.receivedAtMs(), fold.receivedAtMs());
  }

  /**
   * Whether a plain sum already proves that the exact fold is the same, as it nearly always does.
   * The two folds differ in the volume in quote currency alone, by far less than is allowed.
   */
  private static boolean isSurelyFold(Candle candle, List<Candle> parts) {
    Candle rough = Rollup.foldRoughly(candle.stream(), candle.openTimeMs(), parts).orElse(null);
    return rough != null
        && isClose(rough.quoteVolume(), candle.quoteVolume())
        && Version.of(rough).same(Version.of(candle));
  }

  private static boolean isClose(@Nullable Double one, @Nullable Double other) {
    return one == null
        || other == null
        || Math.abs(one - other) <= CLOSE * Math.max(Math.abs(one), Math.abs(other));
  }

  private static String text(Candle c) {
    return String.format(
        Locale.ROOT,
        "o=%s h=%s l=%s c=%s v=%s q=%s n=%s",
        c.open(),
        c.high(),
        c.low(),
        c.close(),
        c.volume(),
        c.quoteVolume(),
        c.tradeCount());
  }
}
