package dev.candles.sources.source.enumerator;

import dev.candles.core.lake.LakeWriteAccess;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The lake from when an enumerator takes it until it gives it back. For any thread. */
final class HeldLake implements AutoCloseable {
  private final LakeWriteAccess access;
  private LakeWriteAccess.@Nullable Hold hold;
  private boolean closed;

  HeldLake(LakeWriteAccess access) {
    this.access = access;
  }

  /**
   * Takes it. A job that is cancelled is closed on another thread, perhaps before it has the lake.
   *
   * @throws IOException if another writer holds it
   */
  void take(String writer, Consumer<RuntimeException> lost) throws IOException {
    LakeWriteAccess.Hold taken = access.acquire(writer, lost);
    synchronized (this) {
      if (!closed) {
        hold = taken;
        return;
      }
    }
    taken.close();
  }

  /** The hold of it, as long as it is not given back. */
  synchronized Optional<LakeWriteAccess.Hold> hold() {
    return Optional.ofNullable(hold);
  }

  /**
   * The lake to write to.
   *
   * @throws IOException if it is another's by now, as whoever was frozen for long may find, or was
   *     given back
   */
  LakeWriteAccess access() throws IOException {
    hold().orElseThrow(() -> new IOException("the lake was given back")).check();
    return access;
  }

  @Override
  public void close() {
    LakeWriteAccess.Hold held;
    synchronized (this) {
      closed = true;
      held = hold;
      hold = null;
    }
    if (held != null) {
      held.close();
    }
  }
}
