package dev.candles.cli.cluster;

/** A cluster answers and knows no job of this id, or no more; the message says which. */
final class UnknownJobException extends UnreachableException {
  private static final long serialVersionUID = 1L;

  UnknownJobException(String message, Throwable cause) {
    super(message, cause);
  }
}
