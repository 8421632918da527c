package dev.candles.lake.state;

import java.io.IOException;

/** Another process or job writes into the lake: trying again is of no use while it does. */
public final class HeldException extends IOException {
  private static final long serialVersionUID = 1;

  HeldException(String message) {
    super(message);
  }
}
