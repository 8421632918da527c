package dev.candles.sim.tape;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * All trades of one market, past and future: the truth from which every channel, REST view and
 * comparison is computed. Deterministic, immutable to its users and safe for many threads; asking
 * for a minute ten years back costs what the last one costs.
 */
public interface Tape {

  /** When the market was listed, epoch ms, UTC: there is no trade before. */
  long listedMs();

  /** Whether the market is open at a time, epoch ms, UTC: from its listing on. */
  default boolean isOpen(long timeMs) {
    return timeMs >= listedMs();
  }

  /** Decimals of the smallest price step. */
  int priceScale();

  /** Decimals of the smallest size step. */
  int sizeScale();

  /** Trades in {@code [minuteMs, minuteMs + 60 s)}, ascending by id and time. */
  List<Trade> minute(long minuteMs);

  /** The newest trade before {@code timeMs} (epoch ms, exclusive), or empty if there is none. */
  Optional<Trade> lastBefore(long timeMs);

  /** Open time (epoch ms) of the minute that holds trade {@code id}, or empty if none does. */
  OptionalLong minuteOf(long id);

  /** A random market; the same arguments always give the same trades. */
  static Tape random(long seed, String venue, String symbol) {
    return random(seed, venue, symbol, RandomMarket.of(symbol));
  }

  /** A random market of a given character. */
  static Tape random(long seed, String venue, String symbol, RandomMarket market) {
    return new RandomTape(seed, venue, symbol, market);
  }

  /**
   * A recorded series of candles, turned into trades that give back exactly its candles.
   *
   * @param file CSV, or CSV.gz, with a header; see {@link RecordedSeries#read}
   * @throws IOException if it cannot be read or is no such series; the message names the line
   */
  static Tape recorded(Path file) throws IOException {
    return new RecordedTape(RecordedSeries.read(file));
  }
}
