package dev.candles.batch.quality.check;

import dev.candles.core.coverage.Intervals;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Check 1: a plain reader sees each key once; of revisions, each version once. */
public final class UniqueKeys implements DayCheck {
  private record Version(long openTimeMs, int revision) {}

  @Override
  public void check(Day day, Findings findings) {
    if (!ascends(day.rows())) {
      keys(day, findings);
    }
    revisions(day, day.revisions(), findings);
  }

  /** Whether each row is later than the one before: then, as in a compacted day, none is double. */
  private static boolean ascends(List<Day.Row> rows) {
    for (int i = 1; i < rows.size(); i++) {
      if (rows.get(i).candle().openTimeMs() <= rows.get(i - 1).candle().openTimeMs()) {
        return false;
      }
    }
    return true;
  }

  private static void keys(Day day, Findings findings) {
    Map<Long, Day.Row> seen = new HashMap<>();
    for (Day.Row row : day.rows()) {
      Day.Row first = seen.putIfAbsent(row.candle().openTimeMs(), row);
      if (first != null) {
        FindingType kind = same(first, row) ? FindingType.DUPLICATE : FindingType.CONFLICT;
        day.report(kind, row, "also in " + first.file() + values(first, row), findings);
      }
    }
  }

  /**
   * Rows beside those of a manifest whose files are elsewhere, where a plain reader finds them too.
   *
   * @param sealed the intervals of which the manifest has a candle
   */
  public static void beside(Day later, Intervals sealed, Findings findings) {
    for (Day.Row row : later.rows()) {
      if (sealed.contains(row.candle().openTimeMs())) {
        later.report(FindingType.DUPLICATE, row, "also in what was archived", findings);
      }
    }
  }

  private static void revisions(Day day, List<Day.Row> revisions, Findings findings) {
    Map<Version, Day.Row> seen = new HashMap<>();
    for (Day.Row row : revisions) {
      Version version = new Version(row.candle().openTimeMs(), row.candle().revision());
      Day.Row first = seen.putIfAbsent(version, row);
      if (first != null) {
        String value =
            String.format(Locale.ROOT, "revision %d also in %s", version.revision, first.file());
        day.report(FindingType.DUPLICATE_REVISION, row, value, findings);
      }
    }
  }

  /** A candle that is received again is no other one. */
  private static boolean same(Day.Row one, Day.Row other) {
    return one.candle().receivedAt(0).equals(other.candle().receivedAt(0));
  }

  private static String values(Day.Row first, Day.Row row) {
    return same(first, row)
        ? ""
        : String.format(
            Locale.ROOT,
            ": close %s and %s, volume %s and %s",
            first.candle().close(),
            row.candle().close(),
            first.candle().volumes().base(),
            row.candle().volumes().base());
  }
}
