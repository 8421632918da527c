package dev.candles.job.operator;

import dev.candles.core.health.ErrorRate;
import dev.candles.core.health.HealthNews;
import dev.candles.core.health.HealthRules;
import dev.candles.core.health.HealthState;
import dev.candles.core.health.KeptHealth;
import dev.candles.core.health.Part;
import dev.candles.core.health.Transition;
import dev.candles.core.health.VenueHealth;
import dev.candles.core.state.StateValue;
import dev.candles.job.alert.Alert;
import dev.candles.job.alert.HealthAlert;
import dev.candles.job.codec.Codecs;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A venue's health in one attempt, and the changes that people are still to be told of. */
final class HeldHealth {
  private static final int MOST_CHECKPOINTS = 100;
  private static final long OF_BEFORE = 0;

  final VenueHealth health;
  final ErrorRate errors = new ErrorRate();
  final TimerChain timers = new TimerChain();
  private final String venue;
  private final HealthRules rules;
  private final long epochMs;
  private final List<Untold> untold = new ArrayList<>();
  private final NavigableMap<Long, Long> numberAt = new TreeMap<>();
  private volatile HealthState state;
  private volatile VenueHealth.Snapshot shown;
  private volatile Map<Part, Long> failsSince;
  private @Nullable KeptHealth kept;
  private HealthNews.@Nullable Standing said;
  private boolean unchanged = true;

  /** A change and what became of its alert. */
  private static final class Untold {
    final Transition change;
    final long sinceRealMs;
    @Nullable CompletableFuture<Void> told;

    Untold(Transition change, long sinceRealMs) {
      this.change = change;
      this.sinceRealMs = sinceRealMs;
    }

    boolean isOver() {
      return told != null && told.isDone();
    }
  }

  HeldHealth(String venue, HealthRules rules, KeptHealth kept) {
    this.venue = venue;
    this.rules = rules;
    this.epochMs = kept.epochMs();
    this.health = new VenueHealth(rules, kept.health());
    this.state = health.state();
    this.shown = kept.health();
    this.failsSince = failsSince(health);
    kept.untold().forEach(change -> untold.add(new Untold(change, OF_BEFORE)));
  }

  /** The state; for the threads of metrics too. */
  HealthState state() {
    return state;
  }

  /** What was kept last; for the threads of metrics too. */
  VenueHealth.Snapshot shown() {
    return shown;
  }

  private static Map<Part, Long> failsSince(VenueHealth health) {
    Map<Part, Long> since = new EnumMap<>(Part.class);
    for (Part part : Part.values()) {
      since.put(part, health.failsSinceMs(part));
    }
    return since;
  }

  /** {@link VenueHealth#failsSinceMs}; for the threads of metrics too. */
  long failsSinceMs(Part part) {
    return failsSince.getOrDefault(part, VenueHealth.UNHEARD);
  }

  /** How the venue stands, if that is another than was said last. */
  Optional<HealthNews> news() {
    var now = new HealthNews.Standing(venue, health.state(), health.connected());
    if (now.equals(said)) {
      return Optional.empty();
    }
    said = now;
    return Optional.of(now);
  }

  /**
   * Whether the venue is healthy and this attempt has no change of it to tell, once: the state may
   * be older than what people were told.
   */
  boolean isHealthyWithoutAWord() {
    boolean now = unchanged && untold.isEmpty() && health.isProvenHealthy();
    unchanged &= !now;
    return now;
  }

  void add(Transition change, long realMs) {
    unchanged = false;
    untold.add(new Untold(change, realMs));
    state = change.to();
  }

  /** Writes what has to be kept, if that is another than was written last. */
  void keepIn(StateValue<byte[]> stored) {
    untold.removeIf(Untold::isOver);
    failsSince = failsSince(health);
    var changes = untold.stream().map(one -> one.change).toList();
    KeptHealth now = new KeptHealth(epochMs, health.snapshot(), changes);
    if (!now.equals(kept)) {
      stored.put(Codecs.KEPT_HEALTH.bytes(now));
      kept = now;
      shown = now.health();
    }
  }

  /** The checkpoint holds every change until now. */
  void inCheckpoint(long checkpoint) {
    numberAt.put(checkpoint, health.snapshot().transitions());
    if (numberAt.size() > MOST_CHECKPOINTS) {
      numberAt.pollFirstEntry();
    }
  }

  /** Tells of the changes that a complete checkpoint holds. */
  void tellThoseOf(long checkpoint, Function<Alert, CompletableFuture<Void>> teller) {
    var held = numberAt.floorEntry(checkpoint);
    if (held == null) {
      return;
    }
    numberAt.headMap(checkpoint, true).clear();
    for (Untold one : untold) {
      if (one.change.number() <= held.getValue()) {
        tell(one, teller);
      }
    }
  }

  /** Tells of the changes that are older than {@code realMs}, in a checkpoint or not. */
  void tellThoseBefore(long realMs, Function<Alert, CompletableFuture<Void>> teller) {
    for (Untold one : untold) {
      if (one.sinceRealMs < realMs) {
        tell(one, teller);
      }
    }
  }

  private void tell(Untold one, Function<Alert, CompletableFuture<Void>> teller) {
    if (one.told == null) {
      one.told = teller.apply(new HealthAlert(venue, epochMs, one.change, rules));
    }
  }
}
