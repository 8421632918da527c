package dev.candles.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.cli.cluster.LiveJob;
import dev.candles.cli.status.Concern.Level;
import dev.candles.core.time.MarketClock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** That the lake is proven every day is seen from outside, and so is that it is not. */
class QaConcernsTest extends ConcernFixture {
  private static final long HOUR = 60 * MINUTE;

  @Test
  void checksThatFoundSomethingAreToBeRead() {
    qa = qa(NOON - 700 * MINUTE, true);
    assertThat(concerns()).isEmpty();
    qa = qa(NOON - 700 * MINUTE, false);
    assertThat(only().level()).isEqualTo(Level.ACT);
    assertThat(only().sinceMs()).hasValue(NOON - 700 * MINUTE);
  }

  @Test
  void checksThatPassedLongAgoAreToBeLookedAt() {
    found = since(NOON - 200 * HOUR);
    qa = qa(NOON - 48 * HOUR + 1, true);
    assertThat(concerns()).isEmpty();
    qa = qa(NOON - 72 * HOUR, true);
    assertThat(only().level()).isEqualTo(Level.ACT);
    assertThat(only().what()).isEqualTo("no daily checks have ended for 3 d");
    assertThat(only().sinceMs()).hasValue(NOON - 72 * HOUR);
    qa = qa(NOON - 72 * HOUR, false);
    assertThat(concerns())
        .extracting(Concern::what)
        .containsExactly("the last QA found something", "no daily checks have ended for 3 d");
  }

  @Test
  void aLakeThatWasNeverCheckedIsToBeLookedAtOnceItIsOldEnough() {
    found = since(NOON - 200 * HOUR);
    qa = new QaLook(Optional.empty(), OptionalLong.empty(), OptionalLong.of(NOON - 48 * HOUR + 1));
    assertThat(concerns()).isEmpty();
    qa = new QaLook(Optional.empty(), OptionalLong.empty(), OptionalLong.of(NOON - 48 * HOUR));
    assertThat(only().level()).isEqualTo(Level.ACT);
    assertThat(only().what()).isEqualTo("no report of checks of the whole lake is found");
  }

  /** What was missed while nobody was there is repaired first. */
  @Test
  void aCollectorThatHasJustStartedHasTimeToMakeUpForThem() {
    qa = qa(NOON - 72 * HOUR, true);
    found = since(NOON - 3 * HOUR + 1);
    assertThat(concerns()).isEmpty();
    found = since(NOON - 3 * HOUR);
    assertThat(concerns()).hasSize(1);
    found = new LiveJob.Found(Optional.empty(), List.of());
    assertThat(concerns()).extracting(Concern::what).containsExactly("no collector runs");
  }

  @Test
  void nobodyHasToCheckASimulationEveryDay() {
    found = since(NOON - 200 * HOUR);
    qa = qa(NOON - 72 * HOUR, true);
    clock = new MarketClock(NOON, NOON, 60);
    newestMs = NOON;
    assertThat(concerns()).isEmpty();
  }

  @Test
  void checksThatCannotRunAreSaidUntilTheyEndWhateverPassedBefore() {
    found = since(NOON - 200 * HOUR);
    for (long passed : List.of(NOON - 30 * HOUR, NOON - 900 * HOUR)) {
      qa =
          new QaLook(
              qa(passed, true).last(), OptionalLong.of(NOON - 6 * HOUR), OptionalLong.empty());
      assertThat(only().level()).isEqualTo(Level.ACT);
      assertThat(only().what()).isEqualTo("the daily checks cannot run");
      assertThat(only().sinceMs()).hasValue(NOON - 6 * HOUR);
    }
  }
}
