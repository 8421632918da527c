package dev.candles.job.alert;

import java.io.IOException;

/** Who is told of alerts; called by a thread of its own, one alert at a time. */
interface AlertTarget {
  /** A name in a-z, 0-9 and hyphens, which no other target has. */
  String name();

  /**
   * Tells once.
   *
   * @throws IOException if that failed; the message holds no secret
   */
  void tell(Alert alert) throws IOException, InterruptedException;
}
