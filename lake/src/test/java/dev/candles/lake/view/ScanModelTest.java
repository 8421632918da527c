package dev.candles.lake.view;

import static dev.candles.lake.Samples.BTC;
import static dev.candles.lake.Samples.DAY;
import static dev.candles.lake.Samples.MINUTE;
import static dev.candles.lake.Samples.candle;
import static dev.candles.lake.Samples.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.CoverageRow;
import dev.candles.core.coverage.IntervalState;
import dev.candles.core.lake.StreamInventory;
import dev.candles.lake.Samples;
import dev.candles.lake.layout.Folder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random lakes of many small files around a midnight, against a model without files. */
class ScanModelTest {
  private static final int MINUTES = 40;
  private static final long START = DAY - MINUTES / 2 * MINUTE;

  @TempDir Path root;
  private final TreeMap<Long, Candle> candles = new TreeMap<>();
  private final Map<Long, IntervalState> coverage = new HashMap<>();
  private long seq;

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  /** Of the newest candles ten minutes, as far as they follow one another. */
  private long newest(long to) {
    long start = Long.MAX_VALUE;
    for (long open : candles.descendingKeySet()) {
      if (Timeframe.D1.floor(open) >= to) {
        continue;
      }
      start = open;
      while (candles.containsKey(start - MINUTE) && start > Timeframe.D1.floor(open)) {
        start -= MINUTE;
      }
      long ten = open + MINUTE - 10 * MINUTE;
      return start == Timeframe.D1.floor(open) ? ten : Math.max(start, ten);
    }
    return start;
  }

  private long lastEnd(long from, long to) {
    Long last = candles.lowerKey(to);
    return last == null || last < from ? Long.MAX_VALUE : last + MINUTE;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aScanEqualsTheModel(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    fillCandles(random);
    fillRevisions(random);
    fillCoverage(random);
    long history = START + random.nextInt(MINUTES) * MINUTE + random.nextInt(60_000);
    long recent = START + random.nextInt(MINUTES) * MINUTE;
    long now = START + random.nextInt(MINUTES + 5) * MINUTE + random.nextInt(60_000);

    StreamInventory held =
        new FileLake(root.toString()).scan(List.of(BTC), history, recent, now).get(0);

    long over = BTC.timeframe().floor(now);
    long to = Math.max(over, candles.isEmpty() ? over : candles.lastKey() + MINUTE);
    long reach = Math.min(BTC.timeframe().floor(history), newest(over));
    long from = Math.min(over, Math.min(reach, oldestMissing()));
    assertThat(held.fromMs()).isEqualTo(from);
    assertThat(held.toMs()).isEqualTo(to);
    assertThat(held.seq()).isEqualTo(seq);
    for (long t = START - 5 * MINUTE; t < START + (MINUTES + 5) * MINUTE; t += MINUTE) {
      boolean inside = t >= from && t < to;
      boolean has = candles.containsKey(t);
      IntervalState state = coverage.get(t);
      assertThat(held.finals().contains(t)).as("final %d", t).isEqualTo(inside && has);
      assertThat(held.empties().contains(t))
          .as("empty %d", t)
          .isEqualTo(inside && !has && state == IntervalState.VERIFIED_EMPTY);
      assertThat(held.unrecoverable().contains(t))
          .as("unrecoverable %d", t)
          .isEqualTo(t < to && !has && state == IntervalState.UNRECOVERABLE);
    }
    long since = Math.min(recent, lastEnd(from, to) - 10 * MINUTE);
    assertThat(held.recent())
        .isEqualTo(
            candles.values().stream()
                .filter(c -> c.openTimeMs() >= Math.max(from, since) && c.openTimeMs() < to)
                .toList());
  }

  private long oldestMissing() {
    return coverage.entrySet().stream()
        .filter(e -> e.getValue() == IntervalState.MISSING && !candles.containsKey(e.getKey()))
        .mapToLong(Map.Entry::getKey)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  private void fillCandles(SplittableRandom random) throws IOException {
    List<Candle> batch = new ArrayList<>();
    for (int i = 0; i < MINUTES; i++) {
      if (random.nextInt(4) > 0) {
        Candle candle = candle(BTC, START + i * MINUTE, 0);
        candles.put(candle.openTimeMs(), candle);
        batch.add(random.nextInt(batch.size() + 1), candle);
      }
      if (random.nextInt(3) == 0 || i == MINUTES - 1) {
        writePerDay(Folder.CANDLES, batch);
        batch.clear();
      }
    }
  }

  private void fillRevisions(SplittableRandom random) throws IOException {
    for (int i = random.nextInt(5); i > 0; i--) {
      List<Candle> batch = new ArrayList<>();
      for (Candle first : new ArrayList<>(candles.values())) {
        if (random.nextInt(6) == 0) {
          Candle revision = candle(BTC, first.openTimeMs(), i);
          candles.merge(
              first.openTimeMs(), revision, (a, b) -> a.revision() > b.revision() ? a : b);
          batch.add(revision);
        }
      }
      writePerDay(Folder.REVISIONS, batch);
    }
  }

  private void fillCoverage(SplittableRandom random) throws IOException {
    List<CoverageRow> rows = new ArrayList<>();
    IntervalState[] states = IntervalState.values();
    for (int i = random.nextInt(12); i > 0; i--) {
      int from = random.nextInt(MINUTES);
      int to = from + 1 + random.nextInt(MINUTES - from);
      IntervalState state = states[random.nextInt(states.length)];
      rows.add(row(BTC, START + from * MINUTE, START + to * MINUTE, state, ++seq));
      for (int m = from; m < to && state != IntervalState.THROUGH; m++) {
        coverage.put(START + m * MINUTE, state);
      }
    }
    while (!rows.isEmpty()) {
      CoverageRow row = rows.remove(random.nextInt(rows.size()));
      CoverageRow later =
          new CoverageRow(
              row.stream(),
              row.fromMs(),
              row.toMs(),
              row.state(),
              row.reason(),
              row.evidence(),
              row.seq(),
              DAY + random.nextInt(3) * Samples.DAY_MILLIS);
      Samples.write(root, later);
    }
  }

  private void writePerDay(Folder folder, List<Candle> batch) throws IOException {
    Collection<List<Candle>> days =
        batch.stream().collect(Collectors.groupingBy(c -> c.openTimeMs() < DAY)).values();
    for (List<Candle> day : days) {
      Samples.write(root, folder, day);
    }
  }
}
