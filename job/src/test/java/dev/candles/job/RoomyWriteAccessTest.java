package dev.candles.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candles.core.lake.LakeWriteAccess.Hold;
import dev.candles.core.watch.DiskBounds;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.state.LakeLock;
import dev.candles.lake.state.UnlistedSymbols;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoomyWriteAccessTest {
  @TempDir private Path root;
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

  /** Who starts with another configuration has no use for what was noted of the old one. */
  @Test
  void nothingStaysNotedOfVenuesThatAreNotCollectedAnyMore() throws IOException {
    LakeLock lake = new LakeLock(root.toString());
    for (String venue : List.of("kraken", "okx")) {
      lake.unlisted(venue, new TreeMap<>(Map.of("NO-USD", List.of())), 5);
    }
    new RoomyWriteAccess(lake, root.toString(), new DiskBounds(0, 0), List.of("okx"))
        .acquire("job", why -> {})
        .close();
    assertThat(new UnlistedSymbols(new LakeLayout(root)).all())
        .extracting(UnlistedSymbols.Symbol::venue)
        .containsExactly("okx");
  }

  @Test
  void theLakeIsFreedAndTheDiskIsNotWatchedAnyMore() {
    hold.close();
    assertThat(calls).containsExactlyInAnyOrder("disk closed", "closed");
  }
}
