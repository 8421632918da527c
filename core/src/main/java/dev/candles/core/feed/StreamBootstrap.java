package dev.candles.core.feed;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.lake.StreamInventory;
import java.util.List;

/**
 * What the lake holds of a stream, told once per attempt before anything live: the lake wins over
 * whatever operators remember within {@code [fromMs, toMs)}. Ranges travel as flat arrays, see
 * {@link Intervals#toArray}.
 *
 * @param unrecoverable what is given up, also before {@code fromMs}, see {@link StreamInventory}
 * @param listedAtMs when the market was listed, as the venue says, else as the lake knows by the
 *     first trade, epoch ms; 0 if neither does
 * @param venueSymbol the venue's own name of the market
 * @param live the evidence of what this stream's live path makes final; {@link Evidence#REST} where
 *     only REST does
 * @param recent candles of the last hours, so that repeats and revisions are recognised
 */
@SuppressWarnings("ArrayRecordComponent") // flat, and nobody compares announcements
public record StreamBootstrap(
    long fromMs,
    long toMs,
    long[] finals,
    long[] empties,
    long[] unrecoverable,
    long seq,
    long listedAtMs,
    String venueSymbol,
    Evidence live,
    List<Candle> recent)
    implements LakeKnowledge {

  /**
   * From a scan.
   *
   * @param listedAtMs when the venue says that the market was listed, epoch ms; 0 if it does not
   *     say
   */
  public static StreamBootstrap of(
      StreamInventory held, long listedAtMs, String venueSymbol, Evidence live) {
    return new StreamBootstrap(
        held.fromMs(),
        held.toMs(),
        held.finals().toArray(),
        held.empties().toArray(),
        held.unrecoverable().toArray(),
        held.seq(),
        listedAtMs > 0 ? listedAtMs : held.listedMs(),
        venueSymbol,
        live,
        held.recent());
  }

  /**
   * Of a lake that holds nothing of a stream, whose history begins now.
   *
   * @param fromMs open time of the stream's first interval, epoch ms, UTC
   */
  public static StreamBootstrap ofNothing(long fromMs, String venueSymbol, Evidence live) {
    long[] none = {};
    return new StreamBootstrap(
        fromMs, fromMs, none, none, none, 0, 0, venueSymbol, live, List.of());
  }

  @Override
  public Intervals unknown() {
    return Intervals.of(fromMs, toMs)
        .minus(Intervals.fromArray(finals))
        .minus(Intervals.fromArray(empties))
        .minus(lost());
  }

  @Override
  public Intervals lost() {
    return Intervals.fromArray(unrecoverable);
  }
}
