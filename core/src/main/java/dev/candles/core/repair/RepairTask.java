package dev.candles.core.repair;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.feed.RepairEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One kind of repair: how its tasks come about, when one is due, what it asks next and what an
 * answer means for it. A task is an immutable value in the store and one entry in the queue; what a
 * kind keeps beside that is memory, which a restart forgets.
 *
 * <p>A new kind is a class of its own, registered in {@link RepairPlanner}: what it stores, and
 * itself.
 *
 * @param <T> what is stored of a task
 */
abstract class RepairTask<T> implements RepairEvent.Handler<RuntimeException> {
  /** No venue is left alone for longer than an hour, and a delay with its jitter is shorter. */
  private static final long MOST_WAIT_MS = 7_200_000;

  final VenueSession session;
  private final RepairStore.Tasks<T> stored;
  private final Set<String> unanswered = new HashSet<>();

  /** By stream, until it is announced. */
  private @Nullable Map<String, List<String>> ofBefore;

  RepairTask(RepairStore.Kind<T> kind, RepairStore store, VenueSession session) {
    this.stored = store.tasks(kind);
    this.session = session;
  }

  abstract String key(T task);

  abstract StreamKey stream(T task);

  /** What market time it is about (epoch ms), see {@link WorkQueue}. */
  abstract long marketMs(T task);

  /** Market time (epoch ms) before which it is not asked. */
  abstract long dueMs(T task);

  /** The same task, not asked before {@code timeMs} of market time; no attempt was made. */
  abstract T postponed(T task, long timeMs);

  /** End (epoch ms) of what it is about. */
  abstract long endMs(T task);

  /** News is taken in by the kinds that it is about; nothing is asked here. */
  @Override
  public void announced(RepairEvent.Announced told) {
    for (String key : unannounced(told.stream())) {
      T task = get(key);
      if (task != null && told.isForgotten(endMs(task))) {
        remove(key);
      } else if (task != null) {
        resume(task, told.toMs());
      }
    }
  }

  /**
   * A task of an earlier attempt is asked when it is due. A wait that only a clock that was hours
   * ahead can have set is over.
   *
   * @param nowMs market time, epoch ms
   */
  final void resume(T task, long nowMs) {
    if (dueMs(task) > nowMs + mostWaitMs(task)) {
      keep(postponed(task, nowMs));
    } else {
      schedule(task);
    }
  }

  /** For how long an answer, or none, can make a task wait (market milliseconds). */
  long mostWaitMs(T task) {
    return MOST_WAIT_MS + session.profile.auditMs();
  }

  /** Keys of a stream's tasks of earlier attempts, once; all are read at the first announcement. */
  private List<String> unannounced(StreamKey stream) {
    Map<String, List<String>> keys = ofBefore;
    if (keys == null) {
      keys = new HashMap<>();
      for (T task : all()) {
        keys.computeIfAbsent(stream(task).id(), id -> new ArrayList<>()).add(key(task));
      }
      ofBefore = keys;
    }
    return Objects.requireNonNullElse(keys.remove(stream.id()), List.of());
  }

  @Override
  public void gap(RepairEvent.Gap told) {}

  @Override
  public void confirm(RepairEvent.Confirm told) {}

  @Override
  public void recheck(RepairEvent.Reconfirm told) {}

  @Override
  public void trades(RepairEvent.Trades told) {}

  @Override
  public void joined(RepairEvent.Joined told) {}

  /**
   * What to ask next; empty if there is nothing to ask after all.
   *
   * @param nowMs the venue's time, epoch ms
   */
  abstract Optional<RepairRequest> request(T task, RepairWork work, long nowMs);

  /**
   * Takes in an answer that has rows, or one whose rows nobody can read.
   *
   * @param nowMs the venue's time, epoch ms
   */
  abstract void answered(T task, RepairAnswer answer, RestAnswer said, long nowMs);

  /** The lane of this kind alone, in which its tasks compete for the venue's budget. */
  abstract RepairWork.Lane lane();

  /** See {@link RepairWork#streamDay}. */
  @Nullable String streamDay(T task) {
    return null;
  }

  /** Its request went out. */
  void sent(T task) {}

  /** An answer failed; {@code waitMs} is how long the venue is left alone. */
  void failed(T task, RepairRequest request, long nowMs, long waitMs) {
    keep(postponed(task, nowMs + waitMs));
  }

  /** There is an answer to a task that was settled meanwhile. */
  void gone(String key) {}

  /** A page of a gap was read; other kinds may have to follow that up. */
  void gapRead(GapReading reading) {}

  /** Whether it answers for that work. */
  final boolean owns(RepairWork work) {
    return work.lane() == lane();
  }

  final @Nullable T get(String key) {
    return stored.get(key);
  }

  final List<T> all() {
    return stored.all();
  }

  /** Stores a task and has it asked when it is due. */
  final void keep(T task) {
    stored.put(key(task), task);
    schedule(task);
  }

  /** Has a task asked when it is due; what is stored of it stays as it is. */
  final void schedule(T task) {
    session.schedule(
        new RepairWork(key(task), lane(), marketMs(task), dueMs(task), streamDay(task)));
  }

  /** Forgets what is stored of a task. */
  final void remove(String key) {
    unanswered.remove(key);
    stored.remove(key);
  }

  /** Does not ask for a task any more. */
  final void unschedule(String key) {
    session.lanes.remove(lane(), key);
  }

  final Optional<RepairRequest> next(RepairWork work, long nowMs) {
    T task = get(work.key());
    return task == null ? Optional.empty() : request(task, work, nowMs);
  }

  final void sent(String key) {
    T task = get(key);
    if (task != null) {
      sent(task);
    }
  }

  final void answered(RepairAnswer answer, RestAnswer said, long nowMs) {
    String key = answer.request().work().key();
    unanswered.remove(key);
    T task = get(key);
    if (task == null) {
      gone(key);
    } else {
      answered(task, answer, said, nowMs);
    }
  }

  final void postpone(String key, long timeMs) {
    T task = get(key);
    if (task != null) {
      keep(postponed(task, timeMs));
    }
  }

  final void failed(RepairRequest request, long nowMs, long waitMs) {
    T task = get(request.work().key());
    if (task != null) {
      unanswered.add(key(task));
      failed(task, request, nowMs, waitMs);
    }
  }

  /**
   * The venue answers again after an outage: what it said before is interrupted, also of a task
   * that was not among those that it was asked for meanwhile.
   */
  void interrupted() {}

  /** After an outage of the venue: what it did not answer is due, however long that should wait. */
  final void answersAgain(long nowMs) {
    for (String key : unanswered) {
      T task = get(key);
      if (task != null && dueMs(task) > nowMs) {
        keep(postponed(task, nowMs));
      }
    }
    unanswered.clear();
  }
}
