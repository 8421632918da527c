package dev.candles.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.cli.advice.Advice;
import dev.candles.cli.cluster.LiveJob;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.GapRecord;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Newest;
import dev.candles.core.coverage.Reason;
import dev.candles.core.coverage.StreamDays;
import dev.candles.core.time.MarketClock;
import dev.candles.core.watch.DiskLevel;
import dev.candles.core.watch.DiskStanding;
import dev.candles.lake.state.UnlistedSymbols;
import dev.candles.lake.view.LakeLook;
import dev.candles.lake.view.LakeUsage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusPageTest {
  private static final StreamKey BTC = new StreamKey("okx", "BTC-USDT", Timeframe.M1);
  private static final long NOON = Instant.parse("2026-03-02T12:00:00Z").toEpochMilli();
  private static final long MINUTE = 60_000;
  private static final LiveJob JOB =
      new LiveJob(
          "1a2b",
          "RUNNING",
          NOON - 90 * MINUTE,
          "http://127.0.0.1:8081",
          LiveJob.Checkpoints.UNKNOWN,
          List.of(
              new LiveJob.Value("okx", "health", 1, 1),
              new LiveJob.Value("okx", "healthSinceMs", NOON - 9 * MINUTE, 1),
              new LiveJob.Value("okx", "troubleSinceMs", NOON - 10 * MINUTE, 1),
              new LiveJob.Value("okx", "feed", "failsSinceMs", NOON - 2 * MINUTE, 1),
              new LiveJob.Value("okx", "rest", "failsSinceMs", 0, 0),
              new LiveJob.Value("okx", "nextConnectMs", NOON + 20_000, 1),
              new LiveJob.Value("okx", "timeout", "healthFailures", 3, 3),
              new LiveJob.Value("okx", "protocol", "healthFailures", 0, 0),
              new LiveJob.Value("okx", "nextRepairMs", NOON + MINUTE, 1),
              new LiveJob.Value("okx", "connections", 2, 3),
              new LiveJob.Value("okx", "connectionsActive", 1, 2),
              new LiveJob.Value("okx", "written", 40, 70),
              new LiveJob.Value("okx", "written", 5, 5),
              new LiveJob.Value("okx", "errorRatePercent", 0.25, 0.5)),
          DiskStanding.UNKNOWN);

  private static Status status(Optional<LiveJob> job, int openGaps, long nowMs, LakeUsage usage) {
    List<GapRecord> gaps = new ArrayList<>();
    for (int n = 0; n < openGaps; n++) {
      long fromMs = NOON - (2 * n + 60) * MINUTE;
      gaps.add(
          new GapRecord(
              BTC,
              fromMs,
              fromMs + MINUTE,
              IntervalState.MISSING,
              Reason.SKIPPED,
              null,
              fromMs + 2 * MINUTE,
              0));
    }
    return new Status(
        Path.of("/lake"),
        MarketClock.real(),
        new LiveJob.Found(job, List.of()),
        new LakeLook(List.of(stream(gaps)), nowMs, 0),
        usage,
        new DiskStanding(DiskLevel.ROOMY, 9_000_000_000L, 10_000_000_000L, -1, true),
        ConcernFixture.qa(NOON - 300 * MINUTE, false),
        Optional.empty(),
        List.of(new UnlistedSymbols.Symbol("okx", "BTC-USX", List.of("BTC-USDT"), NOON - MINUTE)),
        NOON - 12_000,
        Map.of("okx", Duration.ofMinutes(4)),
        Advice.PLAIN,
        false,
        NOON);
  }

  private static StreamDays stream(List<GapRecord> gaps) {
    return new StreamDays(BTC, 0, 0, new Newest(BTC, Newest.NONE), List.of(), gaps);
  }

  private static final LakeUsage USED = new LakeUsage(2_500_000_000L, 45_000_000, 0);

  private static String page(Status status) {
    return String.join("\n", new StatusPage(status).lines());
  }

  @Test
  void aCollectorThatRunsIsToldWithItsVenues() {
    assertThat(page(status(Optional.of(JOB), 2, NOON, USED)))
        .contains("Collector   RUNNING, started 90 min ago, http://127.0.0.1:8081, job 1a2b")
        .contains(
            "Checkpoint  12 s ago", "Compaction  never", "QA          FOUND SOMETHING 5 h ago")
        .containsPattern("okx +DEGRADED +2/3 +1 +never +100.00% +2 +75 +- +- +- +0.25%")
        .containsPattern("okx/BTC-USDT/1m .*SKIPPED");
  }

  @Test
  void whatIsWrongComesFirstWithItsAnswers() {
    assertThat(page(status(Optional.of(JOB), 1, NOON, USED)))
        .startsWith(
            "Now         2 things for you to do\nData lost   not yet: the venue is asked until it"
                + " answers\nTO DO       okx does not list BTC-USX (did you mean BTC-USDT?), since")
        .contains("TO DO       the last QA found something, since 2026-03-02T07:00:00Z\n")
        .contains(
            "\n"
                + "IN REPAIR   okx: part of its feed is away, REST answers (DEGRADED: 3 times no"
                + " answer in time; 2 of 3 links live), since 2026-03-02T11:50:00Z\n"
                + "            being done: the collector connects again, at least every 30 s;"
                + " meanwhile REST is asked for what the feed misses, next try"
                + " 2026-03-02T12:00:20Z\n"
                + "            over: when its feed answers, a few times in a row\n"
                + "            data lost: no, as long as REST answers: it fetches what the feed"
                + " misses\n")
        .contains("            over: about 2026-03-02T12:04:00Z, at the pace of late\n");
  }

  /** What is wrong, since when, what is done, when it is over, what is lost. */
  @Test
  void theFirstTenLinesAnswerAllQuestions() {
    List<String> lines = new StatusPage(status(Optional.empty(), 3, NOON, USED)).lines();
    assertThat(String.join("\n", lines.subList(0, 10)))
        .contains("Now ", "Data lost ", "no collector runs, since ")
        .contains("being done: nothing by itself: start one", "over: after the next start");
    assertThat(lines.indexOf("No open gaps.")).as("notes come after how all stands").isLessThan(0);
    assertThat(lines.stream().filter(line -> line.startsWith("NOTE"))).hasSizeLessThan(3);
  }

  @Test
  void aSimulatedClockIsNamedOnce() {
    Status real = status(Optional.empty(), 0, NOON, USED);
    assertThat(page(real)).doesNotContain("simulated");
    Status simulated =
        new Status(
            real.lake(),
            new MarketClock(NOON - MINUTE, NOON - 60 * MINUTE, 60),
            real.found(),
            real.reading(),
            real.usage(),
            real.disk(),
            real.qa(),
            real.halfForgotten(),
            real.unlisted(),
            real.checkpointMs(),
            real.repairsTake(),
            real.advice(),
            real.venuesGone(),
            real.realMs());
    assertThat(page(simulated))
        .contains("\nClock       simulated clock, 60×; the ages of start, checkpoint")
        .as("the checkpoint of 12 s ago is one of 12 minutes of the market ago")
        .contains("TO DO       no collector runs, since 2026-03-02T11:48:00Z\n")
        .contains("Checkpoint  12 s ago\n");
    assertThat(StatusJson.of(simulated)).contains("\"clock\":{\"simulated\":true,\"speed\":60.0}");
  }

  @Test
  void growthIsThatOfTodayAndSaysHowLongTheDiskLasts() {
    assertThat(page(status(Optional.empty(), 0, NOON, USED)))
        .contains("2500 MB used, 9000 MB of 10 GB free, 90 MB a day as today, full in 100 days");
    long early = NOON - 690 * MINUTE;
    assertThat(page(status(Optional.empty(), 0, early, USED)))
        .as("half an hour tells nothing of a day")
        .contains("9000 MB of 10 GB free\n");
    assertThat(page(status(Optional.empty(), 0, NOON, new LakeUsage(5_000, 0, 0))))
        .as("nothing grows")
        .contains("5 kB used, 9000 MB of 10 GB free, 0 kB a day as today\n");
  }

  @Test
  void onlySomeGapsAreShownAndItIsSaidHowManyMoreThereAre() {
    String page = page(status(Optional.empty(), 13, NOON, USED));
    assertThat(page.lines().filter(line -> line.startsWith("okx/BTC-USDT/1m"))).hasSize(10);
    assertThat(page).contains("NOT RUNNING", "and 3 more: ./candles gaps --open");
    assertThat(page(status(Optional.empty(), 0, NOON, USED))).contains("No open gaps.");
  }

  @Test
  void whoIsThereAndDoesNotAnswerIsNotSaidNotToRun() {
    Status answered = status(Optional.empty(), 0, NOON, USED);
    Status status =
        new Status(
            answered.lake(),
            answered.clock(),
            new LiveJob.Found(Optional.empty(), List.of("no answer for 15 s")),
            answered.reading(),
            answered.usage(),
            answered.disk(),
            answered.qa(),
            answered.halfForgotten(),
            answered.unlisted(),
            answered.checkpointMs(),
            answered.repairsTake(),
            answered.advice(),
            answered.venuesGone(),
            answered.realMs());
    assertThat(page(status))
        .contains("Collector   DOES NOT ANSWER: no answer for 15 s")
        .doesNotContain("NOT RUNNING");
  }

  /** The form that programs read: nothing of it may change under its name. */
  @Test
  void theDocumentIsStable() {
    assertThat(StatusJson.of(status(Optional.of(JOB), 1, NOON, USED)))
        .isEqualTo(
            ("{'format':'candles-status-1','lake':'/lake','now_ms':1772452800000,'running':true,"
                    + "'unanswered':[],'job':{'id':'1a2b','state':'RUNNING',"
                    + "'since_ms':1772447400000,'at':'http://127.0.0.1:8081'},"
                    + "'clock':{'simulated':false,'speed':1.0},'verdict':{'level':'ACT','words':'2"
                    + " things for you to do'},'concerns':[{'level':'ACT','what':'okx does not list"
                    + " BTC-USX (did you mean BTC-USDT?)','since_ms':1772452740000,'doing':'nothing is"
                    + " collected or fetched of it: correct the symbol in the configuration and start"
                    + " again; the venue is asked every ten minutes whether it lists"
                    + " it','next_ms':null,'over':'when the symbol is corrected, or"
                    + " listed','over_ms':null,'lost':'no, if the symbol is"
                    + " wrong'},{'level':'ACT','what':'the last QA found"
                    + " something','since_ms':1772434800000,'doing':'nothing by itself: read its"
                    + " report','next_ms':null,'over':'with the next QA of the"
                    + " whole lake that passes','over_ms':null,'lost':'not known: its report says"
                    + " so'},{'level':'MENDED','what':'okx: part of its feed is away, REST answers"
                    + " (DEGRADED: 3 times no answer in time; 2 of 3 links"
                    + " live)','since_ms':1772452200000,'doing':'the collector connects again, at"
                    + " least every 30 s; meanwhile REST is asked for what the feed"
                    + " misses','next_ms':1772452820000,'over':'when its feed answers, a few times in"
                    + " a row','over_ms':null,'lost':'no, as long as REST answers: it fetches what the"
                    + " feed misses'},{'level':'MENDED','what':'okx: 1 interval of 1 stream missing:"
                    + " the feed went on without them','since_ms':1772449200000,'doing':'REST is asked"
                    + " for them','next_ms':1772452860000,'over':'at the pace of"
                    + " late','over_ms':1772453040000,'lost':'not yet: the venue is asked until it"
                    + " answers'}],'not_listed':[{'venue':'okx','symbol':'BTC-USX',"
                    + "'nearest':['BTC-USDT'],'since_ms':1772452740000}],"
                    + "'last_checkpoint_ms':1772452788000,"
                    + "'last_compaction_ms':null,'last_qa':{'report':'qa_report.json',"
                    + "'at_ms':1772434800000,'passed':false},'disk':{'used_bytes':2500000000,"
                    + "'level':'ROOMY','free_bytes':9000000000,'total_bytes':10000000000,'full_in_ms':null,"
                    + "'bytes_per_day':90000000,'days_left':100},"
                    + "'venues':[{'venue':'okx','health':'DEGRADED','health_since_ms':1772452260000,'health_failures':{'timeout':3},'health_why':'3"
                    + " times no answer in time','streams':1,'newest_ms':null,"
                    + "'settled_percent':100.0,'open_gaps':1,'connections':3,"
                    + "'connections_active':2,'duplicates':null,'frames':null,'rejects':null,"
                    + "'repair_requests':null,'repairs_open':null,'revisions':null,"
                    + "'second_reads_open':null,'written':75,"
                    + "'next_repair_ms':1772452860000,'repairs_take_ms':240000,"
                    + "'error_rate_percent':0.25,'since_ms':1772452200000,'trouble_since_ms':1772452200000,"
                    + "'feed_fails_since_ms':1772452680000,'rest_fails_since_ms':0,"
                    + "'next_connect_ms':1772452820000,'past_trouble':null}],"
                    + "'gaps':[{'stream':'okx/BTC-USDT/1m',"
                    + "'from_ms':1772449200000,'to_ms':1772449260000,'reason':'SKIPPED',"
                    + "'noted_at_ms':1772449320000}]}")
                .replace('\'', '"'));
  }
}
