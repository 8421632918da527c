package dev.candles.lake.state;

import java.io.IOException;

/** This process sees another lake than the job writes into: trying again here is of no use. */
public final class UnseenException extends IOException {
  private static final long serialVersionUID = 1;

  UnseenException(String message) {
    super(message);
  }
}
