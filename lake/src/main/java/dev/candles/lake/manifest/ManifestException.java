package dev.candles.lake.manifest;

import java.io.IOException;
import java.nio.file.Path;

/** A manifest that could be loaded but cannot be believed; the message names file and problem. */
public final class ManifestException extends IOException {
  ManifestException(Path file, Throwable cause) {
    super("manifest cannot be believed: file=" + file + ", error=" + cause.getMessage(), cause);
  }
}
