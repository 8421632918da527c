package dev.candles.cli.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.cli.drill.DrillPlan.Kill;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DrillTableTest {
  private static final long MARKET_MS = Instant.parse("2026-03-01T10:11:12.345Z").toEpochMilli();
  private static final long INTERVAL_MS = 3_000;

  private static Outcome outcome(int number, KillKind kind, boolean freeze, long candleMs) {
    return new Outcome(
        new Kill(number, kind, freeze, 0, 0),
        kind.label() + "-1",
        MARKET_MS,
        4_000,
        4_650,
        candleMs,
        kind.endsAll() ? 5_000 : 0,
        freeze ? candleMs : 0,
        new TreeMap<>(Map.of("jobmanager-1", 280_000_000L, "taskmanager-2", 410_999_999L)));
  }

  @Test
  void aKillIsARowWithTheTimesFromItsSignal() {
    DrillTable table =
        new DrillTable(
            List.of(
                outcome(1, KillKind.TASKMANAGER, false, 18_000),
                outcome(2, KillKind.TASKMANAGER, true, 18_001),
                outcome(3, KillKind.MACHINE, false, 23_000)),
            INTERVAL_MS);

    assertThat(table.kills())
        .containsExactly(
            "KILL  KIND                PROCESS        MARKET TIME           RUNNING  CHECKPOINT"
                + "  CANDLE  -INTERVAL  BOUND     RSS MB",
            "   1  taskmanager         taskmanager-1  2026-03-01T10:11:12Z      4.0         4.7"
                + "    18.0       15.0   18.0  ✓  jm1 280 tm2 410",
            "   2  taskmanager frozen  taskmanager-1  2026-03-01T10:11:12Z      4.0         4.7"
                + "    18.0       15.0   18.0  ✗  jm1 280 tm2 410",
            "   3  machine             machine-1      2026-03-01T10:11:12Z      4.0         4.7"
                + "    23.0       20.0   23.0  ✓  jm1 280 tm2 410");
  }

  @Test
  void eachKindHasItsMedianAndItsMaximum() {
    DrillTable table =
        new DrillTable(
            List.of(
                outcome(1, KillKind.JOBMANAGER, false, 9_000),
                outcome(2, KillKind.JOBMANAGER, false, 1_000),
                outcome(3, KillKind.JOBMANAGER, false, 2_000),
                outcome(4, KillKind.COLLECTOR, false, 4_000),
                outcome(5, KillKind.COLLECTOR, false, 5_000)),
            INTERVAL_MS);

    assertThat(table.kinds())
        .containsExactly(
            "KIND        KILLS  MEDIAN  MAX",
            "collector       2     4.5  5.0",
            "jobmanager      3     2.0  9.0");
  }

  @Test
  void aTimeThatWasMissedFailsOnlyWhereThatIsAskedFor() {
    Criterion met = new Criterion("a", true, false, "x");
    Criterion late = new Criterion("b", false, true, "late");
    Criterion wrong = new Criterion("c", false, false, "2 keys");

    assertThat(Criterion.pass(List.of(met, late), false)).isTrue();
    assertThat(Criterion.pass(List.of(met, late), true)).isFalse();
    assertThat(Criterion.pass(List.of(met, wrong), false)).isFalse();
    assertThat(met.line()).isEqualTo("✓ a: x");
    assertThat(wrong.line()).isEqualTo("✗ c: 2 keys");
  }
}
