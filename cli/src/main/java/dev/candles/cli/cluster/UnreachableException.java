package dev.candles.cli.cluster;

import java.io.IOException;

/** A cluster does not answer, or not as one does; the message says which and why. */
class UnreachableException extends IOException {
  private static final long serialVersionUID = 1L;

  UnreachableException(String message, Throwable cause) {
    super(message, cause);
  }
}
