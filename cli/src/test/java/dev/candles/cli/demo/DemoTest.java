package dev.candles.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.sim.fault.Fault;
import dev.candles.sim.fault.FaultKind;
import dev.candles.sim.fault.Faults;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the demo prints. */
class DemoTest {
  @Test
  void theTableOfFaultsHasTheKindsThatAreMadeAndNoOther() {
    List<Fault> planned = DemoFaults.of(DemoPlan.SCOPE.venues(), Long.MAX_VALUE);
    String table = FaultTable.of(new Faults(planned, 1, 0), planned, DemoPlan.SCOPE.venues());
    List<String> kinds = table.lines().skip(1).map(line -> line.split(" ")[0]).toList();
    assertThat(kinds)
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(
            planned.stream().map(fault -> fault.kind().label()).distinct().toList());
  }

  @Test
  void aFaultIsCountedWhereItIsMadeAndADashElsewhere() {
    List<Fault> planned =
        List.of(Fault.chance(FaultKind.CUT, "okx", 1), Fault.chance(FaultKind.DROP, "kraken", 1));
    Faults faults = new Faults(planned, 1, 0);
    faults.count(FaultKind.CUT, "okx");
    assertThat(FaultTable.of(faults, planned, List.of("kraken", "okx")).lines())
        .map(line -> line.replaceAll(" +", " "))
        .containsExactly("faults injected kraken okx", "drop 0 -", "cut - 1");
  }

  @Test
  void theStopIsToldInWords() {
    assertThat(Demo.stopped("INFO: event=stopped savepoint=/a b/sp-1 streams=45 took_ms=903"))
        .isEqualTo("it stopped with a savepoint in 0.9 s");
    assertThat(Demo.stopped("ERROR: event=stopped savepoint=none streams=45 took_ms=60100"))
        .isEqualTo("it stopped without a savepoint in 60.1 s");
    assertThat(Demo.stopped("")).isEqualTo("it did not stop in time");
  }

  @Test
  void whatToTypeIsSaidOfEachCommandWithTheLakeOfTheDemo() {
    DemoPlan plan = DemoPlan.of(1_767_960_000_000L, 60, 2, 1);
    List<String> lines = FollowUp.lines(Path.of("/lake"), plan);
    assertThat(lines.stream().filter(line -> line.startsWith("  ./candles ")))
        .hasSameSizeAs(FollowUp.values())
        .allMatch(line -> line.contains(" --config '/lake/.demo/config.yaml'"));
    assertThat(String.join("\n", lines))
        .contains("./candles status --config", "./candles qa --report '/lake/.demo/qa_report.json'")
        .contains("./candles gaps --to 2026-01-09T", "pip install duckdb");
  }
}
