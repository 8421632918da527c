package dev.candles.cli.embedded;

import dev.candles.core.candle.Market;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.time.MarketClock;
import dev.candles.core.time.VenueClock;
import dev.candles.job.config.CollectorConfig;
import dev.candles.sources.source.enumerator.CatalogueLook;
import dev.candles.sources.source.reader.FeedLook;
import dev.candles.sources.venue.Venue;
import dev.candles.sources.venue.VenueSettings;
import dev.candles.sources.venue.Venues;
import dev.candles.text.FailureText;
import dev.candles.text.OneLine;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a start would find of one venue: its catalogue, its clock, its feed. Asks once for each. */
final class VenueLook {
  /** The {@code Date} of an answer has whole seconds. */
  private static final long DATE_STEP_MS = 1_000;

  /** What was found, in words. */
  record Line(boolean isGood, String text) {}

  private final CollectorConfig config;
  private final VenueSettings settings;
  private final Venue venue;
  private final long minutes;
  private final Duration patience;
  private final List<Line> lines = new ArrayList<>();

  /**
   * @param minutes of history that a start would ask for
   * @param patience with the feed, real time
   */
  VenueLook(CollectorConfig config, VenueSettings settings, long minutes, Duration patience) {
    this.config = config;
    this.settings = settings;
    this.venue = Venues.byName(settings.name()).orElseThrow();
    this.minutes = minutes;
    this.patience = patience;
  }

  /** Looks; the time-outs of the client and of the feed bound the wait. */
  List<Line> lines() throws InterruptedException {
    String name = settings.name();
    Optional<Market> market = Optional.empty();
    try {
      CatalogueLook look = CatalogueLook.at(venue, settings, System::currentTimeMillis);
      for (CatalogueLook.Unlisted symbol : look.unlisted()) {
        bad(name + ": does not list " + symbol.symbol() + "; nearest: " + symbol.hint());
      }
      listed(look);
      clock(look);
      market = look.markets().stream().findFirst();
    } catch (IOException e) {
      bad(
          name
              + ": its catalogue cannot be had from "
              + settings.rest()
              + ": "
              + OneLine.of(FailureText.of(e)));
    }
    feed(market);
    return List.copyOf(lines);
  }

  private void listed(CatalogueLook look) {
    good(
        String.format(
            Locale.ROOT,
            "%s: lists %d of %d configured symbols among %,d; %s%s",
            settings.name(),
            look.markets().size(),
            settings.symbols().size(),
            look.listed(),
            config.markets().timeframes().stream()
                .map(Timeframe::label)
                .collect(Collectors.joining(" ")),
            history()));
  }

  private String history() {
    int rows = settings.profile().pageRows();
    return venue.foldsHistory() && minutes > rows
        ? String.format(
            Locale.ROOT, "; older than %,d minutes is folded from trades, which takes longer", rows)
        : "";
  }

  /** A simulated time is not told by any server. */
  private void clock(CatalogueLook look) {
    if (!config.clock().equals(MarketClock.real()) || look.offsetMs().isEmpty()) {
      return;
    }
    TreeMap<String, Long> offset = new TreeMap<>();
    offset.put(settings.name(), look.offsetMs().getAsLong());
    String off = StartUp.clocks(offset, VenueClock.TOLD_MS + DATE_STEP_MS);
    if (!off.isEmpty()) {
      bad(settings.name() + off + "; check NTP or chrony on this machine");
    }
  }

  /** How the venue itself calls a symbol is known from its catalogue only. */
  private void feed(Optional<Market> market) throws InterruptedException {
    Optional<String> fault = new FeedLook(venue, settings, market, config.clock()).fault(patience);
    String feed = settings.name() + ": feed " + settings.webSocket();
    if (fault.isPresent()) {
      bad(feed + " cannot be used: " + OneLine.of(fault.get()));
    } else {
      good(
          feed
              + market
                  .map(one -> " takes a subscription to " + one.symbol())
                  .orElse(" can be connected to; no subscription was tried, no symbol is known"));
    }
  }

  private void good(String text) {
    lines.add(new Line(true, text));
  }

  private void bad(String text) {
    lines.add(new Line(false, text));
  }
}
