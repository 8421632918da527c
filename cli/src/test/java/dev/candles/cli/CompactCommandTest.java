package dev.candles.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The files come from DuckDB, as a lake that was copied with another tool would. */
class CompactCommandTest {
  @TempDir Path root;
  private int code;

  @BeforeEach
  void fill() throws Exception {
    for (String symbol : new String[] {"BTC-USD", "ETH-USD"}) {
      Path day = day(symbol);
      Files.createDirectories(day);
      for (int file = 0; file < 3; file++) {
        write(day.resolve("c-" + file + ".parquet"), file);
      }
    }
  }

  private Path day(String symbol) {
    return root.resolve(
        "candles/venue=coinbase/symbol=" + symbol + "/timeframe=1m/date=2026-01-09");
  }

  private static void write(Path file, int minute) throws SQLException {
    String row =
        "select %d::bigint as open_time_ms, 1.0::double as open, 2.0::double as high,"
                .formatted(1_767_916_800_000L + minute * 60_000L)
            + " 0.5::double as low, 1.5::double as close, 3.0::double as volume,"
            + " null::double as quote_volume, 7::bigint as trade_count,"
            + " null::bigint as first_trade_id, null::bigint as last_trade_id,"
            + " true as is_closed, 'REST' as evidence, 'rest' as source, 0::int as revision,"
            + " 5::bigint as received_at_ms";
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        var statement = connection.createStatement()) {
      statement.execute("copy (" + row + ") to '" + file + "' (format parquet)");
    }
  }

  private String candles(String... args) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    CommandLine command = Candles.commandLine().setOut(out).setErr(out);
    code = command.execute(args);
    out.flush();
    return text.toString();
  }

  private long files(String symbol) throws IOException {
    try (Stream<Path> files = Files.list(day(symbol))) {
      return files.filter(file -> file.toString().endsWith(".parquet")).count();
    }
  }

  @Test
  void theRunbooksLinesAreSaidAndABadPartitionIsRefused() throws IOException {
    Path bad = Files.createFile(day("ETH-USD").resolve("c-bad.parquet"));
    String first = candles("compact", "--all", "--data-dir", root.toString());
    assertThat(first)
        .contains("[3/3] Running compaction...")
        .contains("  - coinbase/BTC-USD/1m/2026-01-09: ✓ 3 files → 1 file")
        .contains("  - coinbase/ETH-USD/1m/2026-01-09: ✗ UnreadableFileException")
        .contains(bad.toString())
        .contains("✗ Compaction complete but for 1, which were left untouched");
    assertThat(code).isEqualTo(1);
    assertThat(files("BTC-USD")).isEqualTo(1);
    assertThat(files("ETH-USD")).isEqualTo(4);

    Files.delete(bad);
    String second = candles("compact", "--all", "--data-dir", root.toString());
    assertThat(second)
        .contains("1 to compact, 1 unchanged, 0 not closed yet")
        .contains("  - coinbase/ETH-USD/1m/2026-01-09: ✓ 3 files → 1 file")
        .contains("1 partition: 3 files → 1 file")
        .endsWith("✓ Compaction complete\n");
    assertThat(code).isZero();

    assertThat(candles("compact", "--all", "--data-dir", root.toString()))
        .contains("0 to compact, 2 unchanged")
        .contains("✓ Compaction complete");

    Path archive = root.resolveSibling(root.getFileName() + "-archive");
    assertThat(candles("archive", "--before=2026-01-10", "--to=" + archive, "--data-dir=" + root))
        .startsWith("WARNING: --to is on the disk of the lake, so nothing is freed there: ")
        .contains("  - coinbase/BTC-USD/1m/2026-01-09: ✓")
        .contains("✓ 2 of 2 partitions moved to ");
    assertThat(code).isZero();
    assertThat(files("BTC-USD")).isZero();
  }

  @Test
  void onlyWhatIsAskedForIsCompacted() throws IOException {
    String data = "--data-dir=" + root;
    assertThat(candles("compact", data))
        .contains("say which partitions: --all for every one, or one of --venue");
    assertThat(code).isEqualTo(2);
    assertThat(candles("compact", data, "--symbol=BTC-EUR")).contains("the lake has BTC-USD");
    assertThat(code).isEqualTo(2);
    assertThat(candles("compact", data, "--all", "--from=2026-01-10", "--to=2026-01-09"))
        .contains("--to: found '2026-01-09', expected a day from 2026-01-10 on");
    assertThat(candles("compact", data, "--all", "--from=2026-01-10")).contains("0 to compact");
    assertThat(code).isZero();
    assertThat(files("BTC-USD")).isEqualTo(3);
  }

  /** Its folder is there without it, and what is moved into that nobody finds again. */
  @Test
  void anArchiveWhoseDiskIsAwayIsRefused(@TempDir Path disks) throws Exception {
    String data = "--data-dir=" + root;
    Path mount = Files.createDirectories(disks.resolve("mount"));
    Path archive = mount.resolve("old");
    candles("compact", "--all", data);
    String[] words = {"archive", "--before=2026-01-10", "--to=" + archive, data};
    assertThat(candles(words)).contains("✓ 2 of 2 partitions moved to ");

    Files.move(mount, disks.resolve("elsewhere"));
    write(day("BTC-USD").resolve("c-later.parquet"), 7);
    assertThat(candles(words))
        .contains("--to: days of this lake are archived in ")
        .contains("is the disk mounted?");
    assertThat(code).isEqualTo(2);
    assertThat(mount).doesNotExist();
    Files.createDirectories(archive); // as a mount point is
    assertThat(candles(words)).contains("is the disk mounted?");
    assertThat(code).isEqualTo(2);
    assertThat(archive).isEmptyDirectory();
    assertThat(files("BTC-USD")).isEqualTo(1);

    Path other = disks.resolve("other");
    assertThat(candles("archive", "--before=2026-01-10", "--to=" + other, data))
        .as("another place is nobody's mount point")
        .contains("is archived in " + archive.toRealPath());
  }

  @Test
  void theArchiveDoesNotLieInTheLake() {
    assertThat(
            candles(
                "archive",
                "--before=2026-01-10",
                "--to=" + root.resolve("old"),
                "--data-dir=" + root))
        .contains("must not lie in each other");
    assertThat(code).isEqualTo(2);
    assertThat(root.resolve("old")).as("nothing is made for what is refused").doesNotExist();
  }
}
