package dev.candles.cli.replay;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.finality.Version;
import dev.candles.core.state.StateMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The versions of a replay's candles, of all its markets together: a bounded number of those that
 * were looked at last. In order of use and not of market time, because pages may come newest first
 * and a recording may be of any day.
 */
final class ReplayVersions {
  private static final int MOST = 200_000;

  private final Map<Key, Version> versions =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Version> eldest) {
          return size() > MOST;
        }
      };

  private record Key(StreamKey stream, long openTimeMs) {}

  /** Those of one market. */
  StateMap<Long, Version> of(StreamKey stream) {
    return new StateMap<>() {
      @Override
      public @Nullable Version get(Long openTimeMs) {
        return versions.get(new Key(stream, openTimeMs));
      }

      @Override
      public void put(Long openTimeMs, Version version) {
        versions.put(new Key(stream, openTimeMs), version);
      }

      @Override
      public void remove(Long openTimeMs) {
        versions.remove(new Key(stream, openTimeMs));
      }

      @Override
      public void removeIf(Predicate<Long> chosen) {
        versions.keySet().removeIf(key -> key.stream.equals(stream) && chosen.test(key.openTimeMs));
      }

      /** Of a market that is announced for the first time there is none. */
      @Override
      public void clear() {}
    };
  }
}
