package dev.candles.core.repair;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is to be asked in one lane, and in which order. Who becomes due draws a number; of those who
 * do so together the newest market time draws first.
 *
 * <ol>
 *   <li>One request is for the newest market time, of equals for who has the lowest number.
 *   <li>The next is for who has the lowest number of all. Where who waits counts and not how new it
 *       is, each request is.
 *   <li>Work that goes on at once keeps its number for {@link #RUN} requests, so that what is begun
 *       is finished. Whoever had them, or has to wait, draws anew.
 *   <li>News of work that is due changes nothing of its number.
 * </ol>
 *
 * So nothing starves: whoever is due, while {@code n} others have lower numbers, is asked for
 * within {@code 2 * RUN * (n + 1)} requests of this lane, whatever news comes; and where there is
 * room for all, the newest goes first. Kept in memory, about 300 bytes per open stream-day, and
 * built anew from keyed state in every attempt. Pure; not thread-safe.
 */
final class WorkQueue {
  /** So many requests in a row work may go on before it draws a new number. */
  static final int RUN = 60;

  /** Numbers of work that was asked, in case that it goes on; more are not in flight. */
  static final int MOST_ASKED = 16;

  private static final Comparator<RepairWork> NEWEST_FIRST =
      Comparator.comparingLong(RepairWork::marketMs).reversed().thenComparing(RepairWork::key);
  private static final Comparator<RepairWork> EARLIEST_DUE =
      Comparator.comparingLong(RepairWork::dueMs).thenComparing(RepairWork::key);
  private static final Comparator<Due> LONGEST = Comparator.comparingLong(Due::number);
  private static final Comparator<Due> NEWEST =
      Comparator.<Due>comparingLong(due -> due.work.marketMs()).reversed().thenComparing(LONGEST);

  private final boolean newestFirst;
  private final int mostRun;
  private final TreeSet<Due> newest = new TreeSet<>(NEWEST);
  private final TreeSet<Due> longest = new TreeSet<>(LONGEST);
  private final Map<String, Due> due = new HashMap<>();
  private final TreeSet<RepairWork> waiting = new TreeSet<>(EARLIEST_DUE);
  private final Map<String, RepairWork> later = new HashMap<>();
  private final Map<String, Due> asked = new LinkedHashMap<>();
  private long numbers;
  private long dueToMs = Long.MIN_VALUE;
  private boolean longestIsNext;
  private boolean otherTurnTried;
  private long mayAskMs = Long.MIN_VALUE;

  /** What one turn was refused until, while the other is tried. */
  private long otherMayAskMs;

  private @Nullable Due taken;

  /**
   * Work that is due.
   *
   * @param number the lower, the longer it waits
   * @param run requests that it has had with this number
   */
  private record Due(RepairWork work, long number, int run) {}

  WorkQueue(RepairWork.Lane lane) {
    this(lane, RUN);
  }

  /**
   * @param mostRun instead of {@link #RUN}
   */
  WorkQueue(RepairWork.Lane lane, int mostRun) {
    this.newestFirst = lane.newestFirst();
    this.mostRun = mostRun;
  }

  /**
   * Adds work, or changes what it is about and when it is due; it may be of another budget than
   * what was refused.
   */
  void put(RepairWork work) {
    mayAskMs = Long.MIN_VALUE;
    Due known = removed(work.key());
    known = known == null ? asked.remove(work.key()) : known;
    if (known != null && known.run < mostRun && work.dueMs() <= dueToMs) {
      add(new Due(work, known.number, known.run));
    } else {
      later.put(work.key(), work);
      waiting.add(work);
    }
  }

  void remove(String key) {
    var unused = removed(key);
    asked.remove(key);
  }

  private @Nullable Due removed(String key) {
    RepairWork old = later.remove(key);
    if (old != null) {
      waiting.remove(old);
    }
    Due known = due.remove(key);
    if (known != null) {
      newest.remove(known);
      longest.remove(known);
    }
    return known;
  }

  private void add(Due known) {
    due.put(known.work.key(), known);
    newest.add(known);
    longest.add(known);
  }

  /**
   * Takes the due work whose turn it is: {@link #asked} or {@link #refused} says what came of it.
   *
   * @param only the keys of which one may be taken; null for all
   * @param busy whether work must not be taken, of which there is little in its lane
   */
  @Nullable RepairWork take(long nowMs, @Nullable Set<String> only, Predicate<RepairWork> busy) {
    drawNumbers(nowMs);
    TreeSet<Due> order = newestFirst && !longestIsNext ? newest : longest;
    taken = first(only == null ? order : among(only, order.comparator()), busy);
    if (taken == null) {
      return null;
    }
    removed(taken.work.key());
    return taken.work;
  }

  private void drawNumbers(long nowMs) {
    dueToMs = nowMs;
    if (waiting.isEmpty() || waiting.first().dueMs() > nowMs) {
      return;
    }
    List<RepairWork> news = new ArrayList<>();
    while (!waiting.isEmpty() && waiting.first().dueMs() <= nowMs) {
      news.add(Objects.requireNonNull(waiting.pollFirst()));
    }
    if (newestFirst) {
      news.sort(NEWEST_FIRST);
    }
    for (RepairWork work : news) {
      later.remove(work.key());
      add(new Due(work, ++numbers, 0));
    }
  }

  private static @Nullable Due first(Collection<Due> order, Predicate<RepairWork> busy) {
    for (Due known : order) {
      if (!busy.test(known.work)) {
        return known;
      }
    }
    return null;
  }

  /** Of few keys those that are due: all others are not looked at. */
  private List<Due> among(Set<String> keys, Comparator<? super Due> order) {
    List<Due> some = new ArrayList<>();
    for (String key : keys) {
      Due known = due.get(key);
      if (known != null) {
        some.add(known);
      }
    }
    some.sort(order);
    return some;
  }

  /** What was taken is asked: the next turn is another's. */
  void asked() {
    Due last = Objects.requireNonNull(taken, "nothing was taken");
    asked.put(last.work.key(), new Due(last.work, last.number, last.run + 1));
    if (asked.size() > MOST_ASKED) {
      asked.remove(asked.keySet().iterator().next());
    }
    longestIsNext = !longestIsNext;
    otherTurnTried = false;
  }

  /**
   * What was taken has no budget before {@code untilMs}: as if it had not been, and the turn is the
   * other's, which may be of another budget. What is asked then gives the turn back.
   */
  void refused(long untilMs) {
    add(Objects.requireNonNull(taken, "nothing was taken"));
    longestIsNext = !longestIsNext;
    otherTurnTried = newestFirst && !otherTurnTried;
    if (otherTurnTried) {
      otherMayAskMs = untilMs;
    } else {
      mayAskMs = newestFirst ? Math.min(untilMs, otherMayAskMs) : untilMs;
    }
  }

  /** Before that time no turn has budget, as {@link #refused} said; below any if nothing did. */
  long mayAskMs() {
    return mayAskMs;
  }

  /** Whether something is due. */
  boolean hasDue(long nowMs) {
    return !due.isEmpty() || (!waiting.isEmpty() && waiting.first().dueMs() <= nowMs);
  }

  /** When the next work that is not due yet will be (market time). */
  OptionalLong nextDueMs() {
    return waiting.isEmpty() ? OptionalLong.empty() : OptionalLong.of(waiting.first().dueMs());
  }

  int size() {
    return due.size() + later.size();
  }
}
