package dev.candles.job.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.health.FailureReason;
import dev.candles.core.health.HealthRules;
import dev.candles.core.health.HealthState;
import dev.candles.core.health.Transition;
import dev.candles.core.watch.Severity;
import dev.candles.job.config.AlertConfig;
import dev.candles.job.config.AlertConfig.Webhook;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.state.ToldAlerts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Alerts to a real receiver on loopback and to the log. */
class AlertDeliveryTest {
  private static final int TRIES = 3;

  /** When the first change was, epoch ms. */
  private static final long T1 = 1_768_000_000_000L;

  @TempDir private Path lake;
  private WebhookReceiver receiver;
  private LogLines log;

  @BeforeEach
  void open() throws Exception {
    receiver = new WebhookReceiver();
    log = new LogLines("dev.candles.job.alert", "modelvenue");
  }

  @AfterEach
  void noSecretIsInTheLog() {
    log.close();
    receiver.close();
    assertThat(log.lines).noneMatch(line -> line.contains(WebhookReceiver.SECRET));
  }

  private AlertDelivery delivery(Webhook... webhooks) {
    return AlertDelivery.of(
        AlertConfig.to(List.of(webhooks)),
        Map.of("OPS", receiver.address()),
        new ToldAlerts(new LakeLayout(lake), () -> T1),
        TRIES,
        1);
  }

  private static Webhook ops() {
    return new Webhook("ops", false, "OPS", null);
  }

  private static Alert alert(long number, HealthState from, HealthState to) {
    FailureReason failure = to == HealthState.HEALTHY ? null : FailureReason.TIMEOUT;
    int failures = to == HealthState.DOWN ? 10 : to == HealthState.DEGRADED ? 3 : 0;
    var change =
        new Transition(number, from, to, failures, failure, false, T1 + (number - 1) * 60_000);
    return new HealthAlert("modelvenue", 77, change, HealthRules.RUNBOOK);
  }

  private static Alert degraded(long number) {
    return alert(number, HealthState.HEALTHY, HealthState.DEGRADED);
  }

  @Test
  void aWebhookIsToldAllFieldsAndTheLogTheRunbooksLines() {
    try (AlertDelivery delivery = delivery(ops())) {
      delivery.tell(degraded(1)).join();
      delivery.tell(alert(2, HealthState.DEGRADED, HealthState.DOWN)).join();
      delivery.tell(alert(3, HealthState.DOWN, HealthState.HEALTHY)).join();
    }
    String degraded =
        "ALERT [WARNING] modelvenue: State transition: HEALTHY → DEGRADED"
            + " | Failures: 3/10 in 60m window | Reason: timeout";
    assertThat(receiver.bodies)
        .hasSize(3)
        .first()
        .isEqualTo(
            "{\"id\":\"modelvenue-1768000000000-degraded\",\"severity\":\"WARNING\",\"venue\":\"modelvenue\","
                + "\"old_state\":\"HEALTHY\",\"new_state\":\"DEGRADED\",\"failures\":3,"
                + "\"down_at\":10,\"window_s\":3600,\"reason\":\"timeout\","
                + "\"at\":\"2026-01-09T23:06:40Z\",\"text\":\""
                + degraded
                + "\"}");
    assertThat(log.lines)
        .containsExactly(
            "WARN: " + degraded,
            "WARN: event=state_transition venue=modelvenue old_state=HEALTHY new_state=DEGRADED"
                + " failures=3 reason=timeout id=modelvenue-1768000000000-degraded",
            "ERROR[CRITICAL]: ALERT [CRITICAL] modelvenue: State transition: DEGRADED → DOWN"
                + " | Failures: 10/10 in 60m window | Reason: timeout",
            "ERROR[CRITICAL]: event=state_transition venue=modelvenue old_state=DEGRADED"
                + " new_state=DOWN failures=10 reason=timeout id=modelvenue-1768000060000-down",
            "INFO: ALERT [INFO] modelvenue: State transition: DOWN → HEALTHY"
                + " | Failures: 0/10 in 60m window | Reason: 3 consecutive successes",
            "INFO: event=state_transition venue=modelvenue old_state=DOWN new_state=HEALTHY"
                + " failures=0 reason=\"3 consecutive successes\" id=modelvenue-1768000120000-healthy");
  }

  @Test
  void slackIsToldTheLineAlone() throws Exception {
    Path secret = receiver.addressIn(lake);
    try (AlertDelivery delivery = delivery(new Webhook("chat", true, null, secret.toString()))) {
      delivery.tell(degraded(1)).join();
    }
    assertThat(receiver.bodies)
        .containsExactly(
            "{\"text\":\"ALERT [WARNING] modelvenue: State transition: HEALTHY → DEGRADED"
                + " | Failures: 3/10 in 60m window | Reason: timeout\"}");
  }

  @Test
  void aNoticeIsToldInOneLineAsOftenAsItIsRaised() {
    String text = "modelvenue \"says\"\n so";
    var notice = new Notice("qa_found", Severity.CRITICAL, T1, text);
    try (AlertDelivery delivery = delivery(ops())) {
      delivery.tell(notice).join();
      delivery.tell(notice).join();
    }
    assertThat(receiver.bodies)
        .hasSize(2)
        .containsOnly(
            "{\"id\":\"qa_found-1768000000000\",\"severity\":\"CRITICAL\",\"kind\":\"qa_found\","
                + "\"at\":\"2026-01-09T23:06:40Z\","
                + "\"text\":\"ALERT [CRITICAL] qa_found: modelvenue \\\"says\\\" so\"}");
    assertThat(log.lines)
        .contains("ERROR[CRITICAL]: ALERT [CRITICAL] qa_found: modelvenue \"says\" so");
  }

  @Test
  void whoeverWantsToKnowIsAnsweredWhetherEveryTargetWasTold() {
    receiver.statuses.addAll(Collections.nCopies(TRIES, 500));
    try (AlertDelivery delivery = delivery(ops())) {
      assertThat(delivery.tellAll(degraded(1)).join()).as("given up").isFalse();
      assertThat(delivery.tellAll(degraded(1)).join()).as("handed over again").isTrue();
    }
    assertThat(receiver.bodies).hasSize(1);
    assertThat(log.lines)
        .as("the log was told before")
        .filteredOn(line -> line.contains("ALERT ["))
        .hasSize(1);
  }

  @Test
  void whatFailsIsTriedAgainAndToldOnce() {
    receiver.statuses.addAll(List.of(500, 302));
    try (AlertDelivery delivery = delivery(ops())) {
      delivery.tell(degraded(1)).join();
    }
    assertThat(receiver.bodies).hasSize(1);
    assertThat(log.lines)
        .filteredOn(line -> line.contains("event=alert_failed"))
        .containsExactly(
            "WARN: event=alert_failed target=ops id=modelvenue-1768000000000-degraded attempt=1 error=\"status 500\"",
            "WARN: event=alert_failed target=ops id=modelvenue-1768000000000-degraded attempt=2 error=\"status 302\"");
  }

  @Test
  void afterSoManyTriesAnAlertIsGivenUpAndTheNextIsTold() {
    receiver.statuses.addAll(List.of(500, 500, 500));
    try (AlertDelivery delivery = delivery(ops())) {
      CompletableFuture<Void> first = delivery.tell(degraded(1));
      delivery.tell(alert(2, HealthState.DEGRADED, HealthState.DOWN)).join();
      assertThat(first).isDone();
    }
    assertThat(receiver.bodies)
        .singleElement()
        .asString()
        .contains("modelvenue-1768000060000-down");
    assertThat(log.lines)
        .contains(
            "WARN: event=alert_given_up target=ops id=modelvenue-1768000000000-degraded attempt=3"
                + " error=\"status 500\"");
  }

  /** The path of its file is one where the configuration was read, and none here. */
  @Test
  void aTryThatFailsInAnyWayIsATryThatFailed() {
    String nowhere = "a\0" + WebhookReceiver.SECRET;
    try (AlertDelivery delivery = delivery(new Webhook("nul", false, null, nowhere))) {
      for (int n = 1; n <= 2; n++) {
        assertThat(delivery.tellAll(degraded(n)).orTimeout(120, TimeUnit.SECONDS).join()).isFalse();
      }
    }
    assertThat(log.lines)
        .filteredOn(line -> line.contains("event=alert_given_up"))
        .hasSize(2)
        .allMatch(line -> line.endsWith("attempt=3 error=\"no path that can be used\""));
  }

  @Test
  void nobodyIsToldTwiceAlsoAfterARestartButOfWhatIsNew() {
    try (AlertDelivery delivery = delivery(ops())) {
      delivery.tell(degraded(1)).join();
      delivery.tell(degraded(1)).join();
    }
    try (AlertDelivery delivery = delivery(ops())) {
      delivery.tell(degraded(1)).join();
      delivery.tell(alert(2, HealthState.DEGRADED, HealthState.HEALTHY)).join();
      delivery.tell(degraded(1)).join();
    }
    assertThat(receiver.bodies).hasSize(2);
    assertThat(log.lines).filteredOn(line -> line.contains("ALERT")).hasSize(2);
  }

  @Test
  void aNumberThatIsGivenAnewToAnotherChangeIsTold() {
    try (AlertDelivery delivery = delivery(ops())) {
      delivery.tell(alert(2, HealthState.DEGRADED, HealthState.DOWN)).join();
      delivery.tell(alert(2, HealthState.DEGRADED, HealthState.HEALTHY)).join();
    }
    assertThat(receiver.bodies).hasSize(2);
  }

  /** Its status counts; what it never sends is not waited for. */
  @Test
  void anAnswerThatNeverEndsIsOneAllTheSame() {
    receiver.endless = true;
    try (AlertDelivery delivery = delivery(ops())) {
      delivery.tell(degraded(1)).join();
      delivery.tell(alert(2, HealthState.DEGRADED, HealthState.DOWN)).join();
    }
    assertThat(receiver.bodies).hasSize(2);
    assertThat(log.lines).noneMatch(line -> line.contains("alert_failed"));
  }

  @Test
  void anAddressThatIsWrongKeepsNobodyElseWaiting() throws Exception {
    try (AlertDelivery delivery = delivery(new Webhook("wrong", false, "NONE", null), ops())) {
      for (int n = 1; n <= 250; n++) {
        boolean odd = n % 2 == 1; // more than wait: the call must not block
        delivery.tell(odd ? degraded(n) : alert(n, HealthState.DEGRADED, HealthState.HEALTHY));
      }
      WebhookReceiver.await("the last queued", () -> receiver.bodies.size() >= 100);
    }
    assertThat(log.lines)
        .anyMatch(
            line ->
                line.contains("target=wrong")
                    && line.contains("of http or https in variable NONE"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://host/s3cr3t-path",
        "s3cr3t-path",
        "http://a b/s3cr3t-path",
        "http:///s3cr3t-path",
        "http://127.0.0.1:999999/s3cr3t-path",
        "http://no-such-host.invalid/s3cr3t-path",
        ""
      })
  void noErrorRepeatsTheAddress(String address) throws Exception {
    Path secret = Files.writeString(lake.resolve("secret"), address);
    try (AlertDelivery delivery = delivery(new Webhook("x", false, null, secret.toString()))) {
      delivery.tell(degraded(1)).join();
    }
    assertThat(log.lines).anyMatch(line -> line.contains("alert_given_up"));
  }
}
