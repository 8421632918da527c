package dev.candles.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RepairPaceTest {
  private static final long SECOND = 1_000;

  private final RepairPace pace = new RepairPace();

  @Test
  void whatWasFilledTellsHowLongTheRestTakes() {
    assertThat(pace.look(0, 600)).isEmpty();
    assertThat(pace.look(60 * SECOND, 400)).contains(Duration.ofMinutes(2));
    assertThat(pace.look(120 * SECOND, 0)).as("nothing is open").isEmpty();
  }

  @Test
  void whereNothingWasFilledNobodyCanTell() {
    pace.look(0, 600);
    assertThat(pace.look(60 * SECOND, 600)).isEmpty();
    assertThat(pace.look(70 * SECOND, 700)).isEmpty();
  }

  @Test
  void aFewSecondsTellNothing() {
    pace.look(0, 600);
    assertThat(pace.look(19 * SECOND, 100)).isEmpty();
    assertThat(pace.look(20 * SECOND, 100)).contains(Duration.ofSeconds(4));
  }

  @Test
  void thePaceOfLongAgoDoesNotCount() {
    pace.look(0, 6_000);
    pace.look(60 * SECOND, 600);
    assertThat(pace.look(361 * SECOND, 600)).as("nothing for five minutes").isEmpty();
  }
}
