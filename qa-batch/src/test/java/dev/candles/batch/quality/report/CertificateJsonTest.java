package dev.candles.batch.quality.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candles.batch.quality.scan.FileFact;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.StateCounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever makes a certificate can compute its hash: what it says is not believed for that. */
class CertificateJsonTest {
  private static final LocalDate DATE = LocalDate.of(2026, 1, 9);
  private static final StreamKey STREAM = new StreamKey("okx", "BTC-USDT", Timeframe.H1);

  @TempDir Path lake;

  private static Certificate of(LocalDate date, String path) {
    Certificate.Stream stream =
        new Certificate.Stream(
            STREAM,
            new StateCounts(1, 0, 0, 0, 23),
            0,
            List.of(new FileFact(path, 1, 1, "ab".repeat(32))));
    return new Certificate("okx", date, List.of(stream));
  }

  private Certificate reread(Certificate certificate) throws IOException {
    Path file = lake.resolve("certificate.json");
    Files.write(file, CertificateJson.encode(certificate));
    return CertificateJson.read(file);
  }

  @Test
  void whatWasWrittenIsReadBack() throws IOException {
    Certificate certificate = of(DATE, "candles/c-1.parquet");
    assertThat(reread(certificate)).isEqualTo(certificate);
  }

  @Test
  void aDayThatNoFolderHasIsRefused() {
    for (LocalDate date : List.of(LocalDate.MAX, LocalDate.MIN, LocalDate.of(10_000, 1, 1))) {
      assertThatThrownBy(() -> reread(of(date, "c-1.parquet")))
          .isInstanceOf(IOException.class)
          .hasMessage("not a date: " + date);
    }
  }

  @Test
  void aNameThatIsNoTextIsRefused() {
    String text =
        "{\"format\":\"candles-certificate-1\",\"venue\":\"okx\",\"date\":\"2026-01-09\",";
    String streams =
        "\"streams\":[{\"stream\":\"okx/BTC-USDT/1h\",\"final\":1,\"verified_empty\":0,"
            + "\"missing\":0,\"unrecoverable\":0,\"unknown\":0,\"files\":[{\"path\":\"\\ud800\","
            + "\"bytes\":1,\"rows\":1,\"sha256\":\"\"}]}],\"root_sha256\":\"\"}";
    assertThatThrownBy(
            () -> CertificateJson.read(Files.writeString(lake.resolve("c.json"), text + streams)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not a text");
  }

  @Test
  void aNameStartsNoLineOfItsOwn() throws IOException {
    Certificate certificate = reread(of(DATE, "c-1\n✅ PASS\u009b.parquet"));
    assertThat(CertificateCheck.differences(lake, certificate))
        .contains("c-1 ✅ PASS .parquet: is not there")
        .noneMatch(line -> line.chars().anyMatch(Character::isISOControl));
  }
}
