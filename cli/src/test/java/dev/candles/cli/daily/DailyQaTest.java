package dev.candles.cli.daily;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.cli.TestCandle;
import dev.candles.core.candle.Candle;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.time.MarketClock;
import dev.candles.job.alert.Notice;
import dev.candles.lake.disk.Durable;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.parquet.CandleFiles;
import dev.candles.lake.state.ToldAlerts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The checks beside a collector, in processes, from a second before they are due. */
@Execution(ExecutionMode.CONCURRENT)
class DailyQaTest {
  private static final LocalDate DATE = LocalDate.of(2026, 1, 10);
  private static final LocalTime AT = LocalTime.of(0, 20);
  private static final long PATIENCE_S = 300;
  private static final Duration LONG = Duration.ofSeconds(2 * PATIENCE_S);

  /** A day of the market in a real second. */
  private static final double FAST = 86_400;

  @TempDir private Path folder;
  private Path root;
  private QaReports reports;
  private volatile boolean room = true;
  private final AtomicInteger refused = new AtomicInteger();
  private final List<Notice> told = new CopyOnWriteArrayList<>();

  @BeforeEach
  void open() {
    root = folder.resolve("lake");
    reports = new QaReports(new LakeLayout(root));
  }

  /** The collector has started a second before the checks are due, whatever this machine does. */
  private DailyQa daily(DailyQa.Checks checks, DailyQa.Alerts alerts) {
    return daily(1, checks, LONG, () -> alerts);
  }

  private DailyQa daily(
      double speed, DailyQa.Checks checks, Duration longest, Supplier<DailyQa.Alerts> alerts) {
    long startMs = Instant.parse(DATE + "T00:20:00Z").toEpochMilli() - 1_000;
    MarketClock clock = new MarketClock(System.currentTimeMillis(), startMs, speed);
    return new DailyQa(AT, clock, startMs, reports, this::hasRoom, checks, longest, alerts);
  }

  private boolean hasRoom() {
    if (!room) {
      refused.incrementAndGet();
    }
    return room;
  }

  private DailyQa daily(DailyQa.Checks checks) {
    return daily(
        checks,
        notice -> {
          told.add(notice);
          return CompletableFuture.completedFuture(null);
        });
  }

  /** A process that prints, writes both files and ends with {@code code}. */
  private static DailyQa.Checks printing(String text, int code) {
    return (reports, report, page) ->
        new ProcessBuilder(
                "sh",
                "-c",
                "printf '%s' \"$1\"; echo r >\"$2\"; echo p >\"$3\"; exit $4",
                "sh",
                text,
                report.toString(),
                page.toString(),
                Integer.toString(code))
            .redirectErrorStream(true)
            .redirectOutput(reports.output().toFile())
            .start();
  }

  private void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(told.toString()).isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private List<Path> left() {
    try (var files = Files.list(root.resolve("reports"))) {
      return files.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void whatWasFoundIsAnAlertThatNamesTheChecksAndThePage() throws Exception {
    String text =
        "CHECK 5: Finality\n  ✅ PASS: fine\nCHECK 6: Gap Detection\n  ❌ FAIL: Gap Detection (2)\n"
            + "CHECK 11: Footer and Path\n  ❌ FAIL: 1\n❌ FAIL: 2 of 12 integrity checks failed\n";
    try (DailyQa daily = daily(printing(text, 1))) {
      await(() -> Files.exists(reports.report(DATE)));
    }
    assertThat(told)
        .extracting(Notice::line)
        .containsExactly(
            "ALERT [CRITICAL] qa_found: the daily checks found something: Gap Detection;"
                + " Footer and Path. Look at reports/qa-2026-01-10.html in the lake");
    assertThat(reports.report(DATE)).hasContent("r");
    assertThat(reports.page(DATE)).hasContent("p");
    assertThat(reports.newest()).contains(DATE);
  }

  @Test
  void withoutAPageWhatWasFoundIsToldAndTheReportKept() throws Exception {
    DailyQa.Checks checks =
        (any, report, page) ->
            new ProcessBuilder(
                    "sh",
                    "-c",
                    "printf 'CHECK 5: Finality\\n  ❌ FAIL: Finality (1)\\n'; echo r >\"$1\"; exit 1",
                    "sh",
                    report.toString())
                .redirectOutput(any.output().toFile())
                .start();
    try (DailyQa daily = daily(checks)) {
      await(() -> Files.exists(reports.report(DATE)));
    }
    assertThat(told)
        .extracting(Notice::line)
        .containsExactly(
            "ALERT [CRITICAL] qa_found: the daily checks found something: Finality."
                + " Look at reports/qa-2026-01-10.json in the lake");
    assertThat(reports.page(DATE)).doesNotExist();
  }

  @Test
  void checksThatPassEndWhatWasTold() throws Exception {
    try (DailyQa daily = daily(printing("CHECK 5: Finality\n  ✅ PASS: fine\n", 0))) {
      await(() -> Files.exists(reports.report(DATE)));
    }
    assertThat(told)
        .singleElement()
        .isEqualTo(QaStanding.well(told.get(0).atMs()))
        .extracting(Notice::line)
        .isEqualTo("ALERT [INFO] qa_well: the daily checks pass again");
  }

  /** Which checks failed is the news, not how much they found. */
  @Test
  void theSameIsToldOnce() throws Exception {
    List<String> one = List.of("CHECK 5: Finality", "  ❌ FAIL: 2");
    List<String> more = List.of("CHECK 5: Finality", "  ❌ FAIL: 3", "     a finding");
    List<String> other = List.of("CHECK 5: Finality", "  ✅ PASS: x", "CHECK 6: G", "  ❌ FAIL: 1");
    ToldAlerts known = ToldAlerts.standing(new LakeLayout(root));
    List<Integer> news = new ArrayList<>();
    List<Notice> nights =
        List.of(
            QaStanding.well(1),
            QaStanding.found(one, "here", 2),
            QaStanding.found(more, "here", 3),
            QaStanding.found(other, "here", 4),
            QaStanding.failed("no memory", 5),
            QaStanding.failed("no disk", 6),
            QaStanding.found(other, "here", 7),
            QaStanding.well(8),
            QaStanding.well(9));
    for (Notice notice : nights) {
      ToldAlerts.Mark mark = notice.mark().orElseThrow();
      if (!known.isTold(notice.subject(), "log", mark)) {
        known.tell(notice.subject(), "log", mark);
        news.add((int) notice.atMs());
      }
    }
    assertThat(news).containsExactly(2, 4, 5, 7, 8);
  }

  @Test
  void whileTheDiskIsShortTheChecksStayDue() throws Exception {
    room = false;
    List<Integer> asked = new CopyOnWriteArrayList<>();
    DailyQa.Checks checks =
        (to, report, page) -> {
          asked.add(1);
          return printing("", 0).start(to, report, page);
        };
    try (DailyQa daily = daily(checks)) {
      await(() -> refused.get() > 1);
      assertThat(asked).isEmpty();
      room = true;
      await(() -> Files.exists(reports.report(DATE)));
    }
    assertThat(asked).hasSize(1);
  }

  @Test
  void theReportIsKeptOnlyOnceWhatWasFoundIsTold() throws Exception {
    CompletableFuture<Void> receiver = new CompletableFuture<>();
    DailyQa.Checks checks = printing("CHECK 5: Finality\n  ❌ FAIL: 1\n", 1);
    try (DailyQa daily =
        daily(
            checks,
            notice -> {
              told.add(notice);
              return receiver;
            })) {
      await(() -> !told.isEmpty());
      assertThat(reports.page(DATE)).exists();
      assertThat(reports.newest()).isEmpty();
      receiver.complete(null);
      await(() -> Files.exists(reports.report(DATE)));
    }
    assertThat(told).hasSize(1);
  }

  /** As of a JVM that could not be made, or of a fault that nobody foresaw. */
  @Test
  void aFailureWithoutAReportIsNoFinding() throws Exception {
    Files.createDirectories(root.resolve("reports"));
    Files.writeString(Durable.temporary(reports.report(DATE)), "of a run that was killed");
    DailyQa.Checks checks =
        (any, report, page) ->
            new ProcessBuilder("sh", "-c", "echo no memory; exit 1")
                .redirectOutput(any.output().toFile())
                .start();
    try (DailyQa daily = daily(checks)) {
      await(() -> !told.isEmpty());
    }
    assertThat(told)
        .extracting(Notice::line)
        .containsExactly(
            "ALERT [WARNING] qa_failed: the daily checks could not run: no memory (exit code 1)");
    assertThat(reports.newest()).isEmpty();
  }

  @Test
  void checksThatCouldNotRunAreAnAlertWithTheReasonAndLeaveNoReport() throws Exception {
    try (DailyQa daily = daily(printing("candles: the checks could not run: no room\n", 2))) {
      await(() -> !told.isEmpty());
    }
    assertThat(told)
        .extracting(Notice::line)
        .containsExactly(
            "ALERT [WARNING] qa_failed: the daily checks could not run:"
                + " candles: the checks could not run: no room (exit code 2)");
    assertThat(reports.newest()).isEmpty();
    await(() -> left().equals(List.of(reports.output())));
  }

  private static DailyQa.Checks endless(Collection<Process> started) {
    return (any, report, page) -> {
      Process process = new ProcessBuilder("sleep", "100000").start();
      started.add(process);
      return process;
    };
  }

  @Test
  void checksThatHangAreKilledAndToldAndTheNextDaysAreMade() throws Exception {
    BlockingQueue<Process> started = new LinkedBlockingQueue<>();
    DailyQa.Alerts alerts =
        notice -> {
          told.add(notice);
          return CompletableFuture.completedFuture(null);
        };
    Process first;
    try (DailyQa daily = daily(FAST, endless(started), Duration.ZERO, () -> alerts)) {
      first = started.poll(PATIENCE_S, TimeUnit.SECONDS);
      assertThat(first).isNotNull();
      assertThat(started.poll(PATIENCE_S, TimeUnit.SECONDS)).as("the next day's").isNotNull();
    }
    assertThat(first.waitFor(PATIENCE_S, TimeUnit.SECONDS)).isTrue();
    assertThat(told.get(0).line())
        .isEqualTo(
            "ALERT [WARNING] qa_failed: the daily checks could not run:"
                + " they did not end within 0 s and were killed");
    assertThat(reports.newest()).isEmpty();
  }

  @Test
  void checksAreMadeEachDayAlsoWhereNobodyCanBeTold() throws Exception {
    AtomicInteger opened = new AtomicInteger();
    Supplier<DailyQa.Alerts> broken =
        () -> {
          opened.incrementAndGet();
          throw new IllegalStateException("no selector");
        };
    try (DailyQa daily = daily(FAST, printing("", 0), LONG, broken)) {
      await(() -> opened.get() > 2);
    }
  }

  @Test
  void aCollectorThatEndsEndsItsChecksAndTheNextMakesUpForThem() throws Exception {
    BlockingQueue<Process> started = new LinkedBlockingQueue<>();
    Process process;
    try (DailyQa daily = daily(endless(started))) {
      process = started.poll(PATIENCE_S, TimeUnit.SECONDS);
      assertThat(process).isNotNull();
    }
    assertThat(process.waitFor(PATIENCE_S, TimeUnit.SECONDS)).isTrue();
    assertThat(reports.newest()).isEmpty();
    assertThat(told).isEmpty();
  }

  @Test
  void theRealChecksWriteReportAndPage() throws Exception {
    StreamKey stream = new StreamKey("coinbase", "BTC-USD", Timeframe.M1);
    long day = Instant.parse("2026-01-09T00:00:00Z").toEpochMilli();
    List<Candle> candles =
        IntStream.range(0, 1440)
            .mapToObj(i -> TestCandle.of(stream, day + i * 60_000L, 100 + i % 7, 10L * i, 0, day))
            .toList();
    Path bucket =
        new LakeLayout(root).folder(Folder.CANDLES).resolve(LakeLayout.bucket(candles.get(0)));
    CandleFiles.write(Files.createDirectories(bucket).resolve("c-1.parquet"), candles);
    Path config = folder.resolve("config.yaml");
    Files.writeString(config, "venues: [coinbase]\nsymbols: [BTC-USD]\n");

    try (DailyQa daily =
        daily((any, report, page) -> QaProcess.start(config, root, any, report, page))) {
      await(() -> Files.exists(reports.report(DATE)));
    }

    assertThat(Files.readString(reports.report(DATE))).contains("\"passed\" : true");
    assertThat(Files.readString(reports.page(DATE))).contains("</html>");
    assertThat(told).extracting(Notice::kind).containsExactly("qa_well");
  }

  /** The terminal sends Ctrl-C to all of a group: the checks would fail before the stop is seen. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void noSignalToTheCollectorsGroupReachesTheChecks() throws Exception {
    Path config = folder.resolve("config.yaml");
    Files.writeString(config, "venues: [coinbase]\nsymbols: [BTC-USD]\n");
    reports.open();
    Process checks =
        QaProcess.start(config, root, reports, reports.report(DATE), reports.page(DATE));
    try {
      await(() -> group(checks.pid()) != group(ProcessHandle.current().pid()));
    } finally {
      checks.destroyForcibly().waitFor();
    }
  }

  /** Of a process that is there, or has ended and was not asked how. */
  private static long group(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[2]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
