package dev.candles.batch.quality.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.batch.quality.scan.FileFact;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.StateCounts;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Files may come and go, final intervals may only come. */
class CertificateLossTest {
  private static final LocalDate DATE = LocalDate.of(2026, 1, 1);
  private static final StreamKey BITCOIN = new StreamKey("coinbase", "BTC-USD", Timeframe.M1);
  private static final StreamKey ETHER = new StreamKey("coinbase", "ETH-USD", Timeframe.M1);

  private static Certificate.Stream stream(StreamKey stream, long finals, String... files) {
    return new Certificate.Stream(
        stream,
        new StateCounts(finals, 0, 1440 - finals, 0, 0),
        0,
        List.of(files).stream().map(file -> new FileFact(file, 1, 1, "00")).toList());
  }

  private static Certificate of(Certificate.Stream... streams) {
    return new Certificate("coinbase", DATE, List.of(streams));
  }

  @Test
  void aStreamWithFewerFinalIntervalsHasLostSome() {
    Certificate certified = of(stream(BITCOIN, 1440, "a"), stream(ETHER, 1440, "b"));
    Certificate now = of(stream(BITCOIN, 1440, "a"), stream(ETHER, 1439, "b"));
    assertThat(CertificateLoss.of(certified, now))
        .contains("coinbase/ETH-USD/1m: certified 1440 final intervals, found 1439");
  }

  @Test
  void aStreamThatIsNotThereHasLostAll() {
    Certificate certified = of(stream(BITCOIN, 1440, "a"), stream(ETHER, 3, "b"));
    assertThat(CertificateLoss.of(certified, of(stream(BITCOIN, 1440, "a")))).isPresent();
    assertThat(CertificateLoss.of(certified, of())).isPresent();
  }

  @Test
  void otherFilesWithAsManyFinalIntervalsAreNoLoss() {
    Certificate certified = of(stream(BITCOIN, 1439, "a", "b"));
    assertThat(CertificateLoss.of(certified, of(stream(BITCOIN, 1439, "merged")))).isEmpty();
    assertThat(CertificateLoss.of(certified, of(stream(BITCOIN, 1440, "a")))).isEmpty();
  }

  @Test
  void aStreamThatHadNoCandleHasNothingToLose() {
    assertThat(CertificateLoss.of(of(stream(ETHER, 0)), of())).isEmpty();
  }
}
