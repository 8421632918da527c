package dev.candles.batch.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.batch.quality.check.Finding;
import dev.candles.batch.quality.check.QaCheck;
import dev.candles.batch.quality.report.CertificateCheck;
import dev.candles.batch.quality.report.CertificateJson;
import dev.candles.batch.quality.report.Certificates;
import dev.candles.batch.quality.report.OlderCertificates;
import dev.candles.batch.quality.report.QaReport;
import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Provenance;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.candle.TradeRange;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Reason;
import dev.candles.lake.coverage.CoverageAppender;
import dev.candles.lake.layout.DataFiles;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.manifest.Check;
import dev.candles.lake.manifest.Check.Verdict;
import dev.candles.lake.manifest.Manifest;
import dev.candles.lake.manifest.Manifests;
import dev.candles.lake.manifest.Sha256;
import dev.candles.lake.parquet.CandleFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A lake as an older build left it: the only trade of a minute lost, the minute called empty
 * because the venue said nothing twice, larger candles made without it, all of it sealed and
 * certified.
 */
class LostTradeTest {
  private static final StreamKey MINUTES = TestLake.KRAKEN;
  private static final StreamKey FIVE = MINUTES.in(Timeframe.M5);
  private static final StreamKey HOUR = MINUTES.in(Timeframe.H1);

  /** The minute whose trade was lost; the ids of its neighbours are 22 and 24. */
  private static final int LOST = 62;

  private static final long LOST_MS = TestLake.FIRST + LOST * TestLake.MINUTE;

  @TempDir Path root;
  private TestLake lake;

  /** Minutes 61 to 63 of one trade each; all others are silent, as the feed's chain proved. */
  private static List<Candle> thin() {
    List<Candle> minutes = new ArrayList<>();
    for (Candle c : TestLake.minutes(MINUTES, 0)) {
      int minute = (int) ((c.openTimeMs() - TestLake.FIRST) / TestLake.MINUTE);
      long id = minute - 39;
      boolean trades = minute >= 50 && minute < 70;
      if (trades) {
        minutes.add(
            new Candle(
                MINUTES,
                c.openTimeMs(),
                c.prices(),
                c.volumes(),
                new TradeRange(1L, id, id),
                Provenance.first(Evidence.REST_TRADES, "rest", 0)));
      }
    }
    return minutes;
  }

  private static List<Candle> withoutLost() {
    return thin().stream().filter(c -> c.openTimeMs() != LOST_MS).toList();
  }

  @BeforeEach
  void olderLake() throws IOException {
    lake = new TestLake(root);
    List<Candle> held = withoutLost();
    lake.write(held);
    lake.write(TestLake.rollup(held, Timeframe.M5));
    hourly(held);
    silence(MINUTES, 0, 50, Evidence.TRADE_CHAIN, 1);
    silence(MINUTES, 70, 1440, Evidence.TRADE_CHAIN, 2);
    silence(MINUTES, LOST, LOST + 1, Evidence.REST_TWICE, 3);
    silence(FIVE, 0, 50, Evidence.ROLLUP, 1);
    silence(FIVE, 70, 1440, Evidence.ROLLUP, 2);
    silence(HOUR, 120, 1440, Evidence.ROLLUP, 1);
    sealedByTheOlderBuild();
  }

  private void hourly(List<Candle> held) throws IOException {
    Path folder = lake.folder(HOUR, 0);
    Files.createDirectories(folder);
    CandleFiles.write(folder.resolve("c-1.parquet"), TestLake.rollup(held, Timeframe.H1));
  }

  private void silence(StreamKey stream, int from, int to, Evidence why, long seq)
      throws IOException {
    long fromMs = TestLake.FIRST + from * TestLake.MINUTE;
    long toMs = TestLake.FIRST + to * TestLake.MINUTE;
    IntervalState state = IntervalState.VERIFIED_EMPTY;
    new CoverageAppender(lake.layout)
        .append(List.of(new CoverageRow(stream, fromMs, toMs, state, Reason.NONE, why, seq, toMs)));
  }

  /** All of its twelve checks passed, under the names of its rules. */
  private void sealedByTheOlderBuild() throws IOException {
    List<Manifest> manifests = new ArrayList<>();
    for (StreamKey stream : List.of(MINUTES, FIVE, HOUR)) {
      manifests.add(lake.manifest(stream, 0));
    }
    String seal =
        Sha256.of(
            manifests.stream()
                .map(m -> m.partition().id() + " " + m.rootSha256() + "\n")
                .sorted()
                .collect(Collectors.joining()));
    for (Manifest manifest : manifests) {
      List<Check> passed = new ArrayList<>();
      for (int number = 1; number <= 12; number++) {
        passed.add(new Check("qa-" + number + ".2", Verdict.PASS, seal));
      }
      Manifests.write(lake.folder(manifest.partition()), manifest.withChecks(passed));
    }
  }

  private static List<String> kinds(QaReport report) {
    return report.findings().stream()
        .map(Finding::kind)
        .map(kind -> kind.name())
        .collect(Collectors.toList());
  }

  private List<Check> checks(StreamKey stream) throws IOException {
    Partition partition = Partition.of(stream, TestLake.FIRST);
    return Manifests.read(lake.folder(partition), partition).orElseThrow().checks();
  }

  private Path certificate() {
    return Certificates.file(root, MINUTES.venue(), TestLake.date(0));
  }

  @Test
  void itIsFoundThoughItWasSealedAndTheIdsAndTheClaimAreNamed() throws Exception {
    for (int run = 0; run < 2; run++) {
      QaReport report = PlainQa.run(root);
      assertThat(report.passed()).isFalse();
      assertThat(kinds(report)).containsExactly("CHAIN_HOLE", "UNPROVEN_EMPTY");
      Finding hole = report.findings().get(0);
      assertThat(hole.openTimeMs()).isEqualTo(LOST_MS + TestLake.MINUTE);
      assertThat(hole.value())
          .isEqualTo(
              "ids 23 to 23 are missing: an emptiness of 1 minute lies between ids 22 and 24,"
                  + " which are not neighbours");
      Finding claim = report.findings().get(1);
      assertThat(claim.openTimeMs()).isEqualTo(LOST_MS);
      assertThat(claim.value()).contains("REST_TWICE");
      assertThat(report.totals().sealed()).isZero();
    }
  }

  @Test
  void itsOlderVerdictsAreTakenAway() throws Exception {
    assertThat(checks(MINUTES)).hasSize(12).allMatch(check -> check.verdict() == Verdict.PASS);
    PlainQa.run(root);
    assertThat(checks(MINUTES)).noneMatch(check -> check.id().endsWith(".2"));
    assertThat(checks(MINUTES))
        .filteredOn(check -> check.verdict() == Verdict.FAIL)
        .extracting(Check::id)
        .containsExactlyInAnyOrder(QaCheck.TRADE_ID_CHAIN.sealId(), QaCheck.COVERAGE.sealId());
  }

  @Test
  void itsOlderCertificateHoldsNoMoreAndIsWrittenAnew() throws Exception {
    PlainQa.run(root);
    OlderCertificates.allIsWell(certificate(), MINUTES);
    assertThat(CertificateCheck.differences(root, CertificateJson.read(certificate())))
        .singleElement()
        .asString()
        .contains("certified StateCounts", "empty=1421", "found", "empty=1420", "unknown=1");
    PlainQa.run(root);
    assertThat(Files.readString(certificate()))
        .contains("\"verified_empty\" : 1420", "\"unknown\" : 1", "\"findings\" : 2");
    assertThat(CertificateCheck.differences(root, CertificateJson.read(certificate())))
        .containsExactly(MINUTES + ": 2 findings when it was certified");
  }

  @Test
  void aLostTradeIsFoundWhateverEvidenceTheEmptinessOverItHas() throws Exception {
    silence(MINUTES, LOST, LOST + 1, Evidence.REST, 4);
    QaReport report = PlainQa.run(root);
    assertThat(kinds(report)).containsExactly("CHAIN_HOLE");
    assertThat(CertificateCheck.differences(root, CertificateJson.read(certificate())))
        .containsExactly(MINUTES + ": 1 finding when it was certified");
  }

  @Test
  void anEmptinessThatTheIdsProveIsNoFindingWhateverItsEvidence() throws Exception {
    List<Candle> all = new ArrayList<>(withoutLost());
    all.replaceAll(c -> c.openTimeMs() > LOST_MS ? Damage.shifted(c, -1) : c);
    write(all);
    QaReport report = PlainQa.run(root);
    assertThat(kinds(report)).isEmpty();
    assertThat(report.counts().unknown()).isZero();
    assertThat(CertificateCheck.differences(root, CertificateJson.read(certificate()))).isEmpty();
    assertThat(PlainQa.run(root).totals().sealed()).isEqualTo(3);
  }

  private void write(List<Candle> minutes) throws IOException {
    for (StreamKey stream : List.of(MINUTES, FIVE, HOUR)) {
      for (Path file : DataFiles.in(lake.folder(stream, 0))) {
        Files.delete(file);
      }
    }
    lake.write(minutes);
    lake.write(TestLake.rollup(minutes, Timeframe.M5));
    hourly(minutes);
    for (StreamKey stream : List.of(MINUTES, FIVE, HOUR)) {
      lake.seal(stream, 0);
    }
  }

  @Test
  void theRepairedMinuteShowsThatTheLargerCandlesWereMadeWithoutIt() throws Exception {
    PlainQa.run(root);
    CandleFiles.write(
        lake.folder(MINUTES, 0).resolve("c-9.parquet"),
        thin().stream().filter(c -> c.openTimeMs() == LOST_MS).toList());
    assertThat(kinds(PlainQa.run(root))).containsExactly("ROLLUP_DIFFERS", "ROLLUP_DIFFERS");
    write(thin());
    QaReport report = PlainQa.run(root);
    assertThat(kinds(report)).isEmpty();
    assertThat(CertificateCheck.differences(root, CertificateJson.read(certificate()))).isEmpty();
    assertThat(PlainQa.run(root).totals().sealed()).as("and sealed").isEqualTo(3);
  }
}
