package dev.candles.fuzz;

import dev.candles.cli.replay.Replayed;
import dev.candles.sources.venue.Venue;
import dev.candles.sources.venue.Venues;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/** All targets by name. */
public final class Targets {
  private static final Map<String, Supplier<Target>> ALL = all();

  private Targets() {}

  /** Prints their names, one a line. */
  public static void main(String[] arguments) {
    System.out.println(String.join("\n", names()));
  }

  /** Their names, sorted. */
  static Set<String> names() {
    return ALL.keySet();
  }

  /**
   * A new target.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  static Target byName(String name) {
    Supplier<Target> target = ALL.get(name);
    if (target == null) {
      throw new IllegalArgumentException("no such target: found " + name + ", expected " + names());
    }
    return target.get();
  }

  static Venue venue(String name) {
    return Venues.byName(name).orElseThrow();
  }

  private static Map<String, Supplier<Target>> all() {
    Map<String, Supplier<Target>> all = new TreeMap<>();
    for (String venue : Venues.names()) {
      all.put(venue + "-frame", () -> new Frames(venue(venue)));
      all.put(venue + "-catalogue", () -> new Catalogues(venue(venue)));
      all.put(venue + "-candles", () -> Answers.candles(venue(venue), "/candles"));
      all.put(venue + "-replay", () -> Replays.frames(venue(venue)));
    }
    all.put("coinbase-trades", () -> Answers.trades(venue("coinbase")));
    all.put("kraken-trades", () -> Answers.trades(venue("kraken")));
    all.put(
        "kraken-folded",
        () -> Answers.candles(venue("kraken"), "/0/public/Trades?pair=XBTUSD&since=0"));
    all.put("replay-candles", () -> Replays.answers(venue("coinbase"), Replayed.REST_CANDLES));
    all.put("replay-trades", () -> Replays.answers(venue("kraken"), Replayed.REST_TRADES));
    all.put("certificate", LakeFiles::certificates);
    all.put("config", Configs::new);
    all.put("faults", Faults::new);
    all.put("headers", () -> Texts::headers);
    all.put("intent", LakeFiles::intents);
    all.put("json", () -> Texts::json);
    all.put("manifest", LakeFiles::manifests);
    all.put("numbers", () -> Texts::numbers);
    all.put("words", () -> Texts::words);
    return all;
  }
}
