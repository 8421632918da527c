package dev.candles.batch.quality.check;

import java.util.Arrays;

/** The checks, in the order of the runbook. */
public enum QaCheck {
  PK_UNIQUENESS(1, "PK Uniqueness (Cross-File)", "No cross-file duplicate PKs found"),
  TIME_ALIGNMENT(2, "Time Alignment", "All timestamps aligned to the timeframe grid"),
  DATA_QUALITY(3, "Data Quality", "No NaN/inf/negative values found"),
  OHLC_VALIDITY(4, "OHLC Validity", "high >= max(open, close) and low <= min(open, close)"),
  FINALITY(5, "Finality", "All candles have is_closed=True"),
  GAP_DETECTION(6, "Gap Detection", "No gaps > 5 minutes found"),
  MANIFEST_VALIDATION(7, "Manifest Validation", "All SHA256 hashes match"),
  ROLLUP_CONSISTENCY(8, "Rollup Consistency", "All larger intervals agree with their 1m"),
  TRADE_ID_CHAIN(9, "Trade-Id Chain", "Trade ids unbroken between neighbours that carry them"),
  COVERAGE(10, "Coverage", "Every interval accounted for"),
  FOOTER_AND_PATH(11, "Footer and Path", "All files readable and where they belong"),
  MARKET_SANITY(12, "Market Sanity", "No cross-venue outliers or frozen prices found");

  private static final String SEALED = "qa-";

  /** What a sealed partition says of a check is believed as long as the rule is the same. */
  private static final String VERSION = ".5";

  private final int number;
  private final String title;
  private final String passed;

  QaCheck(int number, String title, String passed) {
    this.number = number;
    this.title = title;
    this.passed = passed;
  }

  /** 1 to 12. */
  public int number() {
    return number;
  }

  /** As it is printed. */
  public String title() {
    return title;
  }

  /** What is printed when nothing was found. */
  public String passed() {
    return passed;
  }

  /** The name under which a manifest keeps the verdict. */
  public String sealId() {
    return SEALED + number + VERSION;
  }

  /** Whether a manifest keeps the verdict of this check under this name, by whichever rules. */
  public boolean isSealId(String sealId) {
    return sealId.startsWith(SEALED + number + ".");
  }

  /** Whether a manifest keeps the verdict of a rule under this name that is no rule any more. */
  public static boolean isOfOlderRules(String sealId) {
    return sealId.startsWith(SEALED) && !sealId.endsWith(VERSION);
  }

  /**
   * The check of this number.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static QaCheck of(int number) {
    return Arrays.stream(values())
        .filter(check -> check.number == number)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no such check: " + number));
  }
}
