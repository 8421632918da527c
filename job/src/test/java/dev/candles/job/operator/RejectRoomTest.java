package dev.candles.job.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candles.core.watch.DiskBounds;
import java.nio.file.Path;
import org.apache.flink.streaming.api.operators.StreamFilter;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands before the rejects of each slot. */
class RejectRoomTest {
  @TempDir private Path lake;

  /** Also where no stream of the slot is announced to a ledger there. */
  @Test
  void aProcessThatDoesNotSeeTheLakeFailsWithTheFirstCheckpoint() throws Exception {
    BlindAccess blind = new BlindAccess();
    RejectRoom room = new RejectRoom(lake.toString(), new DiskBounds(0, 0), blind);
    try (var harness = new OneInputStreamOperatorTestHarness<>(new StreamFilter<>(room))) {
      harness.open();
      assertThat(blind.asked).as("before the job is sure to have the lake").isEmpty();
      assertThatThrownBy(() -> harness.notifyOfCompletedCheckpoint(1)).hasMessage("sees no lake");
      assertThat(blind.asked).singleElement().asString().matches("[0-9a-f]{32}");
    }
  }
}
