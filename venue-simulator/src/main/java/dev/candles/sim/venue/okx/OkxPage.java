package dev.candles.sim.venue.okx;

import dev.candles.sim.venue.Refusal;
import dev.candles.sim.venue.SimRequest;

/**
 * Which page of a list is asked: exclusive bounds, newest first (okx.md section 5).
 *
 * @param after only what is older
 * @param before only what is newer; alone it gives the newest page
 * @param limit most rows
 */
record OkxPage(long after, long before, int limit) {

  /** Reads the parameters; a limit above {@code most} is lowered to it. */
  static OkxPage of(SimRequest question, int usual, int most) throws Refusal {
    long limit = number(question, "limit", usual);
    if (limit < 1) {
      throw OkxRefusal.wrong("limit");
    }
    return new OkxPage(
        number(question, "after", Long.MAX_VALUE),
        number(question, "before", Long.MIN_VALUE),
        (int) Math.min(limit, most));
  }

  private static long number(SimRequest question, String name, long absent) throws Refusal {
    if (question.get(name).isEmpty()) {
      return absent;
    }
    try {
      return question.whole(name);
    } catch (NumberFormatException e) {
      throw OkxRefusal.wrong(name);
    }
  }
}
