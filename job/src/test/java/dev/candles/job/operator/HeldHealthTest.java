package dev.candles.job.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.health.FailureReason;
import dev.candles.core.health.HealthRules;
import dev.candles.core.health.HealthSignal;
import dev.candles.core.health.KeptHealth;
import dev.candles.core.health.Part;
import dev.candles.core.health.VenueHealth;
import dev.candles.core.state.StateValue;
import dev.candles.job.alert.Alert;
import dev.candles.job.codec.Codecs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When people are told, with a teller that answers when the test says so. */
class HeldHealthTest {
  private static final HealthRules RULES = HealthRules.RUNBOOK;

  private final Stored stored = new Stored();
  private final List<String> told = new ArrayList<>();
  private final List<CompletableFuture<Void>> answers = new ArrayList<>();
  private HeldHealth held = new HeldHealth("okx", RULES, KeptHealth.fresh(1));
  private long atMs = 1;

  private static final class Stored implements StateValue<byte[]> {
    private byte @Nullable [] value;

    @Override
    public byte @Nullable [] get() {
      return value;
    }

    @Override
    public void put(byte @Nullable [] next) {
      value = next;
    }
  }

  private CompletableFuture<Void> tell(Alert alert) {
    told.add(alert.id());
    answers.add(new CompletableFuture<>());
    return answers.get(answers.size() - 1);
  }

  private void failures(int times, long realMs) {
    for (int n = 0; n < times; n++) {
      var signal = new HealthSignal("okx", 0, FailureReason.TIMEOUT, ++atMs);
      held.health.take(signal).ifPresent(change -> held.add(change, realMs));
    }
    held.keepIn(stored);
  }

  private List<Long> untold() throws IOException {
    return Codecs.KEPT_HEALTH.of(stored.get()).untold().stream()
        .map(change -> change.number())
        .toList();
  }

  @Test
  void whatIsShownToOtherThreadsIsWhatWasKeptLast() {
    assertThat(held.shown().failures(FailureReason.TIMEOUT)).isZero();
    failures(3, 0);
    assertThat(held.shown()).isEqualTo(held.health.snapshot());
    assertThat(held.shown().failures(FailureReason.TIMEOUT)).isEqualTo(3);
    assertThat(held.shown().sinceMs()).isEqualTo(atMs);
    assertThat(held.failsSinceMs(Part.FEED)).isEqualTo(held.shown().troubleSinceMs()).isEqualTo(2);
    assertThat(held.failsSinceMs(Part.REST)).isEqualTo(VenueHealth.UNHEARD);
  }

  @Test
  void aCheckpointTellsOfTheChangesThatItHoldsAndOfNoOther() {
    failures(3, 0);
    held.inCheckpoint(5);
    failures(7, 0);
    held.inCheckpoint(6);

    held.tellThoseOf(4, this::tell);
    assertThat(told).isEmpty();
    held.tellThoseOf(5, this::tell);
    assertThat(told).containsExactly("okx-4-degraded");
    held.tellThoseOf(6, this::tell);
    held.tellThoseOf(6, this::tell);
    assertThat(told).containsExactly("okx-4-degraded", "okx-11-down");
  }

  @Test
  void aCheckpointThatIsPassedOverIsMadeGoodByTheNext() {
    failures(3, 0);
    held.inCheckpoint(5);
    failures(7, 0);
    held.inCheckpoint(6);

    held.tellThoseOf(6, this::tell);

    assertThat(told).containsExactly("okx-4-degraded", "okx-11-down");
  }

  @Test
  void timeTellsOfTheOlderChangesAlone() {
    failures(3, 100);
    failures(7, 200);

    held.tellThoseBefore(100, this::tell);
    assertThat(told).isEmpty();
    held.tellThoseBefore(101, this::tell);
    assertThat(told).containsExactly("okx-4-degraded");
  }

  @Test
  void aChangeLeavesTheStateWhenEveryoneWasTold() throws IOException {
    failures(3, 100);
    held.tellThoseBefore(101, this::tell);
    held.keepIn(stored);
    assertThat(untold()).containsExactly(1L);

    answers.get(0).complete(null);
    held.keepIn(stored);

    assertThat(untold()).isEmpty();
  }

  @Test
  void whatWasUntoldIsToldAtOnceByTheNextAttempt() throws IOException {
    failures(3, 100);
    held = new HeldHealth("okx", RULES, Codecs.KEPT_HEALTH.of(stored.get()));

    held.tellThoseBefore(1, this::tell);

    assertThat(told).containsExactly("okx-4-degraded");
  }

  @Test
  void checkpointsThatNeverCompleteAreForgottenOneByOne() {
    failures(3, 100);
    for (int id = 1; id <= 1_000; id++) {
      held.inCheckpoint(id);
    }
    held.tellThoseOf(900, this::tell);
    assertThat(told).isEmpty();
    held.tellThoseOf(901, this::tell);
    assertThat(told).hasSize(1);
  }
}
