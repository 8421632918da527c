package dev.candles.core.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IntervalsTest {
  @ParameterizedTest
  @MethodSource("dev.candles.core.Seeds#seeds")
  void setAlgebraEqualsBitsOneByOne(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    BitSet a = bits(random);
    BitSet b = bits(random);
    assertThat(toBits(of(a).union(of(b)))).isEqualTo(or(a, b));
    assertThat(toBits(of(a).minus(of(b)))).isEqualTo(andNot(a, b));
    assertThat(toBits(of(a).intersect(of(b)))).isEqualTo(and(a, b));
    assertThat(of(a).length()).isEqualTo(a.cardinality());
    for (int i = 0; i < 64; i++) {
      assertThat(of(a).contains(i)).isEqualTo(a.get(i));
    }
    assertThat(Intervals.fromArray(of(a).toArray())).isEqualTo(of(a));
  }

  @ParameterizedTest
  @MethodSource("dev.candles.core.Seeds#seeds")
  void whatLiesInASingleRangeEqualsBitsOneByOne(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    BitSet all = bits(random);
    for (int from = 0; from < 64; from++) {
      int to = from + 1 + random.nextInt(66 - from);
      BitSet range = new BitSet();
      range.set(from, to);
      assertThat(of(all).intersect(Intervals.of(from, to))).isEqualTo(of(and(all, range)));
      assertThat(Intervals.of(from, to).intersect(of(all))).isEqualTo(of(and(all, range)));
    }
  }

  @Test
  void openTimesInAnyOrderGiveTheSameRanges() {
    assertThat(Intervals.ofOpenTimes(new long[] {20, 0, 10, 40}, 10))
        .isEqualTo(Intervals.of(0, 30).union(Intervals.of(40, 50)));
  }

  @Test
  void nothingIsBefore1970() {
    assertThat(Intervals.before(60_000)).isEqualTo(Intervals.of(0, 60_000));
    assertThat(Intervals.before(0)).isEqualTo(Intervals.empty());
    assertThat(Intervals.before(-60_000)).isEqualTo(Intervals.empty());
  }

  @Test
  void refusesWhatIsNoRange() {
    assertThatThrownBy(() -> Intervals.of(2, 1))
        .hasMessage("range ends before it starts: from=2, to=1");
    assertThatThrownBy(() -> Intervals.fromArray(new long[] {1, 1}))
        .hasMessage("not sorted ranges: [1, 1]");
    assertThatThrownBy(() -> Intervals.fromArray(new long[] {1}))
        .hasMessage("not sorted ranges: [1]");
  }

  private static BitSet bits(SplittableRandom random) {
    BitSet bits = new BitSet();
    for (int i = 0; i < 64; i++) {
      bits.set(i, random.nextInt(3) > 0);
    }
    return bits;
  }

  private static Intervals of(BitSet bits) {
    return Intervals.ofOpenTimes(bits.stream().mapToLong(i -> i).toArray(), 1);
  }

  private static BitSet toBits(Intervals intervals) {
    BitSet bits = new BitSet();
    for (int i = 0; i < intervals.count(); i++) {
      bits.set((int) intervals.from(i), (int) intervals.to(i));
    }
    return bits;
  }

  private static BitSet or(BitSet a, BitSet b) {
    BitSet result = (BitSet) a.clone();
    result.or(b);
    return result;
  }

  private static BitSet and(BitSet a, BitSet b) {
    BitSet result = (BitSet) a.clone();
    result.and(b);
    return result;
  }

  private static BitSet andNot(BitSet a, BitSet b) {
    BitSet result = (BitSet) a.clone();
    result.andNot(b);
    return result;
  }
}
