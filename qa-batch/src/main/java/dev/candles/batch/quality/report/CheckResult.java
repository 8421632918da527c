package dev.candles.batch.quality.report;

import dev.candles.batch.quality.check.QaCheck;

/**
 * How one check ended.
 *
 * @param findings what is wrong
 * @param warnings what is odd but possible
 * @param scope what was looked at, for people: {@code 45 streams checked}
 */
public record CheckResult(QaCheck check, long findings, long warnings, String scope) {
  /** Whether nothing is wrong. */
  public boolean passed() {
    return findings == 0;
  }

  /** Of both; a report lists the first of each kind and day. */
  public long total() {
    return findings + warnings;
  }
}
