package dev.candles.lake.disk;

import static dev.candles.lake.Samples.BTC;
import static dev.candles.lake.Samples.DAY;
import static dev.candles.lake.Samples.DAY_MILLIS;
import static dev.candles.lake.Samples.MINUTE;
import static dev.candles.lake.Samples.candle;
import static dev.candles.lake.Samples.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.coverage.IntervalState;
import dev.candles.lake.Samples;
import dev.candles.lake.compact.Compactor;
import dev.candles.lake.coverage.CoverageAppender;
import dev.candles.lake.coverage.DayKnowledge;
import dev.candles.lake.forget.Forgetter;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.state.LakeLock;
import dev.candles.lake.state.StateFiles;
import dev.candles.lake.state.ToldAlerts;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that was published stands after the power failed: so must every folder above it. */
class NewFoldersTest {
  @TempDir private Path root;

  private interface Write {
    void run(LakeLayout lake) throws Exception;
  }

  private void flushes(Write write, String... folders) throws Exception {
    try (Flushes flushes = new Flushes()) {
      write.run(new LakeLayout(root));
      assertThat(flushes.below(root)).contains(folders);
    }
  }

  @Test
  void thoseOfTheFirstRevisionsOfADay() throws Exception {
    Samples.write(root, candle(BTC, DAY, 0));
    Samples.write(root, candle(BTC, DAY, 1));
    DayKnowledge over = DayKnowledge.none(DAY + 2 * DAY_MILLIS);
    flushes(
        lake -> {
          var unused = new Compactor(lake).compact(Partition.of(BTC, DAY), over);
        },
        "",
        "revisions",
        "revisions/venue=coinbase/symbol=BTC-USD/timeframe=1m",
        "revisions/venue=coinbase/symbol=BTC-USD/timeframe=1m/date=2026-01-09");
  }

  @Test
  void thoseOfADayOfCoverage() throws Exception {
    flushes(
        lake ->
            new CoverageAppender(lake)
                .append(List.of(row(BTC, DAY, DAY + MINUTE, IntervalState.THROUGH, 1))),
        "",
        "coverage",
        "coverage/date=2026-01-09");
  }

  @Test
  void thoseOfNotes() throws Exception {
    flushes(
        lake -> {
          new ToldAlerts(lake, () -> 5).tell("okx", "ops", new ToldAlerts.Mark(7, 2, "DOWN"));
          TreeMap<String, List<String>> unlisted = new TreeMap<>();
          unlisted.put("A-USDT", List.of());
          new LakeLock(root.toString()).unlisted("okx", unlisted, 5);
          new StateFiles(lake).sign("0".repeat(32));
        },
        "",
        ".state",
        ".state/alerts",
        ".state/unlisted",
        ".state/checkpoints",
        ".state/checkpoints/" + "0".repeat(32));
  }

  @Test
  void thatOfTheNoteOfWhatIsForgotten() throws Exception {
    flushes(
        lake -> new Forgetter(lake).begin(List.of(BTC), LocalDate.of(2026, 1, 9)), "", ".state");
  }
}
