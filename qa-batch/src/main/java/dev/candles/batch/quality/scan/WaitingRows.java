package dev.candles.batch.quality.scan;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.lake.coverage.RowQueue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/**
 * Rows that wait for those with lower numbers. If there are too many, of each stream those with the
 * highest numbers are let go. They are the next part: the same files are read once more for it.
 */
final class WaitingRows {
  private final int most;
  private final Map<StreamKey, Part> parts = new HashMap<>();
  private int size;
  private int mostHeld;

  /**
   * @param most so many rows may wait, and those of one stream in one file
   */
  WaitingRows(int most) {
    this.most = most;
  }

  /**
   * Of one stream: its rows with the numbers {@code [from, to)}; for the largest {@code to} all.
   */
  private static final class Part {
    private final RowQueue rows;
    private long from = Long.MIN_VALUE;
    private long to = Long.MAX_VALUE;

    Part(StreamKey stream) {
      rows = new RowQueue(stream);
    }

    boolean isWhole() {
      return to == Long.MAX_VALUE;
    }

    void next() {
      from = to;
      to = Long.MAX_VALUE;
    }

    boolean has(CoverageRow row) {
      return row.seq() < to || isWhole();
    }
  }

  private Part part(StreamKey stream) {
    return parts.computeIfAbsent(stream, Part::new);
  }

  /**
   * Takes those rows of a file that are of this part.
   *
   * @param rows none of a part before
   */
  void add(StreamKey stream, List<CoverageRow> rows) {
    Part part = part(stream);
    List<CoverageRow> its = rows.stream().filter(part::has).toList();
    part.rows.add(its);
    size += its.size();
    mostHeld = Math.max(mostHeld, size);
    int before = Integer.MAX_VALUE;
    while (size > most && size < before) { // rows of one number stay together, however many
      before = size;
      cut();
    }
  }

  private void cut() {
    size = 0;
    for (Part part : parts.values()) {
      part.to = Math.min(part.to, part.rows.cut());
      size += part.rows.size();
    }
  }

  /** Where the part of a stream begins. */
  long from(StreamKey stream) {
    return part(stream).from;
  }

  /** Where it ends, exclusive, as far as is known yet. */
  long to(StreamKey stream) {
    return part(stream).to;
  }

  /**
   * Gives away rows, those of each stream in order.
   *
   * @param below tells the number below which nothing of a stream will come any more; {@link
   *     Long#MAX_VALUE} if nothing will
   */
  void drain(ToLongFunction<StreamKey> below, Consumer<CoverageRow> action) {
    size = 0;
    parts.forEach(
        (stream, part) -> {
          part.rows.drain(below.applyAsLong(stream), action);
          size += part.rows.size();
        });
  }

  /**
   * Goes on to the next part, when all rows of this one have been given away.
   *
   * @return false if there is none, so that other files can be read
   */
  boolean next() {
    boolean more = parts.values().stream().anyMatch(part -> !part.isWhole());
    if (more) {
      parts.values().forEach(Part::next);
    } else {
      parts.clear();
    }
    return more;
  }

  /** The most rows that ever waited. */
  int mostHeld() {
    return mostHeld;
  }
}
