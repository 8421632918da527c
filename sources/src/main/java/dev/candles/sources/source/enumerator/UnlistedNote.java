package dev.candles.sources.source.enumerator;

import dev.candles.core.candle.Market;
import dev.candles.text.LogValue;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What people are told of configured symbols that a venue does not list: by the log once each, by a
 * note in the lake whenever it is another one. On the coordinator thread.
 */
final class UnlistedNote {
  private static final Logger LOG = LoggerFactory.getLogger(UnlistedNote.class);

  private final String venue;
  private final Set<String> told = new HashSet<>();
  private @Nullable SortedMap<String, List<String>> noted;

  UnlistedNote(String venue) {
    this.venue = venue;
  }

  /**
   * Takes in a catalogue.
   *
   * @param unlisted configured symbols that are not in it
   * @return what is to be noted, by symbol what was probably meant; empty if that was asked for
   *     already
   */
  Optional<SortedMap<String, List<String>>> news(List<String> unlisted, List<Market> listed) {
    SortedMap<String, List<String>> nearest = new TreeMap<>();
    for (String symbol : unlisted) {
      CatalogueLook.Unlisted found = CatalogueLook.Unlisted.of(symbol, listed);
      nearest.put(symbol, found.nearest());
      if (told.add(symbol)) {
        LOG.error(
            "event=symbol_not_listed venue={} symbol={} nearest={} action=left_out",
            venue,
            symbol,
            LogValue.of(found.hint()));
      }
    }
    if (nearest.equals(noted)) {
      return Optional.empty();
    }
    noted = nearest;
    return Optional.of(nearest);
  }

  /** What is to stand in the lake by now; empty as long as no catalogue came. */
  Optional<SortedMap<String, List<String>>> wanted() {
    return Optional.ofNullable(noted);
  }

  /** Only people miss what could not be written: the caller tries it again later. */
  void failed(Throwable error) {
    LOG.error("event=unlisted_not_noted venue={}", venue, error);
  }
}
