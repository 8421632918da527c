package dev.candles.cli.embedded;

import dev.candles.core.candle.Timeframe;
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
import dev.candles.sources.venue.VenueSettings;
import dev.candles.text.Counted;
import dev.candles.text.FailureText;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the start of a collector would find, without starting one: takes no lock and writes nothing
 * into the lake. Asks each venue once.
 */
public final class StartCheck {
  /** So long a feed may take for its first word. */
  public static final Duration FEED_PATIENCE = Duration.ofSeconds(10);

  private static final long MINUTE_MS = Timeframe.BASE.millis();

  /** Venues that are asked at the same time. */
  private static final int MOST_AT_ONCE = 8;

  private final CollectorConfig config;
  private final Path log;
  private final @Nullable Path restore;
  private final Duration feedPatience;
  private final LakeLayout layout;
  private final Consumer<String> out;
  private int problems;
  private boolean hasWriter;

  /**
   * @param log the file that a start would log into
   * @param restore as {@link RestorePoints} takes it
   * @param feedPatience with each feed, real time
   * @param out is told what was found, a line each
   */
  public StartCheck(
      CollectorConfig config,
      Path log,
      @Nullable Path restore,
      Duration feedPatience,
      Consumer<String> out) {
    this.config = config;
    this.log = log;
    this.restore = restore;
    this.feedPatience = feedPatience;
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
    venues(minutes);
    return problems;
  }

  /** All at once, each told when it has answered and so have those before it. */
  private void venues(long minutes) throws InterruptedException {
    List<VenueSettings> venues = config.markets().venues();
    out.accept(
        "asking "
            + venues.stream().map(VenueSettings::name).collect(Collectors.joining(", "))
            + ": the catalogue, and the feed for one symbol; not tried: other symbols, history");
    List<Callable<List<VenueLook.Line>>> looks =
        venues.stream()
            .<Callable<List<VenueLook.Line>>>map(
                v -> new VenueLook(config, v, minutes, feedPatience)::lines)
            .toList();
    new InOrder(MOST_AT_ONCE)
        .run(looks, lines -> lines.forEach(line -> told(line.isGood(), line.text())));
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
      bad("lake " + layout.root() + ": " + FailureText.of(e));
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
        bad("cannot restore " + restore + ": " + FailureText.of(e));
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
      bad("lock of the lake: " + FailureText.of(e));
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

  private static String free(String what, String key, int port) {
    return port == 0
        ? what + ": any port that is free, as " + key + " is 0"
        : "port " + port + " of the " + what + " is free";
  }

  private void port(boolean running) {
    try {
      UiPort.requireFree(config.webUi().port());
      good(free("web UI", "ui_port", config.webUi().port()));
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
      good(free(what, key, port));
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

  private void told(boolean good, String line) {
    if (good) {
      good(line);
    } else {
      bad(line);
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
