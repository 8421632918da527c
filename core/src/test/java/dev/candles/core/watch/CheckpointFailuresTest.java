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

  @Test
  void anAttemptThatEndsWithoutACheckpointIsOneThatFailed() {
    checkpoints.begin();
    checkpoints.begin();
    checkpoints.begin();
    assertThat(kind()).as("the third one still runs").isEqualTo("unknown");
    checkpoints.begin();
    assertThat(kind()).isEqualTo("checkpoints_fail");
    checkpoints.completed();
    checkpoints.begin();
    assertThat(kind()).isEqualTo("checkpoints_well");
  }

  @Test
  void failuresOfManyAttemptsAreInARowAndNoneCountsTwice() {
    CheckpointFailures five = new CheckpointFailures(5);
    for (int attempt = 0; attempt < 4; attempt++) {
      five.begin();
      five.failed();
    }
    five.begin();
    assertThat(five.finding()).isEmpty();
    five.failed();
    assertThat(five.finding().orElseThrow().text()).startsWith("5 checkpoints failed");
  }
}
