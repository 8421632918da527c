package dev.candles.core.watch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClockAlertTest {
  @ParameterizedTest
  @CsvSource({
    "0, INFO, clock_right, The clock agrees with that of okx",
    "90000, WARNING, clock_off, The clock of this machine is 90 s behind that of okx. Candles",
    "-3600000, WARNING, clock_off, The clock of this machine is 3600 s ahead of that of okx",
    "3600001, CRITICAL, clock_far_off, The clock of this machine is 3600 s behind that of okx. Set"
  })
  void aClockIsToldByWhoseItIsNot(long offsetMs, Severity severity, String kind, String text) {
    Finding finding = ClockAlert.of("okx", offsetMs);

    assertThat(finding.severity()).isEqualTo(severity);
    assertThat(finding.kind()).isEqualTo(kind);
    assertThat(finding.text()).startsWith(text);
  }
}
