package dev.candles.batch.quality.check;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.PriceTick;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.finality.Version;
import dev.candles.text.Counted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Check 12: what is odd but possible. A price that is more than {@value #FAR_PERCENT} % from the
 * median of the same asset on all venues, a price that does not move over {@value #FROZEN_MINUTES}
 * candles with trades, and a volume in quote currency that is as far from what low and high make of
 * the volume. Of each a stream and day has one finding, which tells the worst.
 */
public final class MarketCheck {
  static final int FAR_PERCENT = 5;
  static final int FROZEN_MINUTES = 60;

  /** Quote currencies that are worth a dollar, more or less. */
  private static final Set<String> DOLLARS = Set.of("USD", "USDT", "USDC");

  private MarketCheck() {}

  /** The asset of a stream: what is compared over venues. */
  public static String asset(StreamKey stream) {
    int cut = stream.symbol().indexOf('-');
    String quote = stream.symbol().substring(cut + 1);
    return stream.symbol().substring(0, cut) + "-" + (DOLLARS.contains(quote) ? "USD" : quote);
  }

  /**
   * Looks at one asset on one date.
   *
   * @param days days of minutes of one asset and date, one per venue and symbol
   * @param findings takes what is found
   */
  public static void check(List<Day> days, Consumer<Finding> findings) {
    for (Day day : days) {
      frozen(day, findings);
      quoteVolumes(day, findings);
    }
    if (days.size() > 1) {
      outliers(days, findings);
    }
  }

  private static void frozen(Day day, Consumer<Finding> findings) {
    List<Candle> flat = new ArrayList<>();
    List<Candle> longest = List.of();
    int runs = 0;
    for (Candle candle : day.current()) {
      boolean isFlat = candle.high() == candle.low() && candle.volume() > 0;
      if (!isFlat || (!flat.isEmpty() && candle.close() != flat.get(0).close())) {
        flat = new ArrayList<>();
      }
      if (isFlat) {
        flat.add(candle);
        runs += flat.size() == FROZEN_MINUTES ? 1 : 0;
        longest = flat.size() > longest.size() ? flat : longest;
      }
    }
    if (runs > 0) {
      String price = PriceTick.of(longest).text(longest.get(0).close());
      String value =
          String.format(Locale.ROOT, "%s for %d candles", price, longest.size())
              + (runs > 1 ? String.format(Locale.ROOT, ", the longest of %d runs", runs) : "");
      add(FindingType.FROZEN, day, longest.get(0), value, findings);
    }
  }

  private static void quoteVolumes(Day day, Consumer<Finding> findings) {
    List<Candle> off = day.current().stream().filter(c -> quoteOff(c) > FAR_PERCENT).toList();
    if (!off.isEmpty()) {
      Candle worst = Collections.max(off, Comparator.comparingDouble(MarketCheck::quoteOff));
      String value =
          String.format(
              Locale.ROOT,
              "quote_volume=%s at %s, volume=%s at prices %s to %s, the worst of %s",
              worst.quoteVolume(),
              minute(worst),
              worst.volume(),
              worst.low(),
              worst.high(),
              Counted.of(off.size(), "candle"));
      add(FindingType.QUOTE_VOLUME_OFF, day, off.get(0), value, findings);
    }
  }

  /**
   * By how many percent the volume in quote currency is below what the low, or above what the high
   * makes of the volume; 0 between the two, for what rounding does, and where it is not told.
   */
  private static double quoteOff(Candle candle) {
    Double quote = candle.quoteVolume();
    if (quote == null) {
      return 0;
    }
    double least = candle.low() * candle.volume();
    double most = candle.high() * candle.volume();
    double rounded = Version.VOLUME_TOLERANCE * (1 + candle.high());
    if (quote >= least - rounded && quote <= most + rounded) {
      return 0;
    }
    return 100 * ((quote < least ? least / quote : quote / most) - 1);
  }

  private static void outliers(List<Day> days, Consumer<Finding> findings) {
    double[][] closes = new double[days.get(0).partition().stream().timeframe().perDay()][];
    for (int i = 0; i < days.size(); i++) {
      for (Candle candle : days.get(i).current()) {
        int slot = days.get(i).partition().slot(candle.openTimeMs());
        double[] all = closes[slot] == null ? empty(days.size()) : closes[slot];
        all[i] = candle.close();
        closes[slot] = all;
      }
    }
    for (int i = 0; i < days.size(); i++) {
      List<Far> far = new ArrayList<>();
      for (Candle candle : days.get(i).current()) {
        double[] all = closes[days.get(i).partition().slot(candle.openTimeMs())];
        double[] known = sorted(all);
        double median = median(known);
        if (isFar(all, known.length, i, median, days)) {
          far.add(new Far(candle, median));
        }
      }
      if (!far.isEmpty()) {
        String value = worst(far, PriceTick.of(days.get(i).current()));
        add(FindingType.OUTLIER, days.get(i), far.get(0).candle(), value, findings);
      }
    }
  }

  private record Far(Candle candle, double median) {
    double percent() {
      return Math.abs(candle.close() - median) * 100 / median;
    }
  }

  /** Tells the one that is furthest from its median, the earliest of equals. */
  private static String worst(List<Far> ascending, PriceTick tick) {
    Far worst = ascending.get(0);
    for (Far far : ascending) {
      worst = far.percent() > worst.percent() ? far : worst;
    }
    return String.format(
        Locale.ROOT,
        "close=%s at %s, median of venues=%s, %.1f %% off, the worst of %s",
        tick.text(worst.candle().close()),
        minute(worst.candle()),
        tick.text(worst.median()),
        worst.percent(),
        Counted.of(ascending.size(), "candle"));
  }

  private static String minute(Candle candle) {
    return Instant.ofEpochMilli(candle.openTimeMs()).toString().substring(11, 16);
  }

  private static double[] empty(int size) {
    double[] none = new double[size];
    Arrays.fill(none, Double.NaN);
    return none;
  }

  /** Of two venues the one that jumped is the outlier. */
  private static boolean isFar(double[] all, int venues, int at, double median, List<Day> days) {
    if (venues < 2 || Math.abs(all[at] - median) * 100 <= FAR_PERCENT * median) {
      return false;
    }
    if (venues > 2) {
      return true;
    }
    double mine = jump(days.get(at), all[at]);
    for (int other = 0; other < all.length; other++) {
      if (other != at && !Double.isNaN(all[other])) {
        double its = jump(days.get(other), all[other]);
        return mine > its || (mine == its && at < other);
      }
    }
    return false;
  }

  /** How far a close is from the day's median close of its stream, relative to that. */
  private static double jump(Day day, double close) {
    double usual = median(sorted(day.current().stream().mapToDouble(Candle::close).toArray()));
    return Math.abs(close - usual) / usual;
  }

  /** Those that are numbers, ascending. */
  private static double[] sorted(double[] values) {
    double[] sorted = new double[values.length];
    int count = 0;
    for (double value : values) {
      if (!Double.isNaN(value)) {
        sorted[count++] = value;
      }
    }
    sorted = Arrays.copyOf(sorted, count);
    Arrays.sort(sorted);
    return sorted;
  }

  private static double median(double[] sorted) {
    int half = sorted.length / 2;
    if (sorted.length == 0) {
      return Double.NaN;
    }
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  private static void add(
      FindingType kind, Day day, Candle candle, String value, Consumer<Finding> findings) {
    findings.accept(
        new Finding(
            kind,
            day.partition().stream().id(),
            day.fileOf(candle.openTimeMs()),
            candle.openTimeMs(),
            value));
  }
}
