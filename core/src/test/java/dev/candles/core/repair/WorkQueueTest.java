package dev.candles.core.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.repair.RepairWork.Lane;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who is next in a lane. */
class WorkQueueTest {
  private final WorkQueue queue = new WorkQueue(Lane.GAP);
  private long nowMs = 1_000;
  private int looks;

  private void put(String key, long marketMs, long dueMs) {
    queue.put(new RepairWork("gaps", key, Lane.GAP, marketMs, dueMs));
  }

  private String asked() {
    RepairWork work = queue.take(nowMs, null, w -> false);
    if (work == null) {
      return "";
    }
    queue.asked();
    return work.key();
  }

  @Test
  void theNewestAndWhoHasWaitedLongestAreAskedInTurn() {
    put("history", 0, 0);
    put("older history", -1, 0);
    assertThat(asked()).isEqualTo("history");
    for (int minute = 1; minute < 4; minute++) {
      put("today " + minute, minute, 0);
    }
    assertThat(asked()).isEqualTo("older history");
    put("history", 0, 0);
    assertThat(List.of(asked(), asked(), asked(), asked()))
        .containsExactly("today 3", "history", "today 2", "today 1");
  }

  @Test
  void ofEquallyNewOnesNoNameIsBetterThanAnother() {
    Map<String, Integer> times = new TreeMap<>();
    for (int i = 0; i < 8 * WorkQueue.RUN; i++, nowMs++) {
      for (String symbol : List.of("A", "B", "C", "D")) {
        put(symbol, 0, 0); // each has news all the time
      }
      times.merge(asked(), 1, Integer::sum);
    }
    assertThat(times.keySet()).containsExactly("A", "B", "C", "D");
    assertThat(times.values()).allMatch(n -> n >= 1);
  }

  @Test
  void whatIsBegunGoesOnAndNotForEver() {
    put("begun", 0, 0);
    put("waits", 0, 0);
    assertThat(asked()).isEqualTo("begun");
    for (int run = 1; run < WorkQueue.RUN; run++) {
      put("begun", 0, 0);
      assertThat(asked()).as("request %d", run).isEqualTo("begun");
    }
    put("begun", 0, 0);
    assertThat(asked()).isEqualTo("waits");
  }

  @Test
  void whoHadToWaitDrawsANewNumber() {
    put("first", 0, 0);
    put("second", 0, 0);
    assertThat(asked()).isEqualTo("first");
    put("first", 0, nowMs + 1);
    nowMs++;
    assertThat(asked()).isEqualTo("second");
  }

  /** On a full disk nobody renews it. */
  @Test
  void aUsedUpQuotaIsNotSearchedFor() {
    for (int day = 0; day < 10_000; day++) {
      put("day" + day, day, 0);
    }
    Set<String> open = Set.of("day17", "day18", "none");
    assertThat(queue.take(nowMs, open, this::looked))
        .extracting(RepairWork::key)
        .isEqualTo("day18");
    assertThat(queue.take(nowMs, open, this::looked))
        .extracting(RepairWork::key)
        .isEqualTo("day17");
    looks = 0;
    assertThat(queue.take(nowMs, open, this::looked)).isNull();
    assertThat(looks).isZero();
    assertThat(queue.hasDue(nowMs)).isTrue();
  }

  private boolean looked(RepairWork work) {
    looks++;
    return false;
  }

  /** Whatever comes: new work that is newer, news of what is due, work that goes on for ever. */
  @ParameterizedTest
  @MethodSource("dev.candles.core.Seeds#seeds")
  void nobodyWaitsForMoreThanThoseWhoWereThereBefore(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Map<String, Integer> most = new HashMap<>();
    Map<String, Integer> dueSince = new HashMap<>();
    List<String> all = new ArrayList<>();
    int requests = 0;
    long market = 0;
    for (int step = 0; step < 4_000; step++, nowMs++) {
      if (random.nextInt(10) == 0 || all.isEmpty()) {
        String key = "k" + random.nextInt(40);
        put(key, ++market, 0);
        if (!dueSince.containsKey(key)) {
          dueSince.put(key, requests);
          most.put(key, mostWait(dueSince.size()));
          all.add(key);
        }
      }
      if (random.nextInt(3) > 0) {
        String key = asked();
        if (key.isEmpty()) {
          continue;
        }
        requests++;
        assertThat(requests - dueSince.get(key)).as(key).isLessThanOrEqualTo(most.get(key));
        boolean goesOn = random.nextInt(20) > 0;
        dueSince.remove(key);
        all.remove(key);
        if (goesOn) {
          put(key, random.nextBoolean() ? ++market : market - random.nextInt(50), 0);
          dueSince.put(key, requests);
          most.put(key, mostWait(dueSince.size()));
          all.add(key);
        }
      }
      int now = requests;
      if (step % 100 == 0) {
        assertThat(all).allMatch(key -> now - dueSince.get(key) <= most.get(key));
      }
    }
  }

  private static int mostWait(int others) {
    return 2 * WorkQueue.RUN * (others + WorkQueue.MOST_ASKED + 1);
  }
}
