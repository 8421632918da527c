package dev.candles.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candles.core.lake.LakeWriteAccess.Hold;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class RoomyWriteAccessTest {
  private final List<String> calls = new ArrayList<>();
  private final AtomicBoolean full = new AtomicBoolean(true);
  private final Hold hold =
      new RoomyWriteAccess.Roomy(new Held(), full::get, () -> calls.add("disk closed"), "/lake");

  private final class Held implements Hold {
    @Override
    public void check() throws IOException {
      calls.add("checked");
      throw new IOException("held by process 17");
    }

    @Override
    public void close() {
      calls.add("closed");
    }
  }

  @Test
  void aFullDiskIsNoFailureAfterWhichFlinkStartsTheJobAgain() {
    assertThatThrownBy(hold::requireRoom)
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage("the disk of the lake is full: /lake")
        .hasNoCause();
    full.set(false);
    assertThatCode(hold::requireRoom).doesNotThrowAnyException();
  }

  @Test
  void whetherTheLakeIsHeldIsAskedWhateverIsFree() {
    assertThatThrownBy(hold::check).isInstanceOf(IOException.class).hasMessageContaining("17");
    assertThat(calls).containsExactly("checked");
  }

  @Test
  void theLakeIsFreedAndTheDiskIsNotWatchedAnyMore() {
    hold.close();
    assertThat(calls).containsExactlyInAnyOrder("disk closed", "closed");
  }
}
