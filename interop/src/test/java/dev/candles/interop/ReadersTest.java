package dev.candles.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Engines in Python and for Node read a lake by the code that docs/READING.md shows. They are
 * installed below {@code target/}; where Python, Node or the network is missing, they are skipped.
 */
class ReadersTest {
  private static final Path BASH = Path.of("/bin/bash");
  private static final int SKIPPED = 77;

  /** A slow network may take this long to bring what an engine needs. */
  private static final long MINUTES = 15;

  @TempDir private static Path folder;

  @BeforeAll
  static void write() throws IOException {
    ReadersLake.write(folder);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "duckdb-1.5",
        "duckdb-2.0",
        "pandas",
        "pyarrow",
        "fastparquet",
        "polars",
        "hyparquet",
        "parquet-wasm"
      })
  void itReadsWhatWasWritten(String engine) throws Exception {
    assumeTrue(Files.exists(BASH), "there is no /bin/bash here");
    Path out = folder.resolve(engine + ".txt");
    Process process =
        new ProcessBuilder(
                BASH.toString(),
                ReadingPage.ROOT.resolve("interop/run").toString(),
                "--in",
                folder.toString(),
                engine)
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    try {
      assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES)).as("ends").isTrue();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    String said = Files.readString(out);
    assumeTrue(process.exitValue() != SKIPPED, said);
    assertThat(process.exitValue()).as(said).isZero();
    assertThat(said).contains("equal: ");
  }
}
