package dev.candles.job.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.feed.ConnectionEvent;
import dev.candles.core.health.FailureReason;
import dev.candles.core.health.HealthNews;
import dev.candles.core.health.HealthSignal;
import dev.candles.core.health.HealthState;
import dev.candles.core.time.MarketClock;
import dev.candles.job.alert.WebhookReceiver;
import dev.candles.job.config.AlertConfig;
import dev.candles.job.config.AlertConfig.Webhook;
import dev.candles.job.config.HealthConfig;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Health in an operator that is killed and restored; Flink's processing time is the market's. */
class HealthFunctionTest {
  private static final long T0 = 1_768_000_000_000L;

  @TempDir private Path lake;
  private WebhookReceiver receiver;
  private KeyedOneInputStreamOperatorTestHarness<String, HealthSignal, HealthNews> harness;
  private long nowMs = T0;
  private long checkpoint;

  private List<String> configured = List.of("okx", "kraken", "coinbase");

  @BeforeEach
  void open() throws Exception {
    receiver = new WebhookReceiver();
    start(null);
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
    receiver.close();
  }

  private void start(OperatorSubtaskState state) throws Exception {
    var hook = new Webhook("ops", true, null, receiver.addressIn(lake).toString());
    var function =
        new HealthFunction(
            configured,
            HealthConfig.defaults(),
            AlertConfig.to(List.of(hook)),
            MarketClock.real(),
            lake.toString());
    harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(function), HealthSignal::venue, Types.STRING);
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    harness.setProcessingTime(nowMs);
  }

  private void say(String venue, FailureReason failure, int times) throws Exception {
    for (int n = 0; n < times; n++) {
      nowMs += 100;
      harness.setProcessingTime(nowMs);
      harness.processElement(new HealthSignal(venue, 0, failure, nowMs), nowMs);
    }
  }

  private OperatorSubtaskState checkpoint() throws Exception {
    OperatorSubtaskState state = harness.snapshot(++checkpoint, nowMs);
    harness.notifyOfCompletedCheckpoint(checkpoint);
    return state;
  }

  /** What the killed job was telling is told by the next one, with its first timer. */
  private void kill(OperatorSubtaskState goOnFrom) throws Exception {
    harness.close();
    start(goOnFrom);
    run(31_000);
  }

  private void run(long ms) throws Exception {
    nowMs += ms;
    harness.setProcessingTime(nowMs);
  }

  private void awaitTold(int bodies) {
    WebhookReceiver.await("told: " + bodies, () -> receiver.bodies.size() >= bodies);
  }

  private static String body(String alert) {
    return "{\"text\":\"ALERT " + alert + "\"}";
  }

  @Test
  void ofAVenueThatIsCollectedNoMoreNothingIsTold() throws Exception {
    say("okx", FailureReason.TIMEOUT, 3);
    OperatorSubtaskState degraded = checkpoint();
    awaitTold(1);
    configured = List.of("kraken");
    kill(degraded);
    run(3_700_000); // an hour without a failure makes a degraded venue healthy

    assertThat(receiver.bodies).hasSize(1);
    assertThat(harness.numProcessingTimeTimers()).isZero();
  }

  @Test
  void threeVenuesGoThroughTheirStatesEachForItselfAlsoAcrossAKillBetweenFailures()
      throws Exception {
    say("okx", FailureReason.TIMEOUT, 2);
    say("kraken", FailureReason.CONNECTION_ERROR, 2);
    say("coinbase", null, 1);
    kill(checkpoint());
    say("okx", FailureReason.TIMEOUT, 1);
    kill(checkpoint());
    awaitTold(1);
    say("okx", FailureReason.RATE_LIMITED, 6);
    kill(checkpoint());
    say("okx", FailureReason.CONNECTION_ERROR, 1);
    checkpoint();
    awaitTold(2);
    say("okx", null, 3);
    kill(checkpoint());
    awaitTold(3);
    say("kraken", FailureReason.CONNECTION_ERROR, 1);
    kill(checkpoint());
    awaitTold(4);
    run(120_000);
    checkpoint();

    assertThat(receiver.bodies)
        .containsExactly(
            body(
                "[WARNING] okx: State transition: HEALTHY → DEGRADED"
                    + " | Failures: 3/10 in 60m window | Reason: timeout"),
            body(
                "[CRITICAL] okx: State transition: DEGRADED → DOWN"
                    + " | Failures: 10/10 in 60m window | Reason: connection_error"),
            body(
                "[INFO] okx: State transition: DOWN → HEALTHY"
                    + " | Failures: 0/10 in 60m window | Reason: 3 consecutive successes"),
            body(
                "[WARNING] kraken: State transition: HEALTHY → DEGRADED"
                    + " | Failures: 3/10 in 60m window | Reason: connection_error"));
  }

  /** A restart takes it back, so nobody may know of it. */
  @Test
  void nobodyIsToldOfAChangeThatNoCheckpointHolds() throws Exception {
    say("okx", FailureReason.TIMEOUT, 2);
    OperatorSubtaskState before = checkpoint();
    say("okx", FailureReason.TIMEOUT, 1);
    kill(before);
    say("okx", null, 1);
    run(20_000);
    checkpoint();
    assertThat(receiver.bodies).isEmpty();

    say("okx", FailureReason.CONNECTION_ERROR, 1);
    checkpoint();

    awaitTold(1);
    assertThat(receiver.bodies).singleElement().asString().contains("Reason: connection_error");
  }

  @Test
  void withoutAnyCheckpointPeopleAreToldAllTheSameAfterAMinute() throws Exception {
    say("okx", FailureReason.CONNECTION_ERROR, 3);
    run(30_000);
    assertThat(receiver.bodies).isEmpty();
    run(61_000);
    awaitTold(1);
  }

  @Test
  void aCheckpointFromBeforeAnAlertTellsItToNobodyTwice() throws Exception {
    say("okx", FailureReason.TIMEOUT, 3);
    OperatorSubtaskState told = checkpoint();
    awaitTold(1);
    kill(told); // holds the change, and not that it was told
    run(60_000);
    say("okx", FailureReason.TIMEOUT, 7);
    checkpoint();
    awaitTold(2);

    assertThat(receiver.bodies.get(1)).contains("DEGRADED → DOWN");
  }

  /** After a minute without a checkpoint people are told, and then the job goes back behind it. */
  @Test
  void aLaterOutageIsToldThoughItsChangesAreNumberedAsThoseBefore() throws Exception {
    OperatorSubtaskState before = checkpoint();
    say("okx", FailureReason.TIMEOUT, 10);
    run(31_000);
    run(61_000);
    awaitTold(2);
    kill(before);
    run(7 * 86_400_000L);
    say("okx", FailureReason.CONNECTION_ERROR, 10);
    checkpoint();
    awaitTold(4);

    assertThat(receiver.bodies.get(2)).contains("HEALTHY → DEGRADED", "connection_error");
    assertThat(receiver.bodies.get(3)).contains("DEGRADED → DOWN", "connection_error");
  }

  @Test
  void theEndOfAnOutageThatTheStateDoesNotKnowIsTold() throws Exception {
    say("okx", FailureReason.TIMEOUT, 10);
    checkpoint();
    awaitTold(2);
    kill(null);
    say("okx", null, 2);
    say("okx", FailureReason.TIMEOUT, 1);
    say("okx", null, 2);
    assertThat(receiver.bodies).as("not yet proven").hasSize(2);
    say("okx", null, 1);
    awaitTold(3);
    assertThat(receiver.bodies.get(2))
        .isEqualTo(
            body(
                "[INFO] okx: State transition: DOWN → HEALTHY | Failures: 0/10 in 60m window"
                    + " | Reason: 3 consecutive successes"));
    OperatorSubtaskState healthy = checkpoint();
    kill(healthy);
    say("okx", null, 3);
    say("kraken", null, 3);
    say("okx", FailureReason.TIMEOUT, 3);
    checkpoint();
    awaitTold(4);
    assertThat(receiver.bodies).as("nothing of who is well in between").hasSize(4);
    assertThat(receiver.bodies.get(3)).contains("[WARNING] okx");
  }

  @Test
  void whatAKilledJobHadNotToldIsToldByTheNext() throws Exception {
    say("okx", FailureReason.TIMEOUT, 3);
    OperatorSubtaskState untold = harness.snapshot(++checkpoint, nowMs);
    assertThat(receiver.bodies).isEmpty();
    kill(untold);
    awaitTold(1);
  }

  @Test
  void theStateIsThatOfTheVenueAfterARestore() throws Exception {
    say("okx", FailureReason.TIMEOUT, 10);
    kill(checkpoint());
    say("okx", null, 3);
    assertThat(harness.extractOutputValues())
        .containsExactly(
            new HealthNews.Standing("okx", HealthState.DOWN, false), // by the first timer
            new HealthNews.Standing("okx", HealthState.DOWN, true),
            new HealthNews.Standing("okx", HealthState.HEALTHY, true));
  }

  @Test
  void howAVenueStandsIsSaidWhenItChanges() throws Exception {
    harness.processElement(HealthSignal.of(ConnectionEvent.begun("okx", 0, nowMs)), nowMs);
    say("okx", null, 5);
    run(300_000);
    say("okx", FailureReason.TIMEOUT, 3);
    assertThat(harness.extractOutputValues())
        .containsExactly(
            new HealthNews.Standing("okx", HealthState.HEALTHY, false),
            new HealthNews.Standing("okx", HealthState.HEALTHY, true),
            new HealthNews.Standing("okx", HealthState.HEALTHY, false),
            new HealthNews.Standing("okx", HealthState.DEGRADED, false));
  }
}
