package dev.candles.cli.embedded;

import dev.candles.core.candle.StreamKey;
import dev.candles.lake.forget.Forgetter;
import dev.candles.lake.forget.Forgetting;
import dev.candles.lake.layout.LakeLayout;
import java.io.IOException;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A forgetting that a killed {@code forget} has left half-done: part of the streams is elsewhere.
 */
public final class HalfForgotten {
  private HalfForgotten() {}

  /** What was begun in a lake and how it is ended, for people; empty if there is none. */
  public static Optional<String> of(LakeLayout lake) {
    try {
      return begun(lake).map(HalfForgotten::line);
    } catch (RefusedException e) {
      return Optional.ofNullable(e.getMessage());
    }
  }

  /**
   * Whoever collects a stream that is half elsewhere would fetch that half again.
   *
   * @throws RefusedException if what was begun is about one of the streams, or cannot be read; the
   *     message says how it is ended
   */
  public static void requireNoneOf(Collection<StreamKey> streams, LakeLayout lake)
      throws RefusedException {
    Optional<Forgetting> begun = begun(lake);
    if (begun.isPresent() && !Collections.disjoint(begun.get().streams(), streams)) {
      throw new RefusedException(line(begun.get()));
    }
  }

  private static Optional<Forgetting> begun(LakeLayout lake) throws RefusedException {
    try {
      return new Forgetter(lake).begun();
    } catch (IOException e) {
      throw new RefusedException("a forgetting was begun whose note " + e.getMessage(), e);
    }
  }

  private static String line(Forgetting begun) {
    List<StreamKey> streams = begun.streams();
    String more = streams.size() > 1 ? " and " + (streams.size() - 1) + " more" : "";
    return String.format(
        Locale.ROOT,
        "the forgetting of %s%s was begun and not finished; finish it: ./candles forget %s --yes",
        streams.get(0),
        more,
        streams.get(0));
  }
}
