package dev.candles.core.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.feed.ConnectionEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class VenueHealthTest {
  private static final long START_MS = 1_768_000_000_000L;
  private static final long MINUTE = 60_000;
  private static final HealthRules RULES = HealthRules.RUNBOOK;

  private final VenueHealth health = new VenueHealth(RULES, VenueHealth.Snapshot.fresh(START_MS));
  private final List<String> lines = new ArrayList<>();
  private long nowMs = START_MS;

  private void fail(int source, FailureReason reason) {
    nowMs += 1_000;
    told(health.take(new HealthSignal("coinbase", source, reason, nowMs)));
  }

  private void succeed(int source) {
    nowMs += 1_000;
    told(health.take(new HealthSignal("coinbase", source, null, nowMs)));
  }

  private void told(Optional<Transition> change) {
    change.ifPresent(c -> lines.add(c.line("coinbase", RULES)));
  }

  @Test
  void theFailuresThatCountAreToldByReason() {
    fail(0, FailureReason.TIMEOUT);
    fail(0, FailureReason.PROTOCOL);
    fail(0, FailureReason.TIMEOUT);
    assertThat(health.snapshot().failures(FailureReason.TIMEOUT)).isEqualTo(2);
    assertThat(health.snapshot().failures(FailureReason.PROTOCOL)).isEqualTo(1);
    assertThat(health.snapshot().failures(FailureReason.CLOCK_OFF)).isZero();
  }

  @Test
  void aClockThatIsSetBackHidesNoFailureAndPutsNoRecoveryOff() {
    succeed(0);
    nowMs -= 300 * MINUTE;
    for (int n = 0; n < 12; n++) {
      fail(0, FailureReason.CONNECTION_ERROR);
    }
    assertThat(health.state()).isEqualTo(HealthState.DOWN);
    told(health.tick(nowMs));
    succeed(0);
    for (int minute = 1; minute <= 3; minute++) {
      nowMs += VenueHealth.QUIET_MS;
      told(health.tick(nowMs));
    }
    assertThat(health.state()).isEqualTo(HealthState.HEALTHY);
  }

  @Test
  void failuresOfBeforeTheClockWasSetBackCountForNoLongerThanTheWindow() {
    for (int n = 0; n < 3; n++) {
      fail(0, FailureReason.TIMEOUT);
    }
    nowMs += 1_000;
    told(health.tick(nowMs));
    nowMs -= 300 * MINUTE;
    told(health.tick(nowMs));
    assertThat(health.state()).isEqualTo(HealthState.DEGRADED);
    nowMs += RULES.windowMs();
    told(health.tick(nowMs));
    assertThat(health.state()).isEqualTo(HealthState.HEALTHY);
  }

  @Test
  void theRunbooksLinesAreSaidWordForWordAndOnce() {
    for (int n = 0; n < 5; n++) {
      fail(0, FailureReason.TIMEOUT);
    }
    for (int n = 0; n < 20; n++) {
      fail(0, FailureReason.CONNECTION_ERROR);
    }
    for (int n = 0; n < 5; n++) {
      succeed(0);
    }

    assertThat(lines)
        .containsExactly(
            "ALERT [WARNING] coinbase: State transition: HEALTHY → DEGRADED"
                + " | Failures: 3/10 in 60m window | Reason: timeout",
            "ALERT [CRITICAL] coinbase: State transition: DEGRADED → DOWN"
                + " | Failures: 10/10 in 60m window | Reason: connection_error",
            "ALERT [INFO] coinbase: State transition: DOWN → HEALTHY"
                + " | Failures: 0/10 in 60m window | Reason: 3 consecutive successes");
  }

  @Test
  void answersOfRestDoNotMakeAVenueHealthyWhoseFeedIsCut() {
    for (int n = 0; n < 12; n++) {
      fail(0, FailureReason.CONNECTION_ERROR);
      for (int answers = 0; answers < 20; answers++) {
        succeed(HealthSignal.REST);
      }
    }
    assertThat(health.state()).isEqualTo(HealthState.DOWN);

    succeed(0);

    assertThat(health.state()).isEqualTo(HealthState.HEALTHY);
  }

  /** After a restart REST may answer before a connection had the time to fail. */
  @Test
  void answersOfRestDoNotMakeAVenueHealthyWhoseConnectionIsStillToBeMade() {
    for (int n = 0; n < 3; n++) {
      fail(0, FailureReason.TIMEOUT);
    }
    var restarted = new VenueHealth(RULES, health.snapshot());
    restarted.take(HealthSignal.of(ConnectionEvent.begun("coinbase", 0, nowMs)));
    for (int answers = 0; answers < 20; answers++) {
      assertThat(restarted.take(new HealthSignal("coinbase", HealthSignal.REST, null, nowMs)))
          .isEmpty();
    }
    assertThat(restarted.take(new HealthSignal("coinbase", 0, null, nowMs))).isPresent();
  }

  @Test
  void whatIsStillToBeMadeIsNeitherFailureNorSuccess() {
    for (int n = 0; n < 2; n++) {
      fail(0, FailureReason.TIMEOUT);
    }
    succeed(HealthSignal.REST);
    for (int n = 0; n < 20; n++) {
      told(health.take(HealthSignal.of(ConnectionEvent.begun("coinbase", n, nowMs))));
    }
    assertThat(lines).isEmpty();
    assertThat(health.snapshot().window()).hasSize(2);
  }

  @Test
  void aVenueIsConnectedWhenEveryConnectionLives() {
    assertThat(health.connected()).isFalse();
    succeed(HealthSignal.REST);
    assertThat(health.connected()).isFalse();
    health.take(HealthSignal.of(ConnectionEvent.begun("coinbase", 0, nowMs)));
    health.take(HealthSignal.of(ConnectionEvent.begun("coinbase", 1, nowMs)));
    succeed(0);
    assertThat(health.connected()).isFalse();
    succeed(1);
    assertThat(health.connected()).isTrue();
    fail(HealthSignal.REST, FailureReason.RATE_LIMITED);
    assertThat(health.connected()).isTrue();
    fail(0, FailureReason.TIMEOUT);
    assertThat(health.connected()).isFalse();
  }

  /** Its catalogue cannot be had, so there is no connection that could fail. */
  @Test
  void aVenueThatIsAwayAtTheStartGoesDown() {
    for (int n = 0; n < 10; n++) {
      nowMs += 1_000;
      var failed =
          new ConnectionEvent("coinbase", ConnectionEvent.REST, false, nowMs, "IOException: x");
      told(health.take(HealthSignal.of(failed)));
    }
    assertThat(lines).hasSize(2).last().asString().contains("DEGRADED → DOWN");
    assertThat(health.connected()).isFalse();
  }

  @Test
  void oneOfTwoConnectionsThatStaysCutKeepsAVenueFromHealth() {
    fail(1, FailureReason.TIMEOUT);
    fail(0, FailureReason.TIMEOUT);
    fail(0, FailureReason.TIMEOUT);
    for (int n = 0; n < 9; n++) {
      succeed(0);
    }
    assertThat(health.state()).isEqualTo(HealthState.DEGRADED);

    succeed(1);

    assertThat(health.state()).isEqualTo(HealthState.HEALTHY);
  }

  @Test
  void aVenueWithNothingToRepairRecoversByLivingThreeMinutes() {
    for (int n = 0; n < 10; n++) {
      fail(0, FailureReason.TIMEOUT);
    }
    succeed(0);

    assertThat(health.tick(nowMs + MINUTE - 1)).isEmpty();
    assertThat(health.tick(nowMs + MINUTE)).isEmpty();
    assertThat(health.tick(nowMs + 2 * MINUTE)).isPresent();
    assertThat(health.state()).isEqualTo(HealthState.HEALTHY);
  }

  @Test
  void timeAloneBringsNoVenueUpThatIsDown() {
    for (int n = 0; n < 10; n++) {
      fail(0, FailureReason.TIMEOUT);
    }
    for (int hour = 1; hour < 200; hour++) {
      assertThat(health.tick(nowMs + hour * 30 * MINUTE)).isEmpty();
    }
    assertThat(health.state()).isEqualTo(HealthState.DOWN);
  }

  @Test
  void aDegradedVenueIsHealthyWhenItsLastFailureIsAnHourOld() {
    for (int n = 0; n < 3; n++) {
      fail(HealthSignal.REST, FailureReason.RATE_LIMITED);
    }
    assertThat(health.tick(nowMs + 60 * MINUTE - 1)).isEmpty();

    told(health.tick(nowMs + 60 * MINUTE));

    assertThat(lines)
        .last()
        .asString()
        .isEqualTo(
            "ALERT [INFO] coinbase: State transition: DEGRADED → HEALTHY"
                + " | Failures: 0/10 in 60m window | Reason: no failure in 60m");
  }

  @Test
  void whatIsKeptIsBounded() {
    for (int n = 0; n < 100_000; n++) {
      fail(n % 4, FailureReason.PROTOCOL);
    }
    assertThat(health.snapshot().window()).hasSize(RULES.downAt());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no data: waited_ms=240000                          | STALE_SUBSCRIPTION",
        "no pong: waited_ms=10001                           | TIMEOUT",
        "no handshake: waited_ms=20001                      | TIMEOUT",
        "no answer in time                                  | TIMEOUT",
        "no answer within 20 s                              | TIMEOUT",
        "no answer within 300 ms                            | TIMEOUT",
        "no connection within 10 s                          | TIMEOUT",
        "HttpTimeoutException: request timed out            | TIMEOUT",
        "host name acme.test cannot be resolved             | CONNECTION_ERROR",
        "cannot connect: Connection refused                 | CONNECTION_ERROR",
        "closed: code=1006 reason=                          | CONNECTION_ERROR",
        "closed: code=1009 reason=Payload limit reached.    | PROTOCOL",
        "closed: code=1002 reason=Invalid status code received: 429 Status line | RATE_LIMITED",
        "closed: code=1002 reason=Invalid status code received: 503 Status line | CONNECTION_ERROR",
        "closed: code=1002 reason=Invalid status code received: 404 Status line | CONNECTION_ERROR",
        "IOException: not a catalogue: status=429 code=50011 | RATE_LIMITED",
        "throttled: nothing came but refusals                | RATE_LIMITED",
        "IOException: HTML, not JSON                         | CONNECTION_ERROR",
        "closed: code=1002 reason=Draft refuses handshake    | PROTOCOL",
        "queue overflow                                     | CONNECTION_ERROR"
      })
  void anErrorHasItsReason(String error, FailureReason reason) {
    assertThat(FailureReason.of(error)).isEqualTo(reason);
  }

  static LongStream seeds() {
    return LongStream.range(0, Long.getLong("health.seeds", 300));
  }

  /** The same signals, restored at random moments, in a model that keeps everything for ever. */
  @ParameterizedTest
  @MethodSource("seeds")
  void changesAsAModelThatForgetsNothing(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    HealthRules rules = rules(random);
    int sources = random.nextInt(1, 4);
    double failing = random.nextDouble(0.05, 0.95);
    long step = random.nextLong(1, 2 * rules.windowMs() / rules.downAt());
    VenueHealth tested = new VenueHealth(rules, VenueHealth.Snapshot.fresh(START_MS));
    Model model = new Model(rules);
    long at = START_MS;
    int changes = 0;
    for (int n = 0; n < 400; n++) {
      at += random.nextLong(step);
      boolean tick = random.nextInt(4) == 0;
      if (random.nextInt(40) == 0) {
        tested = new VenueHealth(rules, tested.snapshot());
        model.restart();
      }
      if (random.nextInt(60) == 0) {
        failing = random.nextDouble(); // another weather
      }
      FailureReason failure =
          random.nextDouble() < failing
              ? FailureReason.values()[random.nextInt(FailureReason.values().length)]
              : null;
      HealthSignal signal = new HealthSignal("x", random.nextInt(sources + 1) - 1, failure, at);
      Optional<String> change =
          (tick ? tested.tick(at) : tested.take(signal)).map(c -> c.from() + ">" + c.to());
      assertThat(change).as("step " + n).isEqualTo(tick ? model.tick(at) : model.take(signal));
      changes += change.isPresent() ? 1 : 0;
      assertThat(tested.state()).isEqualTo(model.state);
      assertThat(tested.snapshot().transitions()).isEqualTo(changes);
    }
  }

  private static HealthRules rules(SplittableRandom random) {
    int degradedAt = random.nextInt(1, 5);
    return new HealthRules(
        random.nextLong(10 * MINUTE, 90 * MINUTE),
        degradedAt,
        degradedAt + random.nextInt(1, 9),
        random.nextInt(1, 5));
  }

  /** Keeps every failure and counts afresh each time. */
  private static final class Model {
    private final HealthRules rules;
    private final List<Long> failedAt = new ArrayList<>();
    private Map<Integer, Boolean> good = new HashMap<>();
    private HealthState state = HealthState.HEALTHY;
    private int row;
    private long lastMs = START_MS;

    Model(HealthRules rules) {
      this.rules = rules;
    }

    void restart() {
      good = new HashMap<>();
      row = 0;
    }

    private long failures(long nowMs) {
      return failedAt.stream().filter(at -> nowMs - at < rules.windowMs()).count();
    }

    Optional<String> take(HealthSignal signal) {
      lastMs = signal.atMs();
      good.put(signal.source(), signal.failure() == null);
      if (signal.failure() == null) {
        row++;
        return recovery();
      }
      row = 0;
      failedAt.add(signal.atMs());
      long count = failures(signal.atMs());
      if (count >= rules.downAt() && state != HealthState.DOWN) {
        return become(HealthState.DOWN);
      }
      return state == HealthState.HEALTHY && count >= rules.degradedAt()
          ? become(HealthState.DEGRADED)
          : Optional.empty();
    }

    Optional<String> tick(long nowMs) {
      if (state == HealthState.DEGRADED && failures(nowMs) == 0) {
        return become(HealthState.HEALTHY);
      }
      boolean live = good.entrySet().stream().anyMatch(e -> e.getKey() >= 0 && e.getValue());
      if (!live || nowMs - lastMs < MINUTE) {
        return Optional.empty();
      }
      lastMs = nowMs;
      row++;
      return recovery();
    }

    private Optional<String> recovery() {
      if (state == HealthState.HEALTHY || row < rules.recoverAfter() || good.containsValue(false)) {
        return Optional.empty();
      }
      failedAt.clear();
      return become(HealthState.HEALTHY);
    }

    private Optional<String> become(HealthState next) {
      String change = state + ">" + next;
      state = next;
      return Optional.of(change);
    }
  }
}
