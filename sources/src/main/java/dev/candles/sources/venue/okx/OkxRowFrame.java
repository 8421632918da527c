package dev.candles.sources.venue.okx;

import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.sources.venue.Decoded;
import dev.candles.sources.venue.Symbols;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The frame that comes all day: one good row, printed to the letter as the venue prints it. It is
 * cut at its quotes, as a JSON parser costs as much as all that is done with its values. Any other
 * text, and any row that would be rejected, is left to {@link OkxFrames#parse}: what is between the
 * quotes is a symbol and numbers here, so that both mean the same.
 */
final class OkxRowFrame {
  private static final String HEAD =
      "{\"arg\":{\"channel\":\"" + OkxFrames.CHANNEL + "\",\"instId\":\"";
  private static final String DATA = "\"},\"data\":[[\"";
  private static final String NEXT = "\",\"";
  private static final String TAIL = "\"]]}";

  /** A row of the longest numbers that are believed has fewer. */
  private static final int MAX_CHARS = 1_000;

  private static final int MAX_CELLS = 9;

  private OkxRowFrame() {}

  /** What the frame says; null if it is another one. */
  static @Nullable Decoded read(String frame, long receivedAtMs) {
    if (frame.length() > MAX_CHARS || !frame.startsWith(HEAD) || !frame.endsWith(TAIL)) {
      return null;
    }
    int symbolEnd = frame.indexOf('"', HEAD.length());
    if (!frame.startsWith(DATA, symbolEnd)) {
      return null; // also where there is no end
    }
    String symbol = frame.substring(HEAD.length(), symbolEnd);
    if (!Symbols.isSpot(symbol)) {
      return null;
    }
    List<@Nullable String> cells = cells(frame, symbolEnd + DATA.length());
    StreamKey stream = new StreamKey(Okx.NAME, symbol, Timeframe.BASE);
    return OkxFrames.said(OkxRow.read(stream, cells, Evidence.VENUE_FLAG, "ws", receivedAtMs));
  }

  /** The texts between quotes from there to the tail; none if they are not so many in a row. */
  private static List<@Nullable String> cells(String frame, int first) {
    List<@Nullable String> cells = new ArrayList<>(MAX_CELLS);
    int end = frame.length() - TAIL.length();
    for (int from = first; from <= end; from += NEXT.length()) {
      int to = frame.indexOf('"', from);
      cells.add(frame.substring(from, to));
      if (to == end) {
        return cells;
      }
      if (!frame.startsWith(NEXT, to) || cells.size() == MAX_CELLS) {
        return List.of();
      }
      from = to;
    }
    return List.of();
  }
}
