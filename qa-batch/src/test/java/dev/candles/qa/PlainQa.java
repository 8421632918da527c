package dev.candles.qa;

import dev.candles.qa.report.QaReport;
import dev.candles.qa.scan.UnitScan;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.LongStream;

/** The daily QA without Flink, one unit after the other: as the job does it, in less time. */
final class PlainQa {
  private PlainQa() {}

  static QaReport run(Path root) throws Exception {
    return run(root, 0);
  }

  static QaReport run(Path root, int days) throws Exception {
    UnitScan scan = new UnitScan(root, false);
    QaSettings settings = new QaSettings(root, days, false, Set.of(), true);
    QualityRun.Scanner scanner =
        plan ->
            LongStream.range(0, plan.size())
                .mapToObj(plan::unit)
                .flatMap(unit -> scan.scan(unit).stream())
                .toList();
    return new QualityRun(settings, scanner).run(0);
  }
}
