package dev.candles.fuzz;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.repair.RestAnswer;
import dev.candles.core.repair.RestQuery;
import dev.candles.core.time.VenueClock;
import dev.candles.sources.venue.Venue;

/** The body of one REST answer about the first 300 minutes of 2026; a blank chooses the status. */
final class Answers implements Target {
  private static final long FROM_MS = 1_767_225_600_000L;
  private static final long TO_MS = FROM_MS + 300 * 60_000L;
  private static final long RECEIVED_MS = TO_MS + 60_000;

  private final Venue venue;
  private final boolean trades;
  private final RestQuery query;

  private Answers(Venue venue, boolean trades, String path) {
    this.venue = venue;
    this.trades = trades;
    StreamKey stream = new StreamKey(venue.profile().name(), "BTC-USD", Timeframe.BASE);
    this.query = new RestQuery(path, "public", stream, FROM_MS, TO_MS);
  }

  /**
   * An answer about candles.
   *
   * @param path of the question, by which some venues know what they asked
   */
  static Answers candles(Venue venue, String path) {
    return new Answers(venue, false, path);
  }

  /** A page of trades. */
  static Answers trades(Venue venue) {
    return new Answers(venue, true, "/trades");
  }

  @Override
  public void take(byte[] input) {
    int status = Choice.of(input, 200, 404, 429, 500);
    String body = Choice.text(input);
    RestAnswer answer =
        trades
            ? venue.decodeTrades(query, status, body, RECEIVED_MS)
            : venue.decodeCandles(query, venue.profile(), status, body, RECEIVED_MS);
    Proper.answer(answer, query, RECEIVED_MS + VenueClock.MOST_OFF_MS);
  }
}
