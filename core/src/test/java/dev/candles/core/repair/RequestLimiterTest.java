package dev.candles.core.repair;

import static dev.candles.core.repair.PacedVenue.DAY;
import static dev.candles.core.repair.PacedVenue.MINUTE;
import static dev.candles.core.repair.PacedVenue.T0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.proof.Silence;
import java.util.ArrayDeque;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How close requests come to what a venue allows. */
class RequestLimiterTest {
  private static final int REQUESTS = 20;
  private static final long WINDOW_MS = 2_000;
  private static final long LATEST_MS = 40;

  private static RepairRequest request() {
    return request("a");
  }

  private static RepairRequest request(String key) {
    StreamKey stream = new StreamKey("model", "A-USD", Timeframe.M1);
    RestQuery query = new RestQuery("", "rest", stream, T0, T0 + MINUTE);
    RepairWork work = new RepairWork(key, RepairWork.Lane.GAP, T0, T0, key);
    return RepairRequest.candles(work, query, GapState.Page.of(T0, T0 + MINUTE));
  }

  @ParameterizedTest
  @MethodSource("dev.candles.core.Seeds#seeds")
  void requestsThatAreSomeMillisecondsLateAreNotTooManyForASlidingWindow(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    RepairProfile profile = new PacedVenue(REQUESTS, WINDOW_MS, Silence.ZERO_ROWS).profile();
    RequestLimiter limiter = new RequestLimiter(profile, T0);
    RepairRequest request = request();
    ArrayDeque<Long> arrived = new ArrayDeque<>();
    for (long now = T0; now < T0 + 30 * WINDOW_MS; now += random.nextLong(1, 20)) {
      if (limiter.tryTake(request, now)) {
        limiter.ended(request);
        long late = random.nextLong(LATEST_MS + 1);
        long before = arrived.isEmpty() ? now : arrived.getLast();
        arrived.addLast(Math.max(before, now + late));
        while (arrived.getFirst() <= arrived.getLast() - WINDOW_MS) {
          arrived.removeFirst();
        }
        assertThat(arrived).hasSizeLessThanOrEqualTo(REQUESTS);
      }
    }
    assertThat(arrived).isNotEmpty();
  }

  /** It fails one and asks to be left alone; what was on its way meanwhile denies nothing. */
  @Test
  void anAnswerToWhatWasSentBeforeAFailureDoesNotEndIt() {
    RepairProfile profile = new PacedVenue(REQUESTS, WINDOW_MS, Silence.ZERO_ROWS).profile();
    RequestLimiter limiter = new RequestLimiter(profile, T0 - 2 * WINDOW_MS);
    assertThat(limiter.tryTake(request("fails"), T0)).isTrue();
    assertThat(limiter.tryTake(request("is answered"), T0 + 5)).isTrue();
    assertThat(limiter.ended(request("fails"))).isEqualTo(T0);
    long openMs = T0 + 100 + limiter.failed(T0 + 100, 30 * MINUTE);
    assertThat(openMs).isEqualTo(T0 + 100 + 30 * MINUTE);
    assertThat(limiter.succeeded(limiter.ended(request("is answered")))).isEmpty();
    assertThat(limiter.mayAsk(openMs - 1)).isFalse();

    assertThat(limiter.mayAsk(openMs)).isTrue();
    assertThat(limiter.tryTake(request("a probe"), openMs)).isTrue();
    assertThat(limiter.mayAsk(openMs)).as("one probe at a time").isFalse();
    assertThat(limiter.succeeded(limiter.ended(request("a probe")))).hasValue(1);
    assertThat(limiter.mayAsk(openMs)).isTrue();
  }

  /** A driver that looks every 50 ms loses ten of the 2,040 to that, and the first window waits. */
  @Test
  void ofWhatAVenueAllowsAtMostFourPercentAreLeftUnused() {
    PacedVenue venue = new PacedVenue(REQUESTS, WINDOW_MS, Silence.ZERO_ROWS);
    venue.announce(5, T0 - 300 * DAY);
    venue.run(T0 + 6 * MINUTE);
    int allowed = (int) (6 * MINUTE / WINDOW_MS * REQUESTS);
    assertThat(venue.requests).isBetween(allowed * 96 / 100, allowed);
  }
}
