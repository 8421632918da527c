package dev.candles.batch.quality.check;

import dev.candles.text.Cut;

/**
 * One thing that is wrong or odd.
 *
 * @param stream {@code venue/symbol/timeframe}, or empty if it is not about one
 * @param file relative to the lake, or empty if it is not about one
 * @param openTimeMs of the first interval concerned, epoch ms, UTC, or {@link #NO_TIME}
 * @param toMs end of the last one, exclusive, epoch ms, UTC; {@code openTimeMs} if there is but one
 * @param value what was found
 */
public record Finding(
    FindingType kind, String stream, String file, long openTimeMs, long toMs, String value) {
  /** In place of an open time: none is concerned. */
  public static final long NO_TIME = Long.MIN_VALUE;

  private static final int LONGEST = 300;

  /** About one interval, or none. */
  public Finding(FindingType kind, String stream, String file, long openTimeMs, String value) {
    this(kind, stream, file, openTimeMs, openTimeMs, value);
  }

  /** Values from outside are cut short. */
  public Finding {
    value = value.length() > LONGEST ? Cut.to(LONGEST, value) + "…" : value;
  }
}
