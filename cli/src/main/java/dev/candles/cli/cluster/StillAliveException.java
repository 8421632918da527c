package dev.candles.cli.cluster;

import java.io.IOException;

/** Processes are there that do not even heed SIGKILL, or are not known; the message names them. */
final class StillAliveException extends IOException {
  private static final long serialVersionUID = 1L;

  StillAliveException(String message) {
    super(message);
  }
}
