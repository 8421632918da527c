package dev.candles.cli.daily;

import dev.candles.core.time.MarketClock;
import dev.candles.core.watch.DiskLevel;
import dev.candles.job.alert.AlertDelivery;
import dev.candles.job.alert.Notice;
import dev.candles.job.config.CollectorConfig;
import dev.candles.lake.disk.DiskWatch;
import dev.candles.lake.disk.Durable;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.state.ToldAlerts;
import dev.candles.text.FailureText;
import dev.candles.text.LogValue;
import dev.candles.text.OneLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the lake checked once a day beside the collector, keeps the reports of the newest days, and
 * has people told how the checks stand. Nothing of it stops the collector.
 */
public final class DailyQa implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DailyQa.class);
  private static final long LONGEST_PAUSE_MS = 60_000; // a machine that slept is not late for long
  private static final long SHORTEST_PAUSE_MS = 1_000;
  private static final Duration CLOSE = Duration.ofSeconds(2);
  private static final int MOST_OUTPUT_CHARS = 1 << 20;

  /** A year that is sealed takes minutes; checks that take longer than this hang. Real time. */
  private static final Duration LONGEST = Duration.ofHours(2);

  /** Starts the checks; the process ends by itself. */
  @FunctionalInterface
  interface Checks {
    Process start(QaReports reports, Path report, Path page) throws IOException;
  }

  /** Who is told of notices; opened for each, because there is seldom one. */
  @FunctionalInterface
  interface Alerts extends AutoCloseable {
    /** Never waits; done once everybody was told or given up. */
    CompletableFuture<Void> tell(Notice notice);

    @Override
    default void close() {}
  }

  private final MarketClock clock;
  private final QaReports reports;
  private final BooleanSupplier room;
  private final Checks checks;
  private final Duration longest;
  private final Supplier<Alerts> alerts;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread;

  /**
   * @param startMs when the collector started, market time, epoch ms, UTC
   * @param room whether the disk has room for reports; without, the checks stay due
   * @param longest checks that take longer are killed, real time
   * @param alerts opens those who are told what was found
   */
  DailyQa(
      LocalTime at,
      MarketClock clock,
      long startMs,
      QaReports reports,
      BooleanSupplier room,
      Checks checks,
      Duration longest,
      Supplier<Alerts> alerts) {
    this.clock = clock;
    this.reports = reports;
    this.room = room;
    this.checks = checks;
    this.longest = longest;
    this.alerts = alerts;
    this.thread = new Thread(() -> run(at, startMs), "daily-qa");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Starts it; does nothing if the configuration says never.
   *
   * @param file the configuration's, for the checks
   */
  public static AutoCloseable start(CollectorConfig config, Path file) {
    LocalTime at = config.quality().at();
    if (at == null) {
      return () -> {};
    }
    LakeLayout lake = new LakeLayout(config.lake().path());
    DiskWatch disk = DiskWatch.open(lake.root(), config.disk().bounds(), System::nanoTime);
    DailyQa daily =
        new DailyQa(
            at,
            config.clock(),
            config.clock().marketAt(System.currentTimeMillis()),
            new QaReports(lake),
            () -> !disk.stops(DiskLevel.NO_REPORTS),
            (reports, report, page) -> QaProcess.start(file, lake.root(), reports, report, page),
            LONGEST,
            () -> delivery(AlertDelivery.of(config.alerts(), ToldAlerts.standing(lake))));
    return () -> {
      try (disk) {
        daily.close();
      }
    };
  }

  private static Alerts delivery(AlertDelivery to) {
    return new Alerts() {
      @Override
      public CompletableFuture<Void> tell(Notice notice) {
        return to.tell(notice);
      }

      @Override
      public void close() {
        to.close();
      }
    };
  }

  private void run(LocalTime at, long startMs) {
    try {
      QaSchedule schedule = new QaSchedule(at, newestEnded(), startMs);
      long pauseMs;
      do {
        long nowMs = nowMs();
        Optional<LocalDate> due = schedule.due(nowMs);
        pauseMs = due.isPresent() ? SHORTEST_PAUSE_MS : pauseMs(schedule);
        if (due.isPresent() && room.getAsBoolean()) {
          schedule.begun(nowMs);
          checkAndTell(due.get());
        }
      } while (!stop.await(pauseMs, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      LOG.debug("event=qa_interrupted");
      Thread.currentThread().interrupt();
    }
  }

  private long nowMs() {
    return clock.marketAt(System.currentTimeMillis());
  }

  private long pauseMs(QaSchedule schedule) {
    long nowMs = System.currentTimeMillis();
    long dueMs = clock.realAt(schedule.nextMs(clock.marketAt(nowMs))) - nowMs;
    return Math.max(SHORTEST_PAUSE_MS, Math.min(LONGEST_PAUSE_MS, dueMs));
  }

  /** An unreadable folder costs the checks that were due while nobody was there. */
  private Optional<LocalDate> newestEnded() {
    try {
      return reports.newestEnded();
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("event=qa_reports_unreadable error={}", LogValue.of(e));
      return Optional.empty();
    }
  }

  /** Whatever goes wrong, also with telling it, the next day's checks are made. */
  private void checkAndTell(LocalDate date) throws InterruptedException {
    try {
      check(date);
    } catch (RuntimeException e) {
      LOG.error("event=qa_failed date={} error={}", date, LogValue.of(e));
    }
  }

  private void check(LocalDate date) throws InterruptedException {
    long startedNs = System.nanoTime();
    LOG.info("event=qa_started date={}", date);
    try {
      reports.open();
      reports.sweep(date); // what a run that was killed has left is no report of this one
      Path report = Durable.temporary(reports.report(date));
      Path page = Durable.temporary(reports.page(date));
      OptionalInt ended = code(checks.start(reports, report, page));
      if (ended.isEmpty()) {
        String why = "they did not end within " + longest.toSeconds() + " s and were killed";
        LOG.error("event=qa_failed date={} error={}", date, LogValue.of(why));
        tell(QaStanding.failed(why, nowMs()));
        return;
      }
      int code = ended.getAsInt();
      long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNs);
      LOG.info("event=qa_done date={} exit_code={} took_ms={}", date, code, tookMs);
      if (code <= 1 && Files.exists(report)) {
        keep(date, code == 1);
      } else {
        tell(QaStanding.failed(lastWord(code), nowMs()));
      }
      reports.sweep(date);
    } catch (IOException | RuntimeException e) {
      LOG.error("event=qa_failed date={} error={}", date, LogValue.of(e));
      tell(QaStanding.failed(FailureText.of(e), nowMs()));
    }
  }

  /**
   * The report comes last: without it the checks are made again, and what they find is told. There
   * is no page where it could not be made.
   */
  private void keep(LocalDate date, boolean found) throws IOException, InterruptedException {
    Path page = reports.page(date);
    boolean hasPage = Files.exists(Durable.temporary(page));
    if (hasPage) {
      publish(page);
    }
    String look = look(hasPage ? page : reports.report(date));
    tell(found ? QaStanding.found(output(), look, nowMs()) : QaStanding.well(nowMs()));
    publish(reports.report(date));
  }

  private static void publish(Path file) throws IOException {
    Path temporary = Durable.temporary(file);
    Durable.flush(temporary);
    Durable.publish(temporary, file);
  }

  /**
   * The exit code, empty if the checks hung. A collector that is told to end ends its checks, which
   * are due again then.
   */
  private OptionalInt code(Process process) throws InterruptedException {
    long startedNs = System.nanoTime();
    try {
      while (!process.waitFor(SHORTEST_PAUSE_MS, TimeUnit.MILLISECONDS)) {
        if (stop.getCount() == 0) {
          throw new InterruptedException("the collector ends");
        }
        if (System.nanoTime() - startedNs > longest.toNanos()) {
          return OptionalInt.empty();
        }
      }
      return OptionalInt.of(process.exitValue());
    } finally {
      process.destroyForcibly();
    }
  }

  private static String look(Path file) {
    return "reports/" + file.getFileName() + " in the lake";
  }

  private String lastWord(int code) throws IOException {
    String last = "";
    for (String line : output()) {
      last = line.isBlank() ? last : line;
    }
    return OneLine.of(last) + " (exit code " + code + ")";
  }

  private List<String> output() throws IOException {
    try (var in = Files.newInputStream(reports.output())) {
      byte[] bytes = in.readNBytes(MOST_OUTPUT_CHARS);
      return new String(bytes, StandardCharsets.UTF_8).lines().toList();
    }
  }

  /** Waits until everybody was told or given up. */
  private void tell(Notice notice) throws InterruptedException {
    try (Alerts opened = alerts.get()) {
      CompletableFuture<Void> end = opened.tell(notice);
      while (!end.isDone()) {
        if (stop.await(SHORTEST_PAUSE_MS, TimeUnit.MILLISECONDS)) {
          throw new InterruptedException("the collector ends");
        }
      }
    }
  }

  @Override
  public void close() throws InterruptedException {
    stop.countDown();
    thread.join(CLOSE.toMillis());
  }
}
