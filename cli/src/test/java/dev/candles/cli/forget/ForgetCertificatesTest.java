package dev.candles.cli.forget;

import static dev.candles.cli.forget.ForgettingLake.DAYS;
import static dev.candles.cli.forget.ForgettingLake.ETH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.batch.quality.report.Certificate;
import dev.candles.batch.quality.report.CertificateJson;
import dev.candles.batch.quality.report.Certificates;
import dev.candles.batch.quality.report.StreamReport;
import dev.candles.cli.LakeContent;
import dev.candles.lake.compact.PartitionLock;
import dev.candles.lake.layout.LakeLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What was certified is told by the parts of the lake, whoever checks it meanwhile. */
class ForgetCertificatesTest extends ForgetRuns {
  @Test
  void whoeverHasNotedARootHashCanStillMakeIt() throws Exception {
    Path root = temporary.resolve("lake");
    ForgettingLake.fill(root, 1);
    Path file = Certificates.file(root, "coinbase", DAYS.get(0));
    Certificate whole = CertificateJson.read(file);
    run(root, CONFIG, () -> {}).forget(List.of("coinbase/ETH-USD"));
    Path there =
        Certificates.file(root.resolve("forgotten/" + TODAY + "-1"), "coinbase", DAYS.get(0));
    List<Certificate.Stream> parts = new ArrayList<>(CertificateJson.read(file).streams());
    parts.addAll(CertificateJson.read(there).streams());
    assertThat(new Certificate("coinbase", DAYS.get(0), parts).rootSha256())
        .isEqualTo(whole.rootSha256());
    assertThat(CertificateJson.read(there.resolveSibling(DAYS.get(0) + ".json.whole")))
        .isEqualTo(whole);
  }

  /** The collector of the other streams may run meanwhile, with its daily checks. */
  @Test
  void checksBetweenAKillAndTheNextRunLeaveTheRootHashThatCanBeMade() throws Exception {
    Path original = temporary.resolve("original");
    ForgettingLake.fillWithAnEmptyDay(original, 13);
    certify(original, ForgettingLake.reports(original));
    Certificate whole = CertificateJson.read(Certificates.file(original, "coinbase", DAYS.get(0)));
    assertThat(whole.streams()).anyMatch(stream -> stream.stream().equals(ETH));
    boolean killed = true;
    for (int step = 0; killed; step++) {
      Path root = temporary.resolve("lake-" + step);
      ForgettingLake.copy(original, root);
      killed = killedAt(step, root, "coinbase/ETH-USD");
      if (killed) {
        certify(root, ForgettingLake.reports(root));
        assertThat(killedAt(Integer.MAX_VALUE, root, "coinbase/ETH-USD")).isFalse();
      }
      Path there =
          Certificates.file(root.resolve("forgotten/" + TODAY + "-1"), "coinbase", DAYS.get(0));
      assertThat(there.resolveSibling(DAYS.get(0) + ".json.whole")).as("step %d", step).exists();
      assertThat(CertificateJson.read(there.resolveSibling(DAYS.get(0) + ".json.whole")))
          .as("step %d", step)
          .isEqualTo(whole);
    }
  }

  /** Checks that read the lake before are not the last word on what it holds. */
  @Test
  void checksThatBeganBeforeCertifyNothingThatWasForgotten() throws Exception {
    Path root = temporary.resolve("lake");
    ForgettingLake.fill(root, 11);
    List<StreamReport> before = ForgettingLake.reports(root);
    run(root, CONFIG, () -> {}).forget(List.of("coinbase/ETH-USD"));
    Map<String, String> parted = LakeContent.of(root);
    assertThat(certify(root, before)).isEmpty();
    assertThat(LakeContent.of(root)).isEqualTo(parted);
  }

  @Test
  void whoeverWritesCertificatesKeepsItAwayAndItKeepsThemAway() throws Exception {
    Path root = temporary.resolve("lake");
    ForgettingLake.fill(root, 12);
    LakeLayout layout = new LakeLayout(root);
    List<StreamReport> reports = ForgettingLake.reports(root);
    Path file = Certificates.file(root, "kraken", DAYS.get(0));
    Files.delete(file);
    Map<String, String> before = LakeContent.of(root);
    try (PartitionLock busy = PartitionLock.tryTakeCertificates(layout).orElseThrow()) {
      refused(root, "cannot forget: it is being compacted or checked: certificates", "kraken");
      certify(root, reports);
      assertThat(LakeContent.of(root)).isEqualTo(before);
    }
    certify(root, reports);
    assertThat(file).exists();
  }

  private static List<String> certify(Path root, List<StreamReport> streams) {
    Certificates certificates = Certificates.before(root);
    certificates.compare(
        Certificates.Mode.WRITE, streams, List.of(), List.of(), 0, Long.MAX_VALUE, venue -> true);
    return certificates.kept();
  }
}
