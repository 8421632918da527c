package dev.candles.cli.embedded;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Objects;

/** Where the code of this program is. */
public final class ProgramCode {
  private ProgramCode() {}

  /** Its jar; the folder of its classes where a build runs it. */
  public static Path here() throws IOException {
    try {
      CodeSource source = ProgramCode.class.getProtectionDomain().getCodeSource();
      return Path.of(Objects.requireNonNull(source).getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IOException("cannot tell where the program is", e);
    }
  }
}
