package dev.candles.core.coverage;

import dev.candles.core.candle.StreamKey;
import java.util.List;

/**
 * The account of a stream by UTC days, with what it lacks: what people are shown of it.
 *
 * @param fromMs start, epoch ms, UTC
 * @param toMs end, exclusive
 * @param newest the newest interval with a candle or a proof of silence
 * @param days ascending, without a hole between the first and the last
 * @param lacking what has neither a candle nor a proof of silence, ascending: open, or given up
 */
public record StreamDays(
    StreamKey stream,
    long fromMs,
    long toMs,
    Newest newest,
    List<Day> days,
    List<GapRecord> lacking) {

  /**
   * A day.
   *
   * @param startMs its midnight, epoch ms, UTC
   */
  public record Day(long startMs, StateCounts counts) {}

  public StreamDays {
    days = List.copyOf(days);
    lacking = List.copyOf(lacking);
  }

  /** Intervals per state of all days. */
  public StateCounts counts() {
    return days.stream().map(Day::counts).reduce(StateCounts.NONE, StateCounts::plus);
  }
}
