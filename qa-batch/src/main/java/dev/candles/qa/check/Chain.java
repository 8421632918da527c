package dev.candles.qa.check;

import java.util.List;

/**
 * What a day's chain of trade ids shows.
 *
 * @param firstOpenMs open time of the first candle with ids, epoch ms, UTC; {@link Finding#NO_TIME}
 *     if there is none
 * @param firstId its first id
 * @param lastOpenMs open time of the last candle with ids
 * @param lastId the highest id so far
 * @param lastFile the file of the last candle
 * @param edgesJoin whether the day's first and last candles both carry ids, so that its neighbours
 *     can be joined to it
 * @param firstRebuilt whether the first candle was rebuilt by id: an id missing beside it may not
 *     exist
 * @param lastRebuilt whether the last one was
 * @param pairs neighbours that both carry ids
 * @param without neighbours of which one has none
 * @param doubts breaks, as far as no minutes are missing there
 */
public record Chain(
    long firstOpenMs,
    long firstId,
    long lastOpenMs,
    long lastId,
    String lastFile,
    boolean edgesJoin,
    boolean firstRebuilt,
    boolean lastRebuilt,
    long pairs,
    long without,
    List<Doubt> doubts) {
  /** Of a day without a candle that has ids. */
  public static final Chain NONE =
      new Chain(Finding.NO_TIME, 0, Finding.NO_TIME, 0, "", false, false, false, 0, 0, List.of());
}
