package dev.candles.lake.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.state.ToldAlerts.Mark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToldAlertsTest {
  @TempDir private Path lake;
  private long nowMs = 100_000_000;
  private ToldAlerts told;

  @BeforeEach
  void open() {
    told = new ToldAlerts(new LakeLayout(lake), () -> nowMs);
  }

  @Test
  void whatWasToldToATargetIsToldToThatOneOnly() throws Exception {
    told.tell("okx", "ops", new Mark(7, 2, "DOWN"));

    assertThat(told.isTold("okx", "ops", new Mark(7, 2, "DOWN"))).isTrue();
    assertThat(told.isTold("okx", "ops", new Mark(7, 1, "DEGRADED"))).isTrue();
    assertThat(told.isTold("okx", "ops", new Mark(7, 3, "HEALTHY"))).isFalse();
    assertThat(told.isTold("okx", "ops", new Mark(7, 2, "HEALTHY"))).isFalse();
    assertThat(told.isTold("okx", "ops", new Mark(8, 1, "DEGRADED"))).isFalse();
    assertThat(told.isTold("okx", "ops", new Mark(7, 3, "DOWN"))).as("met once more").isTrue();
    assertThat(told.isTold("okx", "ops", new Mark(7, 3_600_002, "DOWN"))).as("anew").isFalse();
    assertThat(told.isTold("okx", "log", new Mark(7, 2, "DOWN"))).isFalse();
    assertThat(told.isTold("kraken", "ops", new Mark(7, 2, "DOWN"))).isFalse();
  }

  @Test
  void whatAClockThatWasAheadToldSwallowsNothingThatHappensNow() throws Exception {
    Mark down = new Mark(7, nowMs + 6 * 3_600_000, "DOWN");
    told.tell("okx", "ops", down);

    assertThat(told.isTold("okx", "ops", new Mark(7, nowMs, "HEALTHY"))).isFalse();
    assertThat(told.isTold("okx", "ops", new Mark(7, nowMs, "DOWN"))).isFalse();
    assertThat(told.isTold("okx", "ops", down)).as("itself, after a restart").isTrue();

    told.tell("okx", "ops", new Mark(7, nowMs + 60_000, "DOWN"));
    assertThat(told.isTold("okx", "ops", new Mark(7, nowMs, "HEALTHY")))
        .as("another machine's clock is a little ahead")
        .isTrue();
    nowMs = down.atMs();
    told.tell("okx", "ops", down);
    assertThat(told.isTold("okx", "ops", new Mark(7, nowMs - 1, "HEALTHY")))
        .as("a job that went back in time")
        .isTrue();
  }

  @Test
  void theNextOneTakesItsPlace() throws Exception {
    told.tell("okx", "ops", new Mark(7, 1, "DEGRADED"));
    told.tell("okx", "ops", new Mark(7, 2, "DOWN"));

    assertThat(told.isTold("okx", "ops", new Mark(7, 2, "DOWN"))).isTrue();
    try (var files = Files.list(lake.resolve(".state/alerts"))) {
      assertThat(files).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "epoch=7", "epoch=7 at=99999999999999999999 what=DOWN", "\0\0\0"})
  void aFileThatIsDamagedSaysNothing(String text) throws Exception {
    told.tell("okx", "ops", new Mark(7, 2, "DOWN"));
    Files.writeString(lake.resolve(".state/alerts/okx-ops"), text);

    assertThat(told.isTold("okx", "ops", new Mark(7, 2, "DOWN"))).isFalse();
  }

  @Test
  void howAThingStandsIsToldAgainOnlyAfterAnotherWord() throws Exception {
    told = ToldAlerts.standing(new LakeLayout(lake)); // whatever the time is
    var full = Mark.standing(5, "disk_full", false);
    var well = Mark.standing(6, "disk_well", true);
    assertThat(told.isTold("disk", "ops", full)).isFalse();
    assertThat(told.isTold("disk", "ops", well)).as("there was no trouble").isTrue();
    told.tell("disk", "ops", full);
    assertThat(told.isTold("disk", "ops", Mark.standing(9_000_000, "disk_full", false))).isTrue();
    assertThat(told.isTold("disk", "ops", well)).isFalse();
    told.tell("disk", "ops", well);
    assertThat(told.isTold("disk", "ops", Mark.standing(7, "disk_well", true))).isTrue();
    assertThat(told.isTold("disk", "ops", Mark.standing(7, "disk_full", false))).isFalse();
    assertThatThrownBy(() -> told.isTold("disk", "ops", new Mark(7, 7, "disk_full")))
        .as("a change")
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void whatCannotBeNotedOnAFullDiskIsKnownUntilTheProcessEnds() throws Exception {
    Mark full = Mark.standing(5, "disk_full", false);
    Path folder = lake.resolve(".state/alerts");
    Files.createDirectories(folder.getParent());
    Files.createFile(folder); // nothing can be written below a file
    assertThatThrownBy(() -> told.tell("disk", "ops", full)).isInstanceOf(IOException.class);

    ToldAlerts nextAttempt = new ToldAlerts(new LakeLayout(lake), () -> nowMs);
    assertThat(nextAttempt.isTold("disk", "ops", Mark.standing(9, "disk_full", false))).isTrue();
    assertThat(nextAttempt.isTold("disk", "ops", Mark.standing(9, "disk_well", true))).isFalse();

    Files.delete(folder);
    nextAttempt.tell("disk", "ops", Mark.standing(9, "disk_well", true));
    Files.delete(folder.resolve("disk-ops"));
    assertThat(nextAttempt.isTold("disk", "ops", full)).as("the lake says so").isFalse();
  }
}
