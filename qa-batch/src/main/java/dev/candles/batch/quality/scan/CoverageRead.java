package dev.candles.batch.quality.scan;

import dev.candles.batch.quality.check.Finding;
import dev.candles.batch.quality.check.FindingType;
import dev.candles.batch.quality.check.Findings;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Intervals;
import dev.candles.core.coverage.StreamAccount;
import dev.candles.lake.coverage.StreamCoverage;
import dev.candles.lake.layout.DataFiles;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.parquet.CoverageFiles;
import dev.candles.lake.view.ProvenByIds;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the whole change log once. A file that is no good is reported, and the rest is believed.
 */
public final class CoverageRead {
  private static final Logger LOG = LoggerFactory.getLogger(CoverageRead.class);

  private final LakeLayout layout;
  private final Predicate<StreamKey> wanted;
  private final Map<StreamKey, StreamCoverage> streams = new HashMap<>();
  private final Map<StreamKey, List<CoverageRow>> changes = new HashMap<>();
  private final Findings findings = new Findings();

  /**
   * Reads it.
   *
   * @param root of the lake
   */
  public CoverageRead(Path root, Predicate<StreamKey> wanted) {
    this.layout = new LakeLayout(root);
    this.wanted = wanted;
    try {
      for (LocalDate date : layout.dates(Folder.COVERAGE).dates()) {
        DataFiles.readAll(layout.day(Folder.COVERAGE, date), this::read);
      }
    } catch (IOException e) {
      report(layout.folder(Folder.COVERAGE), e.toString());
    }
  }

  /** Rows that are read again because a merge took files away say the same twice. */
  private void read(Path file) throws IOException {
    try {
      CoverageFiles.read(file).forEach(this::take);
    } catch (NoSuchFileException vanished) {
      throw vanished;
    } catch (IOException e) {
      report(file, String.valueOf(e.getCause() == null ? e : e.getCause()));
    }
  }

  private void take(CoverageRow row) {
    if (!wanted.test(row.stream())) {
      return;
    }
    streams.computeIfAbsent(row.stream(), StreamCoverage::new).add(row);
    if (row.state() != IntervalState.THROUGH) {
      changes.computeIfAbsent(row.stream(), stream -> new ArrayList<>()).add(row);
    }
  }

  private void report(Path path, String value) {
    String file = layout.root().relativize(path).toString();
    findings.add(new Finding(FindingType.COVERAGE_UNREADABLE, "", file, Finding.NO_TIME, value));
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
    StreamCoverage its = streams.getOrDefault(stream, new StreamCoverage(stream));
    Intervals claimed =
        its.repeatedClaims().intersect(Intervals.of(fromMs, Math.max(fromMs, toMs)));
    return its.account(finals, proven(stream, claimed), fromMs, toMs);
  }

  private Intervals proven(StreamKey stream, Intervals claimed) {
    try {
      return new ProvenByIds(layout).of(stream, claimed);
    } catch (IOException e) { // so nothing is proven, and that is found
      LOG.warn("event=qa_ids_unread stream={} error={}", stream, e.toString());
      return Intervals.empty();
    }
  }

  /** What the log says per stream. */
  public Map<StreamKey, StreamCoverage> streams() {
    return streams;
  }

  /** The rows that change a state, in no order. */
  public List<CoverageRow> changes(StreamKey stream) {
    return changes.getOrDefault(stream, List.of());
  }

  /** What could not be read. */
  public Findings findings() {
    return findings;
  }
}
