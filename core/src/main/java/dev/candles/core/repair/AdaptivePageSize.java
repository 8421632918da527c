package dev.candles.core.repair;

import dev.candles.core.repair.GapState.Page;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How many rows are asked for at a time of one stream-day: half as many after a page that nobody
 * can read, down to a single one without its neighbours, and twice as many after one that can be
 * read. So a bad row costs its own interval and no other. Each place, the end of the newest
 * interval that is asked for, remembers its own width; at most one place per open interval. Where
 * {@link #UNREAD_IN_A_ROW} answers in a row teach that no page can be read, pages are whole again:
 * a venue that has changed its format is not asked for each interval alone. Kept in memory, not
 * thread-safe.
 */
public final class AdaptivePageSize {
  /** Unreadable answers in a row after which pages are asked for whole. */
  static final int UNREAD_IN_A_ROW = 100;

  private static final int WIDEST = 1 << 20;

  private final Map<Long, Integer> rowsAt = new HashMap<>();
  private int rowsElsewhere = Integer.MAX_VALUE;
  private int unreadInARow;

  /**
   * The next page of the gap's sweep.
   *
   * @param pageRows most rows that one answer holds
   * @param margin see {@link RowLimit#margin}
   * @param settledToMs see {@link GapState#nextPage}
   * @param wholeMs see {@link GapState#nextPage}
   */
  public Optional<Page> next(
      GapState gap, int pageRows, int margin, long settledToMs, long wholeMs) {
    return gap.nextPage(pageRows, margin, settledToMs, wholeMs)
        .flatMap(
            whole -> {
              int rows = rowsAt.getOrDefault(whole.endMs(), rowsElsewhere);
              return rows < pageRows
                  ? gap.nextPage(rows, margin, settledToMs, wholeMs)
                  : Optional.of(whole);
            });
  }

  /**
   * Takes in that nobody could read the answer to {@code page}.
   *
   * @return whether the same place is asked again at once with fewer rows
   */
  public boolean unreadable(Page page, long stepMs) {
    int rows = Math.max(1, page.rows(stepMs) / 2);
    Integer before = rowsAt.put(page.endMs(), rows);
    rowsElsewhere = rows;
    if (page.rows(stepMs) == 1 && before != null && before == 1) {
      return false; // known before
    }
    if (++unreadInARow > UNREAD_IN_A_ROW) {
      rowsAt.clear();
      rowsElsewhere = Integer.MAX_VALUE;
      return false;
    }
    return page.rows(stepMs) > 1;
  }

  /**
   * Takes in that an answer could be read that reaches only older intervals of its page: the newer
   * ones are asked for next, at the same place and no wider, for a wider page begins at the bad row
   * again.
   */
  public void readableBelow() {
    unreadInARow = 0;
  }

  /** Takes in that the answer to {@code page} could be read. */
  public void readable(Page page, long stepMs) {
    unreadInARow = 0;
    if (rowsElsewhere == Integer.MAX_VALUE && rowsAt.isEmpty()) {
      return;
    }
    rowsElsewhere = 2 * page.rows(stepMs);
    int allowed = Math.min(rowsAt.getOrDefault(page.endMs(), 1), WIDEST); // it may have taken less
    rowsAt.put(page.endMs(), Math.max(rowsElsewhere, 2 * allowed));
  }
}
