package dev.candles.core.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.proof.ModelLies.Lie;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A venue that lies for a while against the rules: what they may claim is written down in {@link
 * ModelLedger}, what lies there are in {@link ModelLies}. 200 seeds; {@code
 * -Dadversary.seeds=10000} for more. Four kinds of venue take turns by seed.
 */
class AdversaryTest {
  /**
   * Requests that no seed exceeds: for each interval, and besides. The mean is 0.3 an interval; a
   * venue that leaves out half of every page makes walks go to their two hundred pages.
   */
  private static final double REQUESTS_PER_INTERVAL = 20;

  private static final int REQUESTS_BESIDES = 2_000;

  private static final Map<Lie, List<Long>> AFTER_MS = new EnumMap<>(Lie.class);
  private static final Map<Lie, Long> TOLD = new EnumMap<>(Lie.class);
  private static final List<Long> ALL_AFTER_MS = new ArrayList<>();
  private static final long[] SUMS = new long[4];

  /**
   * Beyond the first 200, for what these do not find: half-made rows out of a cache that says
   * nothing (380), and twice of a minute with a candle (889, 6857); a late trade in a hole of more
   * than three hours (4901, 7985), beside one (1513, 5281), or far behind one (12640).
   */
  private static final long[] FOUND = {380, 889, 1513, 4901, 5281, 6857, 7985, 12_640};

  static LongStream seeds() {
    long seeds = Long.getLong("adversary.seeds", 200);
    LongStream beyond = LongStream.of(FOUND).filter(seed -> seed >= seeds);
    return LongStream.concat(LongStream.range(0, seeds), beyond);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void nothingWrongIsClaimedAndAllEndsAsTheTruthHasIt(long seed) {
    check(new ModelWorld(seed, ModelVenue.Kind.BY_FEED));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void noneIsWhereOnlyRestConfirms(long seed) {
    check(new ModelWorld(seed, ModelVenue.Kind.CONFIRMED));
  }

  private static void check(ModelWorld world) {
    world.run();
    assertThat(world.ledger.wrong).as("%s %s", world.kind, world.lies.told).isEmpty();
    assertThat(world.wrongIntervals())
        .as("%s not right after %d h: %s", world.kind, BOUND_HOURS, world.lies.told)
        .isEmpty();
    assertThat(world.collector.requests)
        .as("requests of %s: %s", world.kind, world.lies.told)
        .isLessThan((int) (REQUESTS_BESIDES + REQUESTS_PER_INTERVAL * world.intervals()));
    ALL_AFTER_MS.add(world.rightAfterMs());
    SUMS[0] += world.intervals();
    SUMS[1] += world.collector.requests;
    SUMS[2] += world.ledger.revisions;
    SUMS[3] += world.ledger.disagreements;
    world.lies.told.forEach(
        (lie, times) -> {
          TOLD.merge(lie, (long) times, Long::sum);
          AFTER_MS.computeIfAbsent(lie, l -> new ArrayList<>()).add(world.rightAfterMs());
        });
  }

  private static final long BOUND_HOURS = ModelWorld.BOUND_MS / 3_600_000;

  @AfterAll
  static void tell() {
    System.out.printf(
        Locale.ROOT,
        "seeds=%d intervals=%d requests=%d revisions=%d disagreements=%d%n%-20s %9s %6s  %s%n",
        ALL_AFTER_MS.size(),
        SUMS[0],
        SUMS[1],
        SUMS[2],
        SUMS[3],
        "lie",
        "told",
        "seeds",
        "minutes until right: median p99 max");
    AFTER_MS.forEach((lie, after) -> row(lie.name(), TOLD.getOrDefault(lie, 0L), after));
    row("all", TOLD.values().stream().mapToLong(Long::longValue).sum(), ALL_AFTER_MS);
  }

  private static void row(String name, long told, List<Long> afterMs) {
    if (afterMs.isEmpty()) {
      return;
    }
    Collections.sort(afterMs);
    int n = afterMs.size();
    System.out.printf(
        Locale.ROOT,
        "%-20s %9d %6d  %6.0f %6.0f %6.0f%n",
        name,
        told,
        n,
        afterMs.get(n / 2) / 60e3,
        afterMs.get(n * 99 / 100) / 60e3,
        afterMs.get(n - 1) / 60e3);
  }
}
