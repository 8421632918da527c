package dev.candles.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.Candles;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.finality.Version;
import dev.candles.core.lake.Committed;
import dev.candles.core.state.StateMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RememberedVersionsTest {
  private static final long HOUR = Timeframe.H1.millis();
  private static final Version SILENT = Version.ofSilence(Evidence.REST);

  private final Counting store = new Counting();

  /** Counts what is looked through. */
  private static final class Counting implements StateMap<Long, Version> {
    final Map<Long, Version> entries = new HashMap<>();
    int looked;
    int removed;

    @Override
    public Version get(Long entry) {
      looked++;
      return entries.get(entry);
    }

    @Override
    public void put(Long entry, Version value) {
      entries.put(entry, value);
    }

    @Override
    public void remove(Long entry) {
      removed++;
      entries.remove(entry);
    }

    @Override
    public void removeIf(Predicate<Long> chosen) {
      looked += entries.size();
      entries.keySet().removeIf(chosen);
    }

    @Override
    public void clear() {
      entries.clear();
    }
  }

  private RememberedVersions ofThreeDays(Timeframe timeframe) {
    return ofThreeDays(timeframe, Committed.atOnce());
  }

  private RememberedVersions ofThreeDays(Timeframe timeframe, Committed committed) {
    RememberedVersions versions = new RememberedVersions(store, timeframe, Candles.T0, committed);
    for (long open = Candles.T0; open < Candles.T0 + 72 * HOUR; open += timeframe.millis()) {
      versions.put(open, SILENT);
    }
    return versions;
  }

  @Test
  void aRevisionOfNowMakesNoHourLookAtAll() {
    RememberedVersions versions = ofThreeDays(Timeframe.M1, new Committed());
    versions.put(Candles.T0 + 72 * HOUR, SILENT.withRevision(1));
    for (int hour = 1; hour <= 5; hour++) {
      versions.forget(Candles.T0 + hour * HOUR);
    }
    assertThat(versions.unseen()).isOne();
    assertThat(store.looked).isZero();
  }

  @Test
  void anHourRemovesItsMinutesAndLooksAtNone() {
    RememberedVersions versions = ofThreeDays(Timeframe.M1);
    for (int hour = 1; hour <= 5; hour++) {
      versions.forget(Candles.T0 + hour * HOUR);
    }
    assertThat(store.looked).isZero();
    assertThat(store.removed).isEqualTo(300);
    assertThat(store.entries)
        .hasSize(67 * 60)
        .doesNotContainKey(Candles.T0 + 5 * HOUR - Candles.MINUTE)
        .containsKey(Candles.T0 + 5 * HOUR);
  }

  @Test
  void ofALargerTimeframeOnlyItsOwnOpenTimesAreRemoved() {
    RememberedVersions versions = ofThreeDays(Timeframe.M5);
    versions.forget(Candles.T0 + HOUR + 1);
    assertThat(store.looked).isZero();
    assertThat(store.removed).isEqualTo(13);
    assertThat(store.entries).hasSize(71 * 12 - 1);
  }

  @Test
  void whatIsRememberedTooLateIsLookedForInThatHourOnly() {
    RememberedVersions versions = ofThreeDays(Timeframe.M1);
    versions.forget(Candles.T0 + HOUR);
    versions.put(Candles.T0, SILENT);
    versions.forget(Candles.T0 + 2 * HOUR);
    assertThat(store.entries).hasSize(70 * 60).doesNotContainKey(Candles.T0);
    int looked = store.looked;
    assertThat(looked).isPositive();
    versions.forget(Candles.T0 + 3 * HOUR);
    assertThat(store.looked).isEqualTo(looked);
  }

  @Test
  void aLeapOfTimeIsNotCountedThrough() {
    RememberedVersions versions = ofThreeDays(Timeframe.M1);
    versions.forget(Candles.T0 + 20 * 365 * 24 * HOUR);
    assertThat(store.entries).isEmpty();
    assertThat(store.removed).isZero();
  }

  /** A replay is told no hour, which would drop what is kept. */
  @Test
  void whatTheLakeShowsAtOnceIsNotWaitedFor() {
    RememberedVersions versions = ofThreeDays(Timeframe.M1);
    versions.put(Candles.T0, SILENT.withRevision(1));
    assertThat(versions.unseen()).isZero();
  }

  /** Old and late versions, hours that are told late, again, or after days. */
  @ParameterizedTest
  @MethodSource("dev.candles.core.Seeds#seeds")
  void whatIsLeftIsWhatLookingAtAllWouldLeave(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Timeframe timeframe = random.nextBoolean() ? Timeframe.M1 : Timeframe.M5;
    long oldestMs = Candles.T0 + random.nextLong(2 * HOUR);
    RememberedVersions versions =
        new RememberedVersions(store, timeframe, oldestMs, Committed.atOnce());
    Map<Long, Version> expected = new HashMap<>();
    Set<Long> old = new HashSet<>();
    for (int i = random.nextInt(20); i > 0; i--) {
      long open = timeframe.floor(oldestMs - 3 * HOUR + random.nextLong(6 * HOUR));
      versions.announced(open, SILENT);
      expected.put(open, SILENT);
      if (open < oldestMs) {
        old.add(open);
      }
    }
    long nowMs = oldestMs;
    for (int i = 0; i < 200; i++) {
      if (random.nextInt(4) > 0) {
        long open = timeframe.floor(nowMs - 2 * HOUR + random.nextLong(8 * HOUR));
        versions.put(open, SILENT);
        expected.put(open, SILENT);
      } else {
        nowMs += random.nextInt(20) == 0 ? 40 * HOUR : random.nextLong(2 * HOUR);
        long toMs = nowMs - (random.nextInt(4) == 0 ? random.nextLong(5 * HOUR) : 0);
        versions.forget(toMs);
        expected.keySet().removeIf(open -> open < toMs && !old.contains(open));
      }
      assertThat(store.entries).isEqualTo(expected);
    }
  }
}
