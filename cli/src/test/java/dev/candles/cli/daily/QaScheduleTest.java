package dev.candles.cli.daily;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QaScheduleTest {
  private static final LocalTime AT = LocalTime.of(0, 20);
  private static final LocalDate NINTH = LocalDate.of(2026, 1, 9);

  private static long at(String time) {
    return Instant.parse(time).toEpochMilli();
  }

  private static QaSchedule fresh(String now) {
    return new QaSchedule(AT, Optional.empty(), at(now));
  }

  @Test
  void aClockThatWasAheadPutsNothingOff() {
    String ahead = "2027-05-01T09:00:00Z";
    QaSchedule schedule = new QaSchedule(AT, Optional.of(LocalDate.of(2027, 5, 1)), at(ahead));
    assertThat(schedule.due(at("2026-01-09T00:21:00Z"))).contains(NINTH);
    schedule.begun(at("2026-01-09T00:21:00Z"));
    assertThat(schedule.due(at("2026-01-09T09:00:00Z"))).isEmpty();
    assertThat(schedule.due(at("2026-01-10T00:20:00Z"))).contains(NINTH.plusDays(1));
  }

  @Test
  void aNewLakeIsCheckedFirstAtTheNextTimeOfDay() {
    QaSchedule schedule = fresh("2026-01-08T09:00:00Z");

    assertThat(schedule.due(at("2026-01-08T09:00:00Z"))).isEmpty();
    assertThat(schedule.nextMs(at("2026-01-08T09:00:00Z"))).isEqualTo(at("2026-01-09T00:20:00Z"));
    assertThat(schedule.due(at("2026-01-09T00:19:59.999Z"))).isEmpty();
    assertThat(schedule.due(at("2026-01-09T00:20:00Z"))).contains(NINTH);
  }

  @Test
  void whatWasBegunIsNotDueAgainUntilTheNextDay() {
    QaSchedule schedule = fresh("2026-01-08T09:00:00Z");
    schedule.begun(at("2026-01-09T00:20:01Z"));

    assertThat(schedule.due(at("2026-01-09T00:20:01Z"))).isEmpty();
    assertThat(schedule.due(at("2026-01-10T00:19:00Z"))).isEmpty();
    assertThat(schedule.due(at("2026-01-10T00:21:00Z"))).contains(NINTH.plusDays(1));
  }

  @Test
  void theChecksOfWhileTheCollectorWasAwayAreMadeUpForOnce() {
    QaSchedule away = new QaSchedule(AT, Optional.of(NINTH), at("2026-01-12T07:00:00Z"));
    assertThat(away.due(at("2026-01-12T07:59:59Z"))).as("what it missed is repaired").isEmpty();
    assertThat(away.due(at("2026-01-12T08:00:00Z"))).contains(NINTH.plusDays(3));
    away.begun(at("2026-01-12T08:00:00Z"));
    assertThat(away.due(at("2026-01-12T09:00:00Z"))).isEmpty();

    QaSchedule restarted = new QaSchedule(AT, Optional.of(NINTH), at("2026-01-09T07:00:00Z"));
    assertThat(restarted.due(at("2026-01-09T07:00:00Z"))).isEmpty();
  }

  /** Their collector was killed meanwhile, and there is no report yet. */
  @Test
  void theVeryFirstChecksAreMadeUpForToo() {
    QaSchedule restarted =
        new QaSchedule(AT, Optional.of(LocalDate.EPOCH), at("2026-01-09T00:21:00Z"));
    assertThat(restarted.due(at("2026-01-09T01:20:59Z"))).isEmpty();
    assertThat(restarted.due(at("2026-01-09T01:21:00Z"))).contains(NINTH);
  }

  @Test
  void beforeTheTimeOfDayTheLastChecksAreThoseOfYesterday() {
    QaSchedule schedule =
        new QaSchedule(LocalTime.of(23, 59), Optional.of(NINTH), at("2026-01-10T08:00:00Z"));

    assertThat(schedule.due(at("2026-01-10T23:58:00Z"))).isEmpty();
    assertThat(schedule.due(at("2026-01-11T10:00:00Z"))).contains(NINTH.plusDays(1));
  }
}
