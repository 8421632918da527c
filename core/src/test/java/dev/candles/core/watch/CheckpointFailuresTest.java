package dev.candles.core.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class CheckpointFailuresTest {
  private final CheckpointFailures checkpoints = new CheckpointFailures(3);

  private String kind() {
    return checkpoints.finding().map(Finding::kind).orElse("unknown");
  }

  @Test
  void threeInARowAreToldAndTheNextThatIsCompleteTakesThemBack() {
    assertThat(checkpoints.finding()).as("none was seen").isEqualTo(Optional.empty());
    checkpoints.failed();
    checkpoints.failed();
    assertThat(kind()).isEqualTo("unknown");
    checkpoints.failed();
    assertThat(kind()).isEqualTo("checkpoints_fail");
    checkpoints.failed();
    assertThat(kind()).isEqualTo("checkpoints_fail");
    checkpoints.completed();
    assertThat(kind()).isEqualTo("checkpoints_well");
  }

  @Test
  void thoseThatAreNotInARowAreNotTold() {
    for (int n = 0; n < 10; n++) {
      checkpoints.failed();
      checkpoints.failed();
      checkpoints.completed();
      assertThat(kind()).isEqualTo("checkpoints_well");
    }
  }
}
