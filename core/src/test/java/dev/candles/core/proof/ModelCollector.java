package dev.candles.core.proof;

import dev.candles.core.feed.LedgerEvent;
import dev.candles.core.feed.RepairEvent;
import dev.candles.core.repair.MemoryStore;
import dev.candles.core.repair.RepairAnswer;
import dev.candles.core.repair.RepairEffects;
import dev.candles.core.repair.RepairPlanner;
import dev.candles.core.repair.RepairRequest;
import dev.candles.core.repair.RestAnswer;
import dev.candles.core.repair.StreamDayQuota;
import dev.candles.core.time.VenueClock;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Drives the planner of repairs against a {@link ModelVenue}, as the backfill does it, and writes
 * down what comes of it with what it rests on. The store outlives a restart, all else is memory.
 */
final class ModelCollector {
  private static final int MOST_JOINTS = 64;

  final ModelLedger ledger;
  MemoryStore store = new MemoryStore();
  int requests;

  private final ModelRest rest;
  private final StreamDayQuota days = new StreamDayQuota(Integer.MAX_VALUE);
  private final NavigableMap<Long, Long> lastIds = new TreeMap<>();
  private VenueClock clock = new VenueClock();
  private RepairPlanner planner;

  ModelCollector(ModelRest rest, ModelLedger ledger, long ourMs) {
    this.rest = rest;
    this.ledger = ledger;
    this.planner = planner(ourMs);
  }

  private RepairPlanner planner(long ourMs) {
    return new RepairPlanner(rest, store, (level, pattern, values) -> {}, clock, ourMs);
  }

  /** The process starts again: what was in memory is gone. */
  void restart(long ourMs) {
    lastIds.clear();
    clock = new VenueClock();
    planner = planner(ourMs);
  }

  /** News claims nothing: that something is missing needs no proof. */
  void take(RepairEvent event) {
    if (event instanceof RepairEvent.Joined joined) {
      lastIds.put(joined.timeMs(), joined.lastId());
      if (lastIds.size() > MOST_JOINTS) {
        lastIds.pollFirstEntry();
      }
    }
    for (LedgerEvent effect : planner.take(event).ledger()) {
      if (!(effect instanceof LedgerEvent.Missing)) {
        throw new IllegalStateException("news has proven something: " + effect);
      }
      ledger.take(effect, ModelLedger.Claim.NONE);
    }
  }

  /** Whether something of before that time is still asked for. */
  boolean isBusy(long beforeMs) {
    return store.isBusy(beforeMs);
  }

  /**
   * Asks for what is due, and is answered at once.
   *
   * @param venueMs the venue's time
   * @param ourMs what our clock shows
   */
  void work(long venueMs, long ourMs, int most) {
    for (int sent = 0; sent < most; ) {
      List<RepairRequest> asked = due(ourMs);
      if (asked.isEmpty()) {
        return;
      }
      sent += asked.size();
      asked.forEach(request -> answered(request, ask(request, venueMs, ourMs), ourMs));
    }
  }

  /** What is to be sent now. */
  List<RepairRequest> due(long ourMs) {
    return planner.requests(days, ourMs);
  }

  ModelVenue.Answer ask(RepairRequest request, long venueMs, long ourMs) {
    requests++;
    return rest.ask(request, venueMs, clock.at(ourMs));
  }

  void answered(RepairRequest request, ModelVenue.Answer answer, long ourMs) {
    ModelLedger.Claim claim = rest.claim(request, answer, lastIds);
    write(planner.answered(ModelRest.decoded(request, answer), ourMs), claim);
  }

  /** The venue asks to wait. */
  void refused(RepairRequest request, long waitMs, long ourMs) {
    RestAnswer said = RestAnswer.throttled(waitMs, "too many requests");
    claimsNothing(
        planner.answered(
            new RepairAnswer(
                request, 429, AnswerAge.UNSAID, AnswerAge.UNSAID, -1, nowMs -> said, ""),
            ourMs));
  }

  /** Nobody answers. */
  void unanswered(RepairRequest request, long ourMs) {
    claimsNothing(planner.answered(RepairAnswer.none(request, "timed out"), ourMs));
  }

  private static void claimsNothing(RepairEffects effects) {
    if (!effects.ledger().isEmpty()) {
      throw new IllegalStateException("no answer has proven something: " + effects);
    }
  }

  private void write(RepairEffects effects, ModelLedger.Claim claim) {
    effects.ledger().forEach(effect -> ledger.take(effect, claim));
  }
}
