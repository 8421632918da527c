package dev.candles.core.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.repair.RepairWork.Lane;
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
  private static final int SHORT_RUN = 3;

  private WorkQueue queue = new WorkQueue(Lane.GAP);
  private long nowMs = 1_000;
  private int looks;

  private void put(String key, long marketMs, long dueMs) {
    queue.put(new RepairWork(key, Lane.GAP, marketMs, dueMs, key));
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
  void ofThoseWhoBecomeDueTogetherTheNewestHasWaitedLongest() {
    put("a", 1, 0);
    put("b", 2, 1);
    put("c", 3, 2);
    assertThat(List.of(asked(), asked(), asked())).containsExactly("c", "b", "a");
  }

  @Test
  void whoIsRefusedKeepsItsPlaceAndItsTurn() {
    put("a", 0, 0);
    put("b", 0, 0);
    for (int i = 0; i < 3; i++) {
      assertThat(queue.take(nowMs, null, w -> false)).extracting(RepairWork::key).isEqualTo("a");
      queue.refused(nowMs);
    }
    assertThat(List.of(asked(), asked(), asked())).containsExactly("a", "b", "");
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

  /** Whatever comes: work that is newer and goes on and on, beside some that has no news. */
  @ParameterizedTest
  @MethodSource("dev.candles.core.Seeds#seeds")
  void nobodyWaitsForMoreThanThoseWhoWereThereBefore(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    queue = new WorkQueue(Lane.GAP, SHORT_RUN);
    Map<String, Integer> lastRequest = new HashMap<>();
    int requests = 0;
    long market = 0;
    for (int step = 0; step < 2_000; step++, nowMs++) {
      int i = random.nextInt(10);
      boolean quiet = i % 2 == 1;
      if (!quiet || !lastRequest.containsKey("k" + i)) {
        put("k" + i, quiet ? -i : ++market, 0);
        lastRequest.putIfAbsent("k" + i, requests + mostWait(lastRequest.size()));
      }
      for (int n = random.nextInt(4); n > 0; n--) {
        String key = asked();
        if (key.isEmpty()) {
          break;
        }
        requests++;
        assertThat(requests).as(key).isLessThanOrEqualTo(lastRequest.remove(key));
        if (random.nextInt(20) > 0) {
          put(key, random.nextBoolean() ? ++market : market - random.nextInt(50), 0);
          lastRequest.put(key, requests + mostWait(lastRequest.size()));
        }
      }
      int now = requests;
      assertThat(lastRequest.values()).as("step %d", step).allMatch(most -> now <= most);
    }
  }

  private static int mostWait(int others) {
    return 2 * SHORT_RUN * (others + WorkQueue.MOST_ASKED + 1);
  }
}
