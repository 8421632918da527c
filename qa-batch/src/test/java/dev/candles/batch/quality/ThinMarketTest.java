package dev.candles.batch.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.batch.quality.report.QaReport;
import dev.candles.batch.quality.scan.CoverageRead;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Years of short gaps that have ended are no more to keep in memory than years without one. */
class ThinMarketTest {
  private static final int DAYS = 60;

  @TempDir private Path root;

  @Test
  void theChecksKeepNothingOfAGapThatHasEnded() throws Exception {
    keepNothing(ThinLake.write(root, 1, DAYS));
  }

  @Test
  void norOfOneThatWasFilledWithAllOthersOnOneDay() throws Exception {
    keepNothing(ThinLake.writeFilled(root, 1, DAYS));
  }

  private void keepNothing(long rows) throws Exception {
    assertThat(rows).isGreaterThan(DAYS * 900);
    QaReport report = PlainQa.run(root);
    CoverageRead read = new CoverageRead(root, stream -> true, Long.MIN_VALUE);
    assertThat(objects()).isLessThan(rows / 10);
    assertThat(report.passed()).isTrue();
    assertThat(read.streams()).hasSize(3);
    assertThat(report.streams())
        .filteredOn(stream -> stream.stream().equals(ThinLake.market(0)))
        .singleElement()
        .matches(stream -> stream.gaps().leftOut() == DAYS * 480 - 500)
        .matches(stream -> stream.counts().empty() == DAYS * 240)
        .matches(stream -> stream.gaps().repaired().onDay(ThinLake.START) == 480);
  }

  /** How many objects of this program's classes are reachable. */
  private static long objects() throws Exception {
    Object histogram =
        ManagementFactory.getPlatformMBeanServer()
            .invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                "gcClassHistogram",
                new Object[] {new String[0]},
                new String[] {String[].class.getName()});
    return List.of(histogram.toString().split("\n")).stream()
        .map(line -> line.trim().split("\\s+"))
        .filter(columns -> columns.length > 3 && columns[3].startsWith("dev.candles."))
        .mapToLong(columns -> Long.parseLong(columns[1]))
        .sum();
  }
}
