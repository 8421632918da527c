package dev.candles.core.health;

import java.util.Locale;

/** Why a venue failed, in the words that alerts use. Stored by name. */
public enum FailureReason {
  /** No answer, pong or handshake in time. */
  TIMEOUT("no answer in time"),
  /** The connection was refused, cut or closed, or the venue answered that it is out of order. */
  CONNECTION_ERROR("refused, cut or out of order"),
  /** The venue asked to slow down. */
  RATE_LIMITED("asked to slow down"),
  /** What came is not in the venue's protocol. */
  PROTOCOL("not in its protocol"),
  /** The connection is open, but its subscriptions send nothing. */
  STALE_SUBSCRIPTION("connected, but silent"),
  /** The venue's clock and ours differ. */
  CLOCK_OFF("clocks differ");

  private final String people;

  FailureReason(String people) {
    this.people = people;
  }

  /** As people read it, like {@code refused, cut or out of order}. */
  public String people() {
    return people;
  }

  /** The word in alerts and logs, like {@code connection_error}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The reason in the error text of a connection or request.
   *
   * @param error one line, as it is logged
   */
  public static FailureReason of(String error) {
    String text = error.toLowerCase(Locale.ROOT);
    if (text.startsWith("no data:")) {
      return STALE_SUBSCRIPTION;
    }
    if (text.startsWith("no pong:")
        || text.startsWith("no handshake:")
        || text.matches("no (answer|connection) (in time|within \\d+ m?s)")
        || text.contains("timed out")
        || text.contains("timeout")) {
      return TIMEOUT;
    }
    if (text.startsWith("throttled:")
        || text.contains("status code received: 429")
        || text.contains("status=429")) {
      return RATE_LIMITED;
    }
    if (text.contains("status code received:")) {
      return CONNECTION_ERROR; // the library says 1002 where the venue refuses by HTTP
    }
    // WebSocket close codes of a protocol error, data not accepted, bad data, a frame too large
    return text.matches("closed: code=(1002|1003|1007|1009)\\b.*") ? PROTOCOL : CONNECTION_ERROR;
  }
}
