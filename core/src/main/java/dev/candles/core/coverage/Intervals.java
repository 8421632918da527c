package dev.candles.core.coverage;

import java.io.Serializable;
import java.util.Arrays;
import java.util.function.LongUnaryOperator;

/**
 * An immutable set of instants as sorted, disjoint, non-adjacent ranges {@code [from, to)} of epoch
 * milliseconds. Holds years of minutes in a few numbers as long as they are contiguous.
 */
public final class Intervals implements Serializable {
  private static final Intervals EMPTY = new Intervals(new long[0]);

  private final long[] bounds;

  private Intervals(long[] bounds) {
    this.bounds = bounds;
  }

  /** The empty set. */
  public static Intervals empty() {
    return EMPTY;
  }

  /**
   * The range {@code [from, to)}; empty if they are equal.
   *
   * @throws IllegalArgumentException if {@code to} is before {@code from}
   */
  public static Intervals of(long from, long to) {
    if (to < from) {
      throw new IllegalArgumentException(
          "range ends before it starts: from=" + from + ", to=" + to);
    }
    return to == from ? EMPTY : new Intervals(new long[] {from, to});
  }

  /** All since 1970 and before an instant, epoch ms; empty if that is not later. */
  public static Intervals before(long toMs) {
    return of(Math.min(0, toMs), toMs);
  }

  /**
   * The set that {@link #toArray} gave.
   *
   * @throws IllegalArgumentException if the numbers are not sorted, disjoint ranges
   */
  public static Intervals fromArray(long[] bounds) {
    for (int i = 0; i < bounds.length; i++) {
      if (bounds.length % 2 != 0 || (i > 0 && bounds[i] <= bounds[i - 1])) {
        throw new IllegalArgumentException("not sorted ranges: " + Arrays.toString(bounds));
      }
    }
    return bounds.length == 0 ? EMPTY : new Intervals(bounds.clone());
  }

  /** The set of all intervals of length {@code step} that open at the given times, in any order. */
  public static Intervals ofOpenTimes(long[] openTimes, long step) {
    long[] sorted = openTimes.clone();
    Arrays.sort(sorted);
    Builder builder = new Builder(sorted.length);
    for (long open : sorted) {
      builder.add(open, open + step);
    }
    return builder.build();
  }

  /** {@code from0, to0, from1, to1, …}: flat, for records that travel. */
  public long[] toArray() {
    return bounds.clone();
  }

  /** Whether nothing is in the set. */
  public boolean isEmpty() {
    return bounds.length == 0;
  }

  /** Number of ranges. */
  public int count() {
    return bounds.length / 2;
  }

  /** Start of range {@code i}. */
  public long from(int i) {
    return bounds[2 * i];
  }

  /** End, exclusive, of range {@code i}. */
  public long to(int i) {
    return bounds[2 * i + 1];
  }

  /** Milliseconds covered. */
  public long length() {
    long sum = 0;
    for (int i = 0; i < count(); i++) {
      sum += to(i) - from(i);
    }
    return sum;
  }

  /** Whether {@code instant} is in the set. */
  public boolean contains(long instant) {
    int at = Arrays.binarySearch(bounds, instant);
    return at >= 0 ? at % 2 == 0 : (-at - 1) % 2 == 1;
  }

  /** What is in this or in {@code other}. */
  public Intervals union(Intervals other) {
    return combine(other, true, true, true);
  }

  /** What is in this and not in {@code other}. */
  public Intervals minus(Intervals other) {
    return combine(other, true, false, false);
  }

  /** What is in both. Where one of them is a single range, a day of years say, it is found fast. */
  public Intervals intersect(Intervals other) {
    if (other.count() == 1) {
      return within(other.from(0), other.to(0));
    }
    return count() == 1 ? other.within(from(0), to(0)) : combine(other, false, true, false);
  }

  private Intervals within(long from, long to) {
    int at = Arrays.binarySearch(bounds, from);
    int first = (at >= 0 ? at + 1 : -at - 1) / 2;
    at = Arrays.binarySearch(bounds, to);
    int end = ((at >= 0 ? at : -at - 1) + 1) / 2;
    if (first >= end) {
      return EMPTY;
    }
    long[] inside = Arrays.copyOfRange(bounds, 2 * first, 2 * end);
    inside[0] = Math.max(inside[0], from);
    inside[inside.length - 1] = Math.min(inside[inside.length - 1], to);
    return new Intervals(inside);
  }

  /** The same set with every bound mapped; the mapping must keep the order. */
  public Intervals map(LongUnaryOperator from, LongUnaryOperator to) {
    Builder builder = new Builder(count());
    for (int i = 0; i < count(); i++) {
      builder.add(from.applyAsLong(from(i)), to.applyAsLong(to(i)));
    }
    return builder.build();
  }

  private Intervals combine(Intervals other, boolean onlyThis, boolean both, boolean onlyOther) {
    Builder builder = new Builder(count() + other.count());
    int i = 0;
    int j = 0;
    boolean inThis = false;
    boolean inOther = false;
    long start = 0;
    boolean open = false;
    while (i < bounds.length || j < other.bounds.length) {
      long next =
          Math.min(
              i < bounds.length ? bounds[i] : Long.MAX_VALUE,
              j < other.bounds.length ? other.bounds[j] : Long.MAX_VALUE);
      if (i < bounds.length && bounds[i] == next) {
        inThis = !inThis;
        i++;
      }
      if (j < other.bounds.length && other.bounds[j] == next) {
        inOther = !inOther;
        j++;
      }
      boolean wanted = inThis ? (inOther ? both : onlyThis) : inOther && onlyOther;
      if (wanted && !open) {
        start = next;
      } else if (!wanted && open) {
        builder.add(start, next);
      }
      open = wanted;
    }
    return builder.build();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Intervals that && Arrays.equals(bounds, that.bounds);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bounds);
  }

  @Override
  public String toString() {
    return Arrays.toString(bounds);
  }

  /** Collects ranges that come in ascending order of their start; touching ones grow together. */
  public static final class Builder {
    private long[] bounds;
    private int size;

    /** Expects about {@code ranges} ranges. */
    public Builder(int ranges) {
      bounds = new long[Math.max(2, 2 * ranges)];
    }

    /**
     * Adds {@code [from, to)}; an empty range adds nothing.
     *
     * @throws IllegalArgumentException if it starts before the last one did
     */
    public Builder add(long from, long to) {
      if (to <= from) {
        return this;
      }
      if (size > 0 && from < bounds[size - 2]) {
        throw new IllegalArgumentException(
            "ranges must ascend: " + from + " after " + bounds[size - 2]);
      }
      if (size > 0 && from <= bounds[size - 1]) {
        bounds[size - 1] = Math.max(bounds[size - 1], to);
        return this;
      }
      if (size == bounds.length) {
        bounds = Arrays.copyOf(bounds, size * 2);
      }
      bounds[size++] = from;
      bounds[size++] = to;
      return this;
    }

    /** The set of all that was added. */
    public Intervals build() {
      return size == 0 ? EMPTY : new Intervals(Arrays.copyOf(bounds, size));
    }
  }
}
