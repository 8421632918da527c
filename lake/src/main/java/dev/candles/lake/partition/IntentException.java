package dev.candles.lake.partition;

import java.io.IOException;
import java.nio.file.Path;

/** A note of a compaction that was under way, which cannot be believed. */
public final class IntentException extends IOException {
  IntentException(Path file, Throwable cause) {
    super("intent cannot be believed: file=" + file + ", error=" + cause.getMessage(), cause);
  }
}
