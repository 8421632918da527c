package dev.candles.batch.quality.check;

import dev.candles.text.Counted;
import java.util.List;
import java.util.Locale;

/**
 * What a day's chain of trade ids shows.
 *
 * @param firstOpenMs open time of the first candle with ids, epoch ms, UTC; {@link Finding#NO_TIME}
 *     if there is none
 * @param firstId its first id
 * @param lastOpenMs open time of the last candle with ids
 * @param lastId the highest id so far
 * @param lastFile the file of the last candle
 * @param beginsWithIds whether the day's first candle carries ids, so that the day before can be
 *     joined to it
 * @param endsWithIds whether its last one does, so that it can be joined to the day after
 * @param head its first candle and those whose ids overlap with it, as the day before sees them
 * @param tail its last one and those, as the day after does
 * @param pairs neighbours that both carry ids
 * @param without neighbours of which one has none
 * @param breaks what its candles alone do not explain
 * @param edges the ids of its first and last candles, and of all between as one, as the days beside
 *     it see them
 */
public record Chain(
    long firstOpenMs,
    long firstId,
    long lastOpenMs,
    long lastId,
    String lastFile,
    boolean beginsWithIds,
    boolean endsWithIds,
    Cluster head,
    Cluster tail,
    long pairs,
    long without,
    List<ChainDoubt> breaks,
    List<CandleIds> edges) {
  private static final long MINUTE_MS = 60_000;

  /** Of a day without a candle that has ids. */
  public static final Chain NONE =
      new Chain(
          Finding.NO_TIME,
          0,
          Finding.NO_TIME,
          0,
          "",
          false,
          false,
          Cluster.NONE,
          Cluster.NONE,
          0,
          0,
          List.of(),
          List.of());

  /** What is broken, as far as no minutes are missing there. */
  public List<ConditionalFinding> doubts() {
    return breaks.stream().map(ChainDoubt::doubt).toList();
  }

  /** The same with other breaks. */
  public Chain with(List<ChainDoubt> others) {
    return new Chain(
        firstOpenMs,
        firstId,
        lastOpenMs,
        lastId,
        lastFile,
        beginsWithIds,
        endsWithIds,
        head,
        tail,
        pairs,
        without,
        List.copyOf(others),
        edges);
  }

  /**
   * What a jump in the ids says, where nothing is missing between two neighbours.
   *
   * @param lastId of the one
   * @param firstId of the next
   * @param silentMs what lies between them
   */
  public static String hole(long lastId, long firstId, long silentMs) {
    String missing =
        String.format(Locale.ROOT, "ids %d to %d are missing", lastId + 1, firstId - 1);
    return silentMs <= 0
        ? missing
        : missing
            + String.format(
                Locale.ROOT,
                ": an emptiness of %s lies between ids %d and %d, which are not neighbours",
                Counted.of(silentMs / MINUTE_MS, "minute"),
                lastId,
                firstId);
  }
}
