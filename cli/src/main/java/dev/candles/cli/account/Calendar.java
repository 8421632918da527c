package dev.candles.cli.account;

import dev.candles.core.coverage.StateCounts;
import java.util.List;

/** One character per day: the more lacks, the lower. Pure. */
final class Calendar {
  /** Nothing is expected of that day. */
  static final char OUTSIDE = '·';

  /** No interval of the day has a candle or is proven empty. */
  static final char NOTHING = 'x';

  private static final String PARTIAL = "▁▂▃▄▅▆▇";
  private static final char WHOLE = '█';

  /** Some of its cells. */
  static final String LEGEND = "█ ▅ x ·";

  private Calendar() {}

  static String of(List<StateCounts> days) {
    StringBuilder cells = new StringBuilder(days.size());
    days.forEach(day -> cells.append(cell(day)));
    return cells.toString();
  }

  static char cell(StateCounts day) {
    if (day.expected() == 0) {
      return OUTSIDE;
    }
    if (day.whole() == day.expected()) {
      return WHOLE;
    }
    return day.whole() == 0
        ? NOTHING
        : PARTIAL.charAt((int) (day.whole() * PARTIAL.length() / day.expected()));
  }
}
