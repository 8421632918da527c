package dev.candles.job.config;

import java.util.List;

/**
 * A key of the configuration. docs/CONFIGURATION.md and the default file are checked against it.
 *
 * @param values what the value may be, in the words of docs/CONFIGURATION.md
 * @param byDefault what holds where the key is absent, in the same words
 */
record Key(String name, String values, String byDefault) {
  /** The default of what each venue has its own of. */
  static final String OF_VENUE = "the venue's";

  static List<String> names(List<Key> keys) {
    return keys.stream().map(Key::name).toList();
  }
}
