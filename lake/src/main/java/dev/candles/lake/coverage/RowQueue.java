package dev.candles.lake.coverage;

import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.coverage.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Rows of one stream that wait for those with lower numbers: 34 bytes each, as a day on which years
 * were repaired has many. A file of the log has the rows of a stream in order, so files are merged
 * and never sorted.
 */
public final class RowQueue {
  private static final int FIELDS = 4;
  private static final int FROM = 0;
  private static final int TO = 1;
  private static final int SEQ = 2;
  private static final int AT = 3;

  private static final List<IntervalState> STATES = List.of(IntervalState.values());
  private static final List<Reason> REASONS = List.of(Reason.values());
  private static final List<Evidence> EVIDENCES = List.of(Evidence.values());

  /** States, reasons and evidences are fewer. */
  private static final int RADIX = 16;

  /** Of rows of one number the strongest comes last, see {@link CoverageLog}. */
  private static final Comparator<Run> LOWEST =
      Comparator.comparingLong((Run run) -> run.field(SEQ))
          .thenComparingLong(run -> run.field(AT))
          .thenComparingInt(Run::state);

  private final StreamKey stream;
  private final PriorityQueue<Run> runs = new PriorityQueue<>(LOWEST);
  private int size;

  /** Without a row. */
  public RowQueue(StreamKey stream) {
    this.stream = stream;
  }

  /** Some rows of the stream in order, of which those before {@code next} are gone. */
  private static final class Run {
    private final long[] fields;
    private final short[] names;
    private int next;

    private Run(long[] fields, short[] names) {
      this.fields = fields;
      this.names = names;
    }

    Run(List<CoverageRow> rows) {
      this(new long[rows.size() * FIELDS], new short[rows.size()]);
      for (int i = 0; i < names.length; i++) {
        CoverageRow row = rows.get(i);
        fields[i * FIELDS + FROM] = row.fromMs();
        fields[i * FIELDS + TO] = row.toMs();
        fields[i * FIELDS + SEQ] = row.seq();
        fields[i * FIELDS + AT] = row.atMs();
        int evidence = row.evidence() == null ? 0 : EVIDENCES.indexOf(row.evidence()) + 1;
        names[i] =
            (short)
                ((STATES.indexOf(row.state()) * RADIX + REASONS.indexOf(row.reason())) * RADIX
                    + evidence);
      }
    }

    long field(int which) {
      return fields[next * FIELDS + which];
    }

    int state() {
      return names[next] / RADIX / RADIX;
    }

    CoverageRow take(StreamKey stream) {
      int evidence = names[next] % RADIX;
      CoverageRow row =
          new CoverageRow(
              stream,
              field(FROM),
              field(TO),
              STATES.get(state()),
              REASONS.get(names[next] / RADIX % RADIX),
              evidence == 0 ? null : EVIDENCES.get(evidence - 1),
              field(SEQ),
              field(AT));
      next++;
      return row;
    }

    boolean isOver() {
      return next == names.length;
    }

    LongStream numbers() {
      return IntStream.range(next, names.length).mapToLong(i -> fields[i * FIELDS + SEQ]);
    }

    Run below(long seq) {
      int end = next + (int) numbers().takeWhile(number -> number < seq).count();
      return new Run(
          Arrays.copyOfRange(fields, next * FIELDS, end * FIELDS),
          Arrays.copyOfRange(names, next, end));
    }
  }

  /**
   * Adds the rows of a file.
   *
   * @param rows of this stream, as they stand in it
   */
  public void add(List<CoverageRow> rows) {
    List<CoverageRow> sorted = new ArrayList<>(rows);
    sorted.sort(
        Comparator.comparingLong(CoverageRow::seq)
            .thenComparingLong(CoverageRow::atMs)
            .thenComparing(CoverageRow::state));
    if (!sorted.isEmpty()) {
      runs.add(new Run(sorted));
      size += sorted.size();
    }
  }

  /** How many rows wait. */
  public int size() {
    return size;
  }

  /**
   * Lets the rows with the highest numbers go, a quarter of all; those with the lowest stay.
   *
   * @return the number from which on they are gone; {@link Long#MAX_VALUE} if none is
   */
  public long cut() {
    long[] numbers = runs.stream().flatMapToLong(Run::numbers).sorted().toArray();
    long lowest = numbers.length == 0 ? Long.MAX_VALUE : numbers[0];
    long from =
        Arrays.stream(numbers)
            .skip(numbers.length * 3L / 4)
            .filter(number -> number > lowest)
            .findFirst()
            .orElse(Long.MAX_VALUE);
    if (from < Long.MAX_VALUE) {
      List<Run> whole = new ArrayList<>(runs);
      runs.clear();
      whole.stream().map(run -> run.below(from)).filter(run -> !run.isOver()).forEach(runs::add);
      size = runs.stream().mapToInt(run -> run.names.length).sum();
    }
    return from;
  }

  /**
   * Gives away the rows with a number below {@code seq}, in order; all of them for {@link
   * Long#MAX_VALUE}.
   */
  public void drain(long seq, Consumer<CoverageRow> action) {
    Run run = runs.poll();
    while (run != null && (run.field(SEQ) < seq || seq == Long.MAX_VALUE)) {
      action.accept(run.take(stream));
      size--;
      if (!run.isOver()) {
        runs.add(run);
      }
      run = runs.poll();
    }
    if (run != null) {
      runs.add(run);
    }
  }
}
