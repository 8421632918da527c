package dev.candles.sim.venue.kraken;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The records of {@code Assets}: everything that is traded for anything. */
final class KrakenAssets {
  private final Map<String, String> names = new LinkedHashMap<>();

  KrakenAssets(List<KrakenPair> pairs) {
    for (KrakenPair pair : pairs) {
      names.put(pair.baseKey(), pair.baseName());
      names.put(pair.quoteKey(), pair.quoteName());
    }
  }

  /** Every asset, as members of an object. */
  List<String> all() {
    return names.keySet().stream().map(this::member).toList();
  }

  /** The asset that is called so, {@code XBT} or {@code XXBT}. */
  Optional<String> of(String name) {
    return names.entrySet().stream()
        .filter(asset -> name.equals(asset.getKey()) || name.equals(asset.getValue()))
        .map(Map.Entry::getKey)
        .map(this::member)
        .findFirst();
  }

  /** Money has four decimals, of which two are shown (documented example, read 2026-11-28). */
  private String member(String key) {
    boolean money = key.startsWith("Z");
    return String.format(
        Locale.ROOT,
        ("'%s':{'aclass':'currency','altname':'%s','decimals':%d,'display_decimals':%d,"
                + "'collateral_value':1.0,'status':'enabled'}")
            .replace('\'', '"'),
        key,
        names.get(key),
        money ? 4 : 10,
        money ? 2 : 5);
  }
}
