package dev.candles.cli.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * The temporary folder of this JVM, from which native libraries are loaded: Parquet's codec and the
 * store of Flink's state.
 */
public final class TemporaryFolder {
  private TemporaryFolder() {}

  /** Why no library can be loaded from {@code java.io.tmpdir}; empty if one can. */
  public static Optional<String> fault() {
    return fault(Path.of(System.getProperty("java.io.tmpdir")));
  }

  static Optional<String> fault(Path folder) {
    String reason;
    try {
      Path file = Files.createTempFile(folder, "candles-", ".so");
      boolean runs = file.toFile().setExecutable(true) && Files.isExecutable(file);
      Files.delete(file);
      if (runs) {
        return Optional.empty();
      }
      reason = "it is mounted noexec";
    } catch (IOException e) {
      reason = e.toString();
    }
    return Optional.of(
        String.format(
                Locale.ROOT,
                "native libraries cannot be loaded from the temporary folder %s: %s. Name another: ",
                folder,
                reason)
            + "CANDLES_JAVA_OPTS=-Djava.io.tmpdir=DIR");
  }
}
