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

  /**
   * Goes on only if a library can be loaded from {@code java.io.tmpdir}.
   *
   * @throws RefusedException if none can; the message says why and names the remedy
   */
  public static void requireUsable() throws RefusedException {
    Optional<String> fault = fault(Path.of(System.getProperty("java.io.tmpdir")));
    if (fault.isPresent()) {
      throw new RefusedException(fault.get());
    }
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
