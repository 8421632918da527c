package dev.candles.core.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetentionTest {
  @Test
  void theCollectorRemembersAsDecisionTwoHasIt() {
    Retention retention = Retention.COLLECTOR;
    assertThat(Duration.ofMillis(retention.passedMs())).hasHours(3);
    assertThat(Duration.ofMillis(retention.interruptedMs())).hasMinutes(10);
    assertThat(Duration.ofMillis(retention.partsMs())).hasHours(6);
    assertThat(Duration.ofMillis(retention.versionsMs())).hasDays(3);
  }

  @Test
  void nothingIsForgottenWhileAQuestionAboutItMayBeOpen() {
    assertThatThrownBy(() -> new Retention(9, 10, 20, 20))
        .hasMessage(
            "passed candles are forgotten before they are asked about again: passedMs=9,"
                + " interruptedMs=10");
    assertThatThrownBy(() -> new Retention(10, 10, 19, 30))
        .hasMessage(
            "parts are forgotten before an answer about a passed candle: partsMs=19, passedMs=10");
    assertThatThrownBy(() -> new Retention(10, 10, 20, 19))
        .hasMessage("versions are forgotten before their parts: versionsMs=19, partsMs=20");
  }
}
