package dev.candles.core.coverage;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Disjoint pieces of coverage rows, by their start: whoever puts one in cuts its place out first.
 */
public final class CoveragePieces {
  private final TreeMap<Long, CoverageRow> pieces = new TreeMap<>();

  /** Takes what lies within {@code [fromMs, toMs)} out, ascending. */
  public List<CoverageRow> cut(long fromMs, long toMs) {
    Map.Entry<Long, CoverageRow> before = pieces.lowerEntry(fromMs);
    if (before != null && before.getValue().toMs() > fromMs) {
      split(before.getValue(), fromMs);
    }
    Map.Entry<Long, CoverageRow> last = pieces.lowerEntry(toMs);
    if (last != null && last.getValue().toMs() > toMs) {
      split(last.getValue(), toMs);
    }
    Map<Long, CoverageRow> range = pieces.subMap(fromMs, toMs);
    List<CoverageRow> inside = new ArrayList<>(range.values());
    range.clear();
    return inside;
  }

  private void split(CoverageRow piece, long atMs) {
    put(piece.over(piece.fromMs(), atMs));
    put(piece.over(atMs, piece.toMs()));
  }

  /** Puts a piece in, where there is none. */
  public void put(CoverageRow piece) {
    pieces.put(piece.fromMs(), piece);
  }

  /** All of them, ascending. */
  public Collection<CoverageRow> all() {
    return pieces.values();
  }

  /** Those that lie in {@code [fromMs, toMs)} or reach into it, ascending. */
  public Collection<CoverageRow> within(long fromMs, long toMs) {
    Map.Entry<Long, CoverageRow> before = pieces.lowerEntry(fromMs);
    boolean reaches = before != null && before.getValue().toMs() > fromMs;
    return pieces.subMap(reaches ? before.getKey() : fromMs, Math.max(fromMs, toMs)).values();
  }

  /** How many there are. */
  public int size() {
    return pieces.size();
  }
}
