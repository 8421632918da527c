package dev.candles.batch.quality.scan;

import dev.candles.batch.quality.check.Finding;
import dev.candles.batch.quality.check.FindingType;
import dev.candles.batch.quality.check.Findings;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.coverage.GapFold;
import dev.candles.core.coverage.GapSummary;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.StreamAccount;
import dev.candles.lake.coverage.FoldedCoverage;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.view.ProvenByIds;
import dev.candles.text.LogValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the whole change log and folds it as it comes. A file that is no good is reported, and the
 * rest is believed. A file is named after the day of its rows, not after their numbers, so in this
 * order:
 *
 * <ol>
 *   <li>when all files of a day have come, its rows are folded. Right, unless a clock was set back
 *       by more than that;
 *   <li>for streams for which it was not right the log is read once more, and rows wait for those
 *       with lower numbers of days to come, which are known by now;
 *   <li>a stream that reaches further than it is judged is read once more for its gaps.
 * </ol>
 *
 * <p>Years that were filled on one day are rows of one day, and of a clock that was once months
 * ahead all later rows wait for its folder. So a limited number of rows wait: of more, the lower
 * numbers are folded first, and what has the others is read again.
 */
public final class CoverageRead {
  private static final Logger LOG = LoggerFactory.getLogger(CoverageRead.class);

  /** Of 34 bytes each. */
  private static final int MOST_WAITING = 250_000;

  private final LakeLayout layout;
  private final long fromMs;
  private final int mostWaiting;
  private final Map<StreamKey, FoldedCoverage> streams = new HashMap<>();
  private final Findings findings = new Findings();
  private final Set<Path> noGood = new HashSet<>();
  private List<LocalDate> dates = List.of();
  private DayNumbers numbers = new DayNumbers(0);
  private int waited;

  /**
   * Reads it.
   *
   * @param root of the lake
   * @param fromMs where what is judged begins, epoch ms, UTC; {@link Long#MIN_VALUE} for all
   */
  public CoverageRead(Path root, Predicate<StreamKey> wanted, long fromMs) {
    this(root, wanted, fromMs, MOST_WAITING);
  }

  CoverageRead(Path root, Predicate<StreamKey> wanted, long fromMs, int mostWaiting) {
    this.layout = new LakeLayout(root);
    this.fromMs = fromMs;
    this.mostWaiting = mostWaiting;
    try {
      dates = layout.dates(Folder.COVERAGE).dates().stream().sorted().toList();
      numbers = new DayNumbers(dates.size());
      readDays(wanted);
      Set<StreamKey> disordered = new HashSet<>(streams.keySet());
      disordered.removeIf(stream -> !of(stream).isDisordered());
      if (!disordered.isEmpty()) {
        LOG.info(
            "event=coverage_read_again reason=numbers_go_back streams={} first={}",
            disordered.size(),
            LogValue.of(disordered.iterator().next()));
        streams.putAll(again(disordered::contains, Long.MAX_VALUE));
      }
    } catch (IOException e) {
      report(layout.folder(Folder.COVERAGE), e.toString());
    }
  }

  private void readDays(Predicate<StreamKey> wanted) throws IOException {
    FoldingPass pass = pass(wanted, Long.MAX_VALUE);
    try {
      pass.readDays(numbers);
    } finally {
      streams.putAll(pass.streams());
      waited = pass.mostWaiting();
    }
  }

  private Map<StreamKey, FoldedCoverage> again(Predicate<StreamKey> wanted, long toMs)
      throws IOException {
    FoldingPass pass = pass(wanted, toMs);
    pass.readAgain(numbers);
    waited = Math.max(waited, pass.mostWaiting());
    return pass.streams();
  }

  private FoldingPass pass(Predicate<StreamKey> wanted, long toMs) {
    return new FoldingPass(
        layout, dates, wanted, stream -> blank(stream, toMs), this::noGood, mostWaiting);
  }

  private void noGood(Path file, IOException why) {
    if (noGood.add(file)) {
      report(file, String.valueOf(why.getCause() == null ? why : why.getCause()));
    }
  }

  private FoldedCoverage blank(StreamKey stream, long toMs) {
    long from = fromMs == Long.MIN_VALUE ? fromMs : stream.timeframe().floor(fromMs);
    return new FoldedCoverage(stream, new GapFold(from, toMs));
  }

  private void report(Path path, String value) {
    String file = layout.root().relativize(path).toString();
    findings.add(new Finding(FindingType.COVERAGE_UNREADABLE, "", file, Finding.NO_TIME, value));
  }

  /** The streams that the log knows. */
  public Set<StreamKey> streams() {
    return streams.keySet();
  }

  /** What it says of a stream, also of one that it does not know. */
  public FoldedCoverage of(StreamKey stream) {
    FoldedCoverage its = streams.get(stream);
    return its == null ? blank(stream, Long.MAX_VALUE) : its;
  }

  /**
   * The account of a stream: of what the venue was only heard to repeat, that which trade ids prove
   * is believed.
   *
   * @param finals intervals that have a candle
   * @param fromMs start, epoch ms, UTC
   * @param toMs end, exclusive
   */
  public StreamAccount account(StreamKey stream, Intervals finals, long fromMs, long toMs) {
    FoldedCoverage its = of(stream);
    Intervals claimed =
        its.repeatedClaims().intersect(Intervals.of(fromMs, Math.max(fromMs, toMs)));
    return its.account(finals, proven(stream, claimed), fromMs, toMs);
  }

  private Intervals proven(StreamKey stream, Intervals claimed) {
    try {
      return new ProvenByIds(layout).of(stream, claimed);
    } catch (IOException e) { // so nothing is proven, and that is found
      LOG.warn("event=qa_ids_unread stream={} error={}", stream, LogValue.of(e));
      return Intervals.empty();
    }
  }

  /**
   * The gaps within the account of a stream; to be asked once.
   *
   * @throws UncheckedIOException if the log has to be read again for them, and cannot be listed any
   *     more
   */
  public GapSummary gaps(StreamAccount account) {
    StreamKey stream = account.stream();
    GapFold gaps = of(stream).gaps();
    if (!gaps.isBeyond(account.toMs())) {
      return gaps.end(account);
    }
    try {
      return again(stream::equals, account.toMs())
          .getOrDefault(stream, blank(stream, account.toMs()))
          .gaps()
          .end(account);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The most rows that ever waited for others: what memory follows while the log is read. */
  int waited() {
    return waited;
  }

  /** What could not be read. */
  public Findings findings() {
    return findings;
  }
}
