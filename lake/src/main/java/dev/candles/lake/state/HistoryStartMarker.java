package dev.candles.lake.state;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Reason;
import dev.candles.core.lake.StreamInventory;
import dev.candles.core.time.LakeTime;
import dev.candles.lake.coverage.CoverageAppender;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.view.FileLake;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Fixes where the history of new streams starts. Without it the start would follow the clock for as
 * long as a venue cannot be reached, and the minutes in between would be in no file.
 */
final class HistoryStartMarker {
  private HistoryStartMarker() {}

  /**
   * Appends a {@code MISSING} row for each stream of which the lake says nothing yet.
   *
   * @param fromMs start of history, epoch ms, UTC
   * @param nowMs market time now, epoch ms, UTC
   * @return how many streams those are
   * @throws IOException if the lake cannot be read or written, or the clock was never set: a
   *     history that begins in 1970 would stay in the lake
   */
  static int write(LakeLayout layout, List<StreamKey> streams, long fromMs, long nowMs)
      throws IOException {
    if (!LakeTime.isOfASetClock(nowMs)) {
      throw new IOException(
          "the clock of this machine was never set, so no history begins: now="
              + Instant.ofEpochMilli(nowMs));
    }
    List<CoverageRow> rows = new ArrayList<>();
    FileLake lake = new FileLake(layout.root().toString());
    for (StreamInventory held : lake.scan(streams, fromMs, nowMs, nowMs)) {
      if (held.isBlank() && held.fromMs() < held.toMs()) {
        rows.add(missing(held, nowMs));
      }
    }
    if (!rows.isEmpty()) {
      new CoverageAppender(layout).append(rows);
    }
    return rows.size();
  }

  private static CoverageRow missing(StreamInventory held, long nowMs) {
    return new CoverageRow(
        held.stream(),
        held.fromMs(),
        held.toMs(),
        IntervalState.MISSING,
        Reason.HISTORY,
        null,
        1,
        nowMs);
  }
}
