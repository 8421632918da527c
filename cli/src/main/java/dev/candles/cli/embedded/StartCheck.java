package dev.candles.cli.embedded;

import dev.candles.core.candle.Timeframe;
import dev.candles.core.time.MarketClock;
import dev.candles.core.time.VenueClock;
import dev.candles.core.watch.DiskLevel;
import dev.candles.core.watch.DiskRule;
import dev.candles.core.watch.DiskStanding;
import dev.candles.core.watch.Finding;
import dev.candles.job.config.CollectorConfig;
import dev.candles.job.config.FileEstimate;
import dev.candles.job.config.WebUiConfig;
import dev.candles.lake.disk.DiskSpace;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.state.StateFiles;
import dev.candles.sources.source.enumerator.CatalogueLook;
import dev.candles.sources.venue.Venue;
import dev.candles.sources.venue.VenueSettings;
import dev.candles.sources.venue.Venues;
import dev.candles.text.Counted;
import dev.candles.text.OneLine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the start of a collector would find, without starting one: takes no lock and writes nothing
 * into the lake. Asks each venue once for its catalogue.
 */
public final class StartCheck {
  private static final long MINUTE_MS = Timeframe.BASE.millis();

  /** The {@code Date} of an answer has whole seconds. */
  private static final long DATE_STEP_MS = 1_000;

  private final CollectorConfig config;
  private final Path log;
  private final @Nullable Path restore;
  private final LakeLayout layout;
  private final Consumer<String> out;
  private int problems;
  private boolean hasWriter;

  /**
   * @param log the file that a start would log into
   * @param restore as {@link RestorePoints} takes it
   * @param out is told what was found, a line each
   */
  public StartCheck(
      CollectorConfig config, Path log, @Nullable Path restore, Consumer<String> out) {
    this.config = config;
    this.log = log;
    this.restore = restore;
    this.layout = new LakeLayout(config.lake().path());
    this.out = out;
  }

  /** Checks everything, also after a problem; the number of problems. */
  public int run() throws InterruptedException {
    long nowMs = config.clock().marketAt(System.currentTimeMillis());
    long fromMs = config.historyFromMs(nowMs);
    good("streams: " + StartUp.streams(config, 0));
    long minutes = (nowMs - fromMs) / MINUTE_MS;
    good(
        String.format(
            Locale.ROOT,
            "history: from %s on, %s of each market",
            Instant.ofEpochMilli(fromMs),
            Counted.of(minutes, "minute")));
    FileEstimate files = FileEstimate.of(config);
    out.accept((files.isTooMany() ? "– files: " : "✓ files: ") + files.text());
    lake();
    log();
    restore();
    temporary();
    boolean here = writer();
    port(here);
    besidePort(here, "page", "page_port", config.webUi().pagePort());
    besidePort(here, "metrics", "prometheus_port", config.webUi().prometheusPort());
    for (VenueSettings settings : config.markets().venues()) {
      venue(settings, minutes);
    }
    return problems;
  }

  /** Whether somebody writes into the lake: a start would be refused until that has ended. */
  public boolean hasWriter() {
    return hasWriter;
  }

  private void lake() {
    try {
      HalfForgotten.requireNoneOf(config.streams(), layout);
    } catch (RefusedException e) {
      bad(String.valueOf(e.getMessage()));
    }
    Optional<String> fault = Access.ofLake(layout, config.streams());
    if (fault.isPresent()) {
      bad("lake " + layout.root() + ": " + fault.get());
      return;
    }
    try {
      disk(DiskSpace.of(layout.root()));
    } catch (IOException e) {
      bad("lake " + layout.root() + ": " + e);
    }
  }

  /** The word of a collector that starts. */
  private void disk(DiskSpace space) {
    DiskStanding disk =
        new DiskRule(config.disk().bounds()).take(space.freeBytes(), space.totalBytes(), 0);
    String lake = "lake " + layout.root() + ": can be written, ";
    if (disk.level() == DiskLevel.ROOMY) {
      good(lake + disk.room());
    } else {
      String said = disk.finding().map(Finding::text).orElse("");
      if (disk.isFull()) {
        bad(lake + "and its disk is full: " + said);
      } else {
        out.accept("– " + lake + "and its disk is nearly full: " + said);
      }
    }
  }

  private void log() {
    try {
      Access.requireLog(log);
      good("log: " + log);
    } catch (RefusedException e) {
      bad(String.valueOf(e.getMessage()));
    }
  }

  private void restore() {
    if (restore != null) {
      try {
        Optional<Path> from = new RestorePoints(new StateFiles(layout), restore).next();
        good(from.map(path -> "can be restored: " + path).orElse("starts without state"));
      } catch (RefusedException e) {
        bad(String.valueOf(e.getMessage()));
      } catch (IOException e) {
        bad("cannot restore " + restore + ": " + e);
      }
    }
  }

  /** A start tries one below the lake first, which would have to be made to know. */
  private void temporary() {
    try (TemporaryFolder folder = TemporaryFolder.elsewhere()) {
      good("temporary folder: native libraries can be loaded from " + folder.folder().getParent());
    } catch (RefusedException e) {
      out.accept("– " + e.getMessage() + "; a start tries " + layout.temporary() + " first");
    }
  }

  /**
   * One that runs is no problem: whoever edits its configuration checks it before a restart.
   *
   * @return whether it is a collector of this machine
   */
  private boolean writer() {
    try {
      Optional<LakeHold.Writer> writer = LakeHold.writer(layout.root(), LakeHold.lease(config));
      hasWriter = writer.isPresent();
      if (hasWriter) {
        out.accept("– lake has a writer already: " + writer.get().name());
      } else {
        good("no collector has the lake");
      }
      return writer.filter(LakeHold.Writer::here).isPresent();
    } catch (IOException e) {
      bad("lock of the lake: " + e);
    }
    return false;
  }

  /** A collector notes where it serves. */
  private boolean isServed() {
    try {
      OptionalInt noted = new StateFiles(layout).webUi();
      return noted.isPresent() && noted.getAsInt() == config.webUi().port();
    } catch (IOException e) {
      return false; // then the port is somebody's of whom nothing is known
    }
  }

  private void port(boolean running) {
    try {
      UiPort.requireFree(config.webUi().port());
      good("port " + config.webUi().port() + " of the web UI is free");
    } catch (RefusedException taken) {
      if (running && isServed()) {
        out.accept("– port " + config.webUi().port() + " of the web UI is that of the collector");
      } else {
        bad(String.valueOf(taken.getMessage()));
      }
    }
  }

  /** A collector goes on without what it shows beside, so this is no problem of a start. */
  private void besidePort(boolean running, String what, String key, int port) {
    if (port == WebUiConfig.NONE) {
      good(String.format(Locale.ROOT, "no %s to be served: %s is off", what, key));
      return;
    }
    Optional<String> taken = UiPort.taken(port);
    if (taken.isEmpty()) {
      good("port " + port + " of the " + what + " is free");
      return;
    }
    String means =
        running && isServed()
            ? ", by the collector as it seems"
            : String.format(
                Locale.ROOT,
                "; a start would go on without the %s: set %s to another, to 0 for any, or to off",
                what,
                key);
    out.accept("– port " + port + " of the " + what + " " + taken.get() + means);
  }

  private void venue(VenueSettings settings, long minutes) throws InterruptedException {
    String name = settings.name();
    Venue venue = Venues.byName(name).orElseThrow();
    try {
      CatalogueLook look = CatalogueLook.at(venue, settings, System::currentTimeMillis);
      for (CatalogueLook.Unlisted symbol : look.unlisted()) {
        bad(name + ": does not list " + symbol.symbol() + "; nearest: " + symbol.hint());
      }
      int symbols = settings.symbols().size();
      good(
          String.format(
              Locale.ROOT,
              "%s: lists %d of %d configured symbols among %,d; %s%s",
              name,
              symbols - look.unlisted().size(),
              symbols,
              look.listed(),
              config.markets().timeframes().stream()
                  .map(Timeframe::label)
                  .collect(Collectors.joining(" ")),
              history(venue, settings, minutes)));
      clock(name, look);
    } catch (IOException e) {
      bad(name + ": its catalogue cannot be had from " + settings.rest() + ": " + why(e));
    }
  }

  /** A refused connection has no message, and an unknown name is only the cause of it. */
  private static String why(IOException error) {
    Throwable root = Causes.root(error);
    return OneLine.of(error + (root.equals(error) ? "" : ", " + root));
  }

  private static String history(Venue venue, VenueSettings settings, long minutes) {
    int rows = settings.profile().pageRows();
    return venue.foldsHistory() && minutes > rows
        ? String.format(
            Locale.ROOT, "; older than %,d minutes is folded from trades, which takes longer", rows)
        : "";
  }

  /** A simulated time is not told by any server. */
  private void clock(String name, CatalogueLook look) {
    if (!config.clock().equals(MarketClock.real()) || look.offsetMs().isEmpty()) {
      return;
    }
    TreeMap<String, Long> offset = new TreeMap<>();
    offset.put(name, look.offsetMs().getAsLong());
    String off = StartUp.clocks(offset, VenueClock.TOLD_MS + DATE_STEP_MS);
    if (!off.isEmpty()) {
      bad(name + off + "; check NTP or chrony on this machine");
    }
  }

  private void good(String line) {
    out.accept("✓ " + line);
  }

  private void bad(String line) {
    problems++;
    out.accept("✗ " + line);
  }
}
