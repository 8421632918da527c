package dev.candles.batch.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.batch.quality.check.Finding;
import dev.candles.batch.quality.check.FindingType;
import dev.candles.batch.quality.check.QaCheck;
import dev.candles.batch.quality.report.Certificate;
import dev.candles.batch.quality.report.CertificateCheck;
import dev.candles.batch.quality.report.CertificateJson;
import dev.candles.batch.quality.report.Certificates;
import dev.candles.batch.quality.report.QaReport;
import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.coverage.IntervalState;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.manifest.Check;
import dev.candles.lake.manifest.Check.Verdict;
import dev.candles.lake.manifest.Manifest;
import dev.candles.lake.manifest.Manifests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong is wrong with every day that it touches: none of them is sealed or confirmed. */
class FindingsOfDaysTest {
  private static final StreamKey STREAM = TestLake.MINUTES;
  private static final long MIDNIGHT = TestLake.FIRST + 2 * TestLake.DAY;

  @TempDir Path root;
  @TempDir Path elsewhere;
  private TestLake lake;

  @BeforeEach
  void fill() throws IOException {
    lake = new TestLake(root);
    for (int day = 0; day < 4; day++) {
      lake.write(TestLake.minutes(STREAM, day));
    }
  }

  private void sealAll() throws IOException {
    for (int day = 0; day < 4; day++) {
      lake.seal(STREAM, day);
    }
  }

  /** Takes minutes on both sides of the midnight before the third day out, and compacts. */
  private void lack(int before, int after) throws Exception {
    Path evening = lake.folder(STREAM, 1).resolve("c-2.parquet");
    Path morning = lake.folder(STREAM, 2).resolve("c-1.parquet");
    TestLake.drop(evening, MIDNIGHT - before * TestLake.MINUTE, MIDNIGHT);
    TestLake.drop(morning, MIDNIGHT, MIDNIGHT + after * TestLake.MINUTE);
    sealAll();
  }

  private Manifest manifest(int day) throws IOException {
    Partition partition = Partition.of(STREAM, TestLake.FIRST + day * TestLake.DAY);
    return Manifests.read(lake.folder(partition), partition).orElseThrow();
  }

  private Verdict verdict(QaCheck rule, int day) throws IOException {
    return manifest(day).checks().stream()
        .filter(check -> check.id().equals(rule.sealId()))
        .map(Check::verdict)
        .findFirst()
        .orElseThrow();
  }

  private Certificate certificate(int day) throws IOException {
    return CertificateJson.read(Certificates.file(root, STREAM.venue(), TestLake.date(day)));
  }

  private void isOfBothDays(QaCheck check, FindingType kind, int findings) throws Exception {
    QaReport report = PlainQa.run(root);
    assertThat(report.findings()).extracting(Finding::kind).containsOnly(kind);
    assertThat(report.streams().get(0).days())
        .extracting(day -> day.wrong())
        .containsExactly(0, findings, findings, 0);
    for (int day = 1; day <= 2; day++) {
      assertThat(verdict(check, day)).as("day %d", day).isEqualTo(Verdict.FAIL);
      assertThat(certificate(day).streams().get(0).findings()).isEqualTo(findings);
      assertThat(CertificateCheck.differences(root, certificate(day))).isNotEmpty();
    }
    for (int day : List.of(0, 3)) {
      assertThat(verdict(check, day)).as("day %d", day).isEqualTo(Verdict.PASS);
      assertThat(CertificateCheck.differences(root, certificate(day))).isEmpty();
    }
  }

  @Test
  void aGapOverMidnightIsOfBothDays() throws Exception {
    lack(10, 20);
    lake.state(STREAM, MIDNIGHT - 10 * TestLake.MINUTE, 30, IntervalState.MISSING);
    lake.commit();
    isOfBothDays(QaCheck.GAP_DETECTION, FindingType.GAP, 1);
  }

  @Test
  void minutesWithoutAStateOverMidnightAreOfBothDays() throws Exception {
    lack(2, 2);
    isOfBothDays(QaCheck.COVERAGE, FindingType.UNACCOUNTED, 1);
  }

  @Test
  void anEmptinessOverMidnightThatIsOnlyClaimedIsOfBothDays() throws Exception {
    lack(3, 3);
    long from = MIDNIGHT - 3 * TestLake.MINUTE;
    lake.state(STREAM, from, 6, IntervalState.VERIFIED_EMPTY, Evidence.REST_TWICE);
    lake.commit();
    PlainQa.run(root);
    assertThat(verdict(QaCheck.COVERAGE, 1)).isEqualTo(Verdict.FAIL);
    assertThat(verdict(QaCheck.COVERAGE, 2)).isEqualTo(Verdict.FAIL);
    assertThat(verdict(QaCheck.COVERAGE, 3)).isEqualTo(Verdict.PASS);
  }

  @Test
  void whatIsLostOverMidnightIsToldOfBothDays() throws Exception {
    lack(10, 20);
    lake.state(STREAM, MIDNIGHT - 10 * TestLake.MINUTE, 30, IntervalState.UNRECOVERABLE);
    lake.commit();
    PlainQa.run(root);
    assertThat(verdict(QaCheck.GAP_DETECTION, 1)).isEqualTo(Verdict.WARN);
    assertThat(verdict(QaCheck.GAP_DETECTION, 2)).isEqualTo(Verdict.WARN);
    assertThat(verdict(QaCheck.GAP_DETECTION, 3)).isEqualTo(Verdict.PASS);
  }

  @Test
  void aHoleInTheIdsOverMidnightIsOfBothDays() throws Exception {
    for (int day = 2; day < 4; day++) {
      for (String file : List.of("c-1.parquet", "c-2.parquet")) {
        Files.delete(lake.folder(STREAM, day).resolve(file));
      }
      List<Candle> minutes = TestLake.minutes(STREAM, day);
      lake.write(minutes.stream().map(c -> Damage.shifted(c, 40)).toList());
    }
    sealAll();
    isOfBothDays(QaCheck.TRADE_ID_CHAIN, FindingType.CHAIN_HOLE, 1);
  }

  @Test
  void aDayInTheMiddleOfAGapIsNotConfirmed() throws Exception {
    sealAll();
    Files.move(lake.folder(STREAM, 1), elsewhere.resolve("1"));
    Files.move(lake.folder(STREAM, 2), elsewhere.resolve("2"));
    PlainQa.run(root);
    Certificate second = certificate(2);
    assertThat(second.streams().get(0).counts().unknown()).isEqualTo(1440);
    assertThat(second.streams().get(0).findings()).isEqualTo(1);
    assertThat(CertificateCheck.differences(root, second)).hasSize(1);
  }

  /** As builds did that filed a gap under the day on which it began alone. */
  @Test
  void aSealThatDoesNotKnowOfTheGapIsTakenFromItsDay() throws Exception {
    lack(10, 20);
    PlainQa.run(root);
    Manifest judged = manifest(2);
    List<Check> passed =
        judged.checks().stream()
            .map(check -> new Check(check.id(), Verdict.PASS, check.checkedSha256()))
            .toList();
    Manifests.write(lake.folder(STREAM, 2), judged.withChecks(passed));
    assertThat(verdict(QaCheck.GAP_DETECTION, 2)).isEqualTo(Verdict.PASS);
    isOfBothDays(QaCheck.GAP_DETECTION, FindingType.GAP, 1);
    assertThat(manifest(2)).as("nothing else of it changes").isEqualTo(judged);
  }

  @Test
  void whatIsCountedAndNotKeptIsCertifiedToo() throws Exception {
    TestLake.copy(
        lake.folder(STREAM, 1).resolve("c-1.parquet"),
        lake.folder(STREAM, 1).resolve("c-9.parquet"),
        "*",
        "open_time_ms < " + (TestLake.FIRST + TestLake.DAY + 70 * TestLake.MINUTE));
    PlainQa.run(root);
    assertThat(certificate(1).streams().get(0).findings()).isEqualTo(70);
  }
}
