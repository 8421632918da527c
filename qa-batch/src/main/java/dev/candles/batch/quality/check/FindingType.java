package dev.candles.batch.quality.check;

/**
 * What can be wrong, with the check that finds it.
 *
 * <p>None of our readers of candles takes a file in a row of which checks 2 to 5 find anything, but
 * for {@link #TAKER_BUY_TOO_LARGE}.
 */
public enum FindingType {
  /** One key in two rows that say the same. */
  DUPLICATE(QaCheck.PK_UNIQUENESS),
  /** One key in two rows that differ. */
  CONFLICT(QaCheck.PK_UNIQUENESS),
  /** One version of a candle twice among the revisions. */
  DUPLICATE_REVISION(QaCheck.PK_UNIQUENESS),
  /** An open time between two of the grid. */
  MISALIGNED(QaCheck.TIME_ALIGNMENT),
  /** Not a number, or null where a number must be. */
  NAN(QaCheck.DATA_QUALITY),
  /** Infinite. */
  INFINITE(QaCheck.DATA_QUALITY),
  /** A price that is not positive, or a volume or count below zero. */
  NEGATIVE(QaCheck.DATA_QUALITY),
  /** A number beyond any market's, or that no build of ours gives. */
  OUT_OF_BOUNDS(QaCheck.DATA_QUALITY),
  /** Takers bought more than was traded. */
  TAKER_BUY_TOO_LARGE(QaCheck.DATA_QUALITY),
  /** An evidence that does not exist. */
  UNKNOWN_EVIDENCE(QaCheck.DATA_QUALITY),
  /** The high is below open or close. */
  HIGH_TOO_LOW(QaCheck.OHLC_VALIDITY),
  /** The low is above open or close. */
  LOW_TOO_HIGH(QaCheck.OHLC_VALIDITY),
  /** A forming candle. */
  NOT_CLOSED(QaCheck.FINALITY),
  /** More than five minutes that are unknown or missing. */
  GAP(QaCheck.GAP_DETECTION),
  /** More than five minutes that the venue cannot give any more. */
  LOST(QaCheck.GAP_DETECTION),
  /** A manifest that contradicts itself or cannot be read. */
  MANIFEST_UNBELIEVABLE(QaCheck.MANIFEST_VALIDATION),
  /** A file that the manifest lists is not there. */
  SEALED_FILE_MISSING(QaCheck.MANIFEST_VALIDATION),
  /** A file differs from what was sealed. */
  SEALED_FILE_CHANGED(QaCheck.MANIFEST_VALIDATION),
  /** The day holds less than was certified, or nobody can tell what was. */
  CERTIFIED_LOST(QaCheck.MANIFEST_VALIDATION),
  /** The rows are not those that the manifest tells of. */
  MANIFEST_LIES(QaCheck.MANIFEST_VALIDATION),
  /** A larger candle is not the fold of its parts. */
  ROLLUP_DIFFERS(QaCheck.ROLLUP_CONSISTENCY),
  /** A larger candle, whoever made it, over minutes that are all proven empty. */
  ROLLUP_OF_NOTHING(QaCheck.ROLLUP_CONSISTENCY),
  /** The state of a larger interval contradicts those of its minutes. */
  ROLLUP_DENIED(QaCheck.ROLLUP_CONSISTENCY),
  /** Trade ids are missing between two neighbours. */
  CHAIN_HOLE(QaCheck.TRADE_ID_CHAIN),
  /** Trade ids go back. */
  CHAIN_BACK(QaCheck.TRADE_ID_CHAIN),
  /** More or fewer trades than ids. */
  CHAIN_COUNT(QaCheck.TRADE_ID_CHAIN),
  /** An emptiness that the venue was only heard to repeat, and that no trade ids prove. */
  UNPROVEN_EMPTY(QaCheck.COVERAGE),
  /** Intervals without a state, five minutes or less. */
  UNACCOUNTED(QaCheck.COVERAGE),
  /** The stream ends before the others of its venue. */
  ENDS_EARLY(QaCheck.COVERAGE),
  /** The stream reaches more than a day into the future, and others do not. */
  IN_THE_FUTURE(QaCheck.COVERAGE),
  /** Of a lake that holds something nothing was judged. */
  NOTHING_JUDGED(QaCheck.COVERAGE),
  /** A file of coverage cannot be read. */
  COVERAGE_UNREADABLE(QaCheck.COVERAGE),
  /** A file cannot be read: cut short, empty, corrupt or foreign. */
  UNREADABLE(QaCheck.FOOTER_AND_PATH),
  /** The footer tells of another partition. */
  FOOTER_DIFFERS(QaCheck.FOOTER_AND_PATH),
  /** A row of another day. */
  WRONG_DAY(QaCheck.FOOTER_AND_PATH),
  /** A folder that is not a partition. */
  FOREIGN_FOLDER(QaCheck.FOOTER_AND_PATH),
  /** A file that does not belong into a partition. */
  FOREIGN_FILE(QaCheck.FOOTER_AND_PATH),
  /** More files than are looked at. */
  TOO_MANY_FILES(QaCheck.FOOTER_AND_PATH),
  /** More rows of one partition than are looked at. */
  TOO_MANY_ROWS(QaCheck.FOOTER_AND_PATH),
  /** A folder that cannot be listed. */
  UNLISTABLE(QaCheck.FOOTER_AND_PATH),
  /** A price far from that of other venues. */
  OUTLIER(QaCheck.MARKET_SANITY),
  /** Trades go on and the price never moves. */
  FROZEN(QaCheck.MARKET_SANITY),
  /** A volume in quote currency that the candle's own prices do not give. */
  QUOTE_VOLUME_OFF(QaCheck.MARKET_SANITY);

  private final QaCheck check;

  FindingType(QaCheck check) {
    this.check = check;
  }

  /** The check that finds it. */
  public QaCheck check() {
    return check;
  }

  /** Whether it says that what was sealed is not what is there. */
  public boolean deniesSeal() {
    return check == QaCheck.MANIFEST_VALIDATION && !isWarning();
  }

  /** Whether it is odd but possible: it does not make the QA fail. */
  public boolean isWarning() {
    return this == LOST || this == ENDS_EARLY || check == QaCheck.MARKET_SANITY;
  }
}
