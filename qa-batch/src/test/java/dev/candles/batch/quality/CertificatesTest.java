package dev.candles.batch.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.candles.batch.quality.check.Finding;
import dev.candles.batch.quality.check.FindingType;
import dev.candles.batch.quality.report.CertificateCheck;
import dev.candles.batch.quality.report.CertificateJson;
import dev.candles.batch.quality.report.Certificates;
import dev.candles.batch.quality.report.QaReport;
import dev.candles.batch.quality.report.QaText;
import dev.candles.core.candle.Candle;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.lake.compact.Archiver;
import dev.candles.lake.compact.Outcome;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.manifest.Manifests;
import dev.candles.lake.manifest.SealedFile;
import dev.candles.lake.manifest.Sha256;
import dev.candles.lake.parquet.CandleFiles;
import dev.candles.lake.partition.Intent;
import dev.candles.lake.partition.Intents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A certificate outlives what happens to the files that it is about. */
class CertificatesTest {
  private static final StreamKey STREAM = TestLake.MINUTES;
  private static final FindingType LOST = FindingType.CERTIFIED_LOST;

  @TempDir Path root;
  @TempDir Path archive;

  private QaReport run() throws Exception {
    return PlainQa.run(root);
  }

  private TestLake sealedLake() throws Exception {
    TestLake lake = new TestLake(root);
    for (int day = 0; day < 2; day++) {
      lake.write(TestLake.minutes(STREAM, day));
      lake.seal(STREAM, day);
    }
    assertThat(run().passed()).isTrue();
    assertThat(differences()).isEmpty();
    return lake;
  }

  private Path certificate() {
    return Certificates.file(root, STREAM.venue(), TestLake.date(0));
  }

  private List<String> differences() throws IOException {
    return CertificateCheck.differences(root, CertificateJson.read(certificate()));
  }

  /** As the JVM records it itself. */
  @Test
  void theFolderOfAVenueIsOnTheDiskWithItsFirstCertificate() throws Exception {
    List<Path> flushed = new ArrayList<>();
    try (Recording recording = new Recording()) {
      recording.enable("jdk.FileForce").withoutThreshold().withoutStackTrace();
      recording.start();
      sealedLake();
      recording.stop();
      Path events = archive.resolve("flushes.jfr");
      recording.dump(events);
      RecordingFile.readAllEvents(events)
          .forEach(event -> flushed.add(Path.of(event.getString("path")).normalize()));
    }
    Path venue = certificate().resolveSibling("").normalize();
    assertThat(flushed).contains(root, venue.resolveSibling("").normalize(), venue);
  }

  private void staysThrough(FindingType damage) throws Exception {
    String before = Files.readString(certificate());
    for (int day = 0; day < 2; day++) {
      QaReport report = run();
      assertThat(report.findings()).extracting(Finding::kind).contains(damage);
      String name = root.relativize(certificate()).toString();
      assertThat(report.keptCertificates()).containsExactly(name);
      assertThat(QaText.lines(report)).contains("Not certified anew, its day is damaged: " + name);
      assertThat(report.findings()).extracting(Finding::kind).doesNotContain(LOST);
      assertThat(Files.readString(certificate())).isEqualTo(before);
      assertThat(differences()).isNotEmpty();
    }
  }

  @Test
  void aLostFileIsNotCertifiedAway() throws Exception {
    Files.delete(sealedLake().folder(STREAM, 0).resolve("c-2.parquet"));
    staysThrough(FindingType.SEALED_FILE_MISSING);
  }

  @Test
  void aChangedFileIsNotCertifiedAway() throws Exception {
    TestLake.rewrite(sealedLake().folder(STREAM, 0).resolve("c-1.parquet"), "*");
    staysThrough(FindingType.SEALED_FILE_CHANGED);
  }

  @Test
  void aDamagedFileIsNotCertifiedAwayWithItsManifest() throws Exception {
    Path folder = sealedLake().folder(STREAM, 0);
    Damage.cut(folder.resolve("c-1.parquet"), 0.5);
    Files.delete(folder.resolve(Manifests.NAME));
    staysThrough(FindingType.UNREADABLE);
  }

  private void aDayIsLost(TestLake lake, int day) throws Exception {
    Path file = Certificates.file(root, STREAM.venue(), TestLake.date(day));
    String before = Files.readString(file);
    Files.move(lake.folder(STREAM, day), archive.resolve("lost-" + day));
    QaReport report = run();
    String name = root.relativize(file).toString();
    assertThat(report.keptCertificates()).contains(name);
    assertThat(Files.readString(file)).isEqualTo(before);
    assertThat(report.passed()).isFalse();
    assertThat(report.findings())
        .filteredOn(finding -> finding.kind() == LOST && finding.file().equals(name))
        .extracting(Finding::value)
        .containsExactly(STREAM.id() + ": certified 1440 final intervals, found 0");
    assertThat(QaText.lines(report))
        .contains("Not certified anew, its day holds less than was certified: " + name);
  }

  @Test
  void aLostDayIsNotCertifiedAwayWhereverItWas() throws Exception {
    TestLake lake = sealedLake();
    lake.write(TestLake.minutes(STREAM, 2));
    lake.seal(STREAM, 2);
    assertThat(run().passed()).isTrue();
    aDayIsLost(lake, 1); // in the middle: its account goes on
    aDayIsLost(lake, 0); // the first: no account reaches back to it
    aDayIsLost(lake, 2); // the last: no report is left
    assertThat(run().keptCertificates()).hasSize(3);
    QaSettings settings = new QaSettings(root, 0, false, Set.of(), false);
    QaReport unsealed = new QualityRun(settings, plan -> List.of()).run(0, () -> TestLake.FIRST);
    assertThat(unsealed.findings()).as("also where nothing is written").hasSize(3);
  }

  @Test
  void whatAnotherRunCertifiedMeanwhileIsNoLossOfThisOne() throws Exception {
    TestLake lake = sealedLake();
    Path folder = lake.folder(STREAM, 0);
    Path late = folder.resolve("c-2.parquet");
    Path aside = archive.resolve("c-2.parquet");
    Files.move(late, aside);
    Files.delete(folder.resolve(Manifests.NAME));
    Files.delete(certificate());
    QaReport slower =
        PlainQa.run(
            root,
            0,
            () -> {},
            () -> {
              Files.move(aside, late);
              assertThat(run().passed()).isTrue();
              Files.move(late, aside); // as if this one had not seen it
            });
    assertThat(slower.keptCertificates()).isEmpty();
    assertThat(slower.findings()).extracting(Finding::kind).doesNotContain(LOST);
    Files.move(aside, late);
    assertThat(differences()).isEmpty();
  }

  @Test
  void aDayWhoseFoldersCannotBeReachedIsNotCertifiedAway() throws Exception {
    TestLake lake = sealedLake();
    String before = Files.readString(certificate());
    Path timeframes = lake.folder(STREAM, 0).resolveSibling(".").normalize();
    Files.move(timeframes, archive.resolve("out-of-reach"));
    Files.createSymbolicLink(timeframes, timeframes);
    assertThat(run().keptCertificates()).hasSize(2);
    assertThat(Files.readString(certificate())).isEqualTo(before);
  }

  @Test
  void theFirstMinutesOfTheNextDayAreNoLossOfTheDayThatIsJustOver() throws Exception {
    TestLake lake = sealedLake();
    Path last = Certificates.file(root, STREAM.venue(), TestLake.date(1));
    String before = Files.readString(last);
    lake.write(TestLake.minutes(STREAM, 2).subList(0, 2)); // what is younger is not judged yet
    assertThat(run().keptCertificates()).isEmpty();
    assertThat(Files.readString(last)).isEqualTo(before);
  }

  /** As from a snapshot of noon: the lake ends where the loss begins, and has no other witness. */
  @Test
  void aLostPartOfTheLastDayIsNoDayThatIsNotOverYet() throws Exception {
    Path folder = sealedLake().folder(STREAM, 1);
    Path file = Certificates.file(root, STREAM.venue(), TestLake.date(1));
    String before = Files.readString(file);
    Files.delete(folder.resolve("c-2.parquet"));
    Files.delete(folder.resolve(Manifests.NAME));
    QaReport report = run();
    assertThat(report.passed()).isFalse();
    assertThat(report.findings())
        .extracting(Finding::kind, Finding::file, Finding::value)
        .containsExactly(
            tuple(
                LOST,
                root.relativize(file).toString(),
                STREAM.id() + ": certified 1440 final intervals, found 720"));
    assertThat(report.keptCertificates()).containsExactly(root.relativize(file).toString());
    assertThat(Files.readString(file)).isEqualTo(before);
  }

  /** None of their intervals is judged to its end. */
  @Test
  void theFirstMinutesOfTheNextDayAreNoLossOfLargerTimeframes() throws Exception {
    TestLake lake = new TestLake(root).fill(1).commit();
    lake.write(TestLake.rollup(TestLake.minutes(TestLake.OKX, 0), Timeframe.D1));
    assertThat(run().passed()).isTrue();
    Path last = Certificates.file(root, TestLake.OKX.venue(), TestLake.date(0));
    assertThat(CertificateJson.read(last).streams())
        .extracting(stream -> stream.counts().finals())
        .containsExactly(1L, 24L, 1440L, 288L);
    lake.write(TestLake.minutes(TestLake.OKX, 1).subList(0, 2));
    QaReport report = run();
    assertThat(report.findings()).isEmpty();
    assertThat(report.keptCertificates()).isEmpty();
  }

  @Test
  void aCertificateThatCannotBeReadStaysForAPersonToSee() throws Exception {
    sealedLake();
    Files.writeString(certificate(), "{}");
    QaReport report = run();
    assertThat(report.keptCertificates()).hasSize(1);
    assertThat(report.findings()).extracting(Finding::kind).containsExactly(LOST);
    assertThat(Files.readString(certificate())).isEqualTo("{}");
  }

  @Test
  void aCertificateThatCannotBeReadHidesNoLossBehindIt() throws Exception {
    TestLake lake = sealedLake();
    aDayIsLost(lake, 1);
    Files.delete(certificate());
    Files.createDirectories(certificate()); // is there, and cannot be read
    QaReport report = run();
    assertThat(report.passed()).isFalse();
    assertThat(report.findings()).extracting(Finding::kind).containsExactly(LOST, LOST);
  }

  @Test
  void whatCameLaterIsCertifiedAnew() throws Exception {
    TestLake lake = sealedLake();
    TestLake.copy(
        lake.folder(STREAM, 0).resolve("c-1.parquet"),
        lake.revisions(STREAM, 0).resolve("r-1.parquet"),
        "* replace (1::integer as revision)",
        "open_time_ms = " + TestLake.FIRST);
    assertThat(differences()).hasSize(1);
    assertThat(run().keptCertificates()).isEmpty();
    assertThat(differences()).isEmpty();
  }

  @Test
  void whatAKilledCompactionReplacesDoesNotCount() throws Exception {
    TestLake lake = sealedLake();
    Path folder = lake.folder(STREAM, 0);
    Files.delete(folder.resolve(Manifests.NAME));
    Path merged = folder.resolve("part-1.parquet");
    CandleFiles.write(merged, TestLake.minutes(STREAM, 0));
    SealedFile output =
        new SealedFile("part-1.parquet", Files.size(merged), 1440, Sha256.of(merged));
    Intents.write(
        folder,
        new Intent(
            Partition.of(STREAM, TestLake.FIRST),
            List.of("c-1.parquet", "c-2.parquet"),
            List.of(),
            output,
            Optional.empty()));
    assertThat(run().passed()).isTrue();
    assertThat(CertificateJson.read(certificate()).streams().get(0).files()).hasSize(1);
    assertThat(differences()).isEmpty();
    Files.delete(folder.resolve("c-1.parquet")); // as the next run would
    assertThat(differences()).isEmpty();
  }

  @Test
  void anArchivedDayKeepsTheHashesOfItsFiles() throws Exception {
    sealedLake();
    String before = Files.readString(certificate());
    Archiver archiver = new Archiver(new LakeLayout(root), new LakeLayout(archive));
    assertThat(archiver.archive(Partition.of(STREAM, TestLake.FIRST)).kind())
        .isEqualTo(Outcome.Kind.COMPACTED);
    QaReport report = run();
    assertThat(report.passed()).isTrue();
    assertThat(report.totals().files()).as("files here").isEqualTo(2);
    assertThat(Files.readString(certificate())).isEqualTo(before);
    assertThat(differences()).isEmpty();
  }

  @Test
  void whatComesLaterIntoAnArchivedDayCountsAndIsChecked() throws Exception {
    TestLake lake = new TestLake(root);
    List<Candle> minutes = TestLake.minutes(STREAM, 0);
    lake.write(minutes.subList(0, 1439));
    lake.seal(STREAM, 0);
    lake.write(TestLake.minutes(STREAM, 1));
    lake.seal(STREAM, 1);
    Archiver archiver = new Archiver(new LakeLayout(root), new LakeLayout(archive));
    archiver.archive(Partition.of(STREAM, TestLake.FIRST));
    QaReport before = run();
    assertThat(before.findings())
        .extracting(Finding::kind)
        .containsExactly(FindingType.UNACCOUNTED);

    Path late = lake.folder(STREAM, 0).resolve("c-9.parquet");
    CandleFiles.write(late, minutes.subList(1439, 1440));
    QaReport report = run();
    assertThat(report.findings()).isEmpty();
    assertThat(report.passed()).isTrue();
    assertThat(report.totals().rows()).isEqualTo(2880);
    Path again = late.resolveSibling("c-8.parquet");
    CandleFiles.write(again, minutes.subList(60, 62)); // the archive has them
    assertThat(run().findings())
        .extracting(Finding::kind)
        .containsExactly(FindingType.DUPLICATE, FindingType.DUPLICATE);
    Files.delete(again);
    run();
    assertThat(CertificateJson.read(certificate()).streams().get(0).files()).hasSize(3);
    assertThat(differences()).isEmpty();

    TestLake.change(late, minutes.get(1439).openTimeMs(), "low", "200");
    report = run();
    assertThat(report.findings())
        .extracting(Finding::kind)
        .containsExactly(FindingType.LOW_TOO_HIGH);
    assertThat(report.passed()).isFalse();
  }

  @Test
  void whatHappensToTheArchiveIsSeenWhereItCanBeReached() throws Exception {
    anArchivedDayKeepsTheHashesOfItsFiles();
    Path there =
        archive.resolve(root.relativize(new TestLake(root).folder(STREAM, 0)) + "/c-1.parquet");
    byte[] whole = Files.readAllBytes(there);
    Damage.flip(there);
    assertThat(differences()).hasSize(1).allMatch(line -> line.endsWith(": has changed"));
    Files.delete(there);
    assertThat(differences()).hasSize(1).allMatch(line -> line.endsWith(": is not there"));
    Files.write(there, whole);
    Path unplugged = archive.resolveSibling(archive.getFileName() + "-unplugged");
    Files.move(archive, unplugged);
    assertThat(differences()).as("the manifest is believed").isEmpty();
    Files.move(unplugged, archive);
  }
}
