package dev.candles.job.operator;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.lake.LakeWriteAccess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Consumer;

/** Of a process that does not see the lake. */
final class BlindAccess implements LakeWriteAccess {
  private static final long serialVersionUID = 1;

  /** The writers for whom it was to prove that it does. */
  final ArrayList<String> asked = new ArrayList<>();

  @Override
  public void prove(String writer) throws IOException {
    asked.add(writer);
    throw new IOException("sees no lake");
  }

  @Override
  public Hold acquire(String writer, Consumer<RuntimeException> lost) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Attempt startAttempt() {
    throw new UnsupportedOperationException();
  }

  @Override
  public int begin(List<StreamKey> streams, long fromMs, long nowMs) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void unlisted(String venue, SortedMap<String, List<String>> nearest, long nowMs) {
    throw new UnsupportedOperationException();
  }
}
