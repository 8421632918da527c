package dev.candles.sources.venue;

import dev.candles.sources.venue.coinbase.Coinbase;
import dev.candles.sources.venue.kraken.Kraken;
import dev.candles.sources.venue.okx.Okx;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Every venue that the collector speaks with. */
public final class Venues {
  private static final List<Venue> ALL = List.of(new Coinbase(), new Kraken(), new Okx());

  private Venues() {}

  /** The venue of this name, or empty if there is none. */
  public static Optional<Venue> byName(String name) {
    return ALL.stream().filter(venue -> venue.profile().name().equals(name)).findFirst();
  }

  /** The names of all venues, sorted, for messages. */
  public static Set<String> names() {
    Set<String> names = new TreeSet<>();
    ALL.forEach(venue -> names.add(venue.profile().name()));
    return names;
  }

  /** The profile of each venue by its name, sorted. */
  public static SortedMap<String, VenueProfile> profiles() {
    SortedMap<String, VenueProfile> profiles = new TreeMap<>();
    ALL.forEach(venue -> profiles.put(venue.profile().name(), venue.profile()));
    return profiles;
  }
}
