package dev.candles.sources.venue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.RejectReason;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.feed.Fold;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every venue promises, shown by its fixtures. The fixtures are about the interval that opens
 * at {@link #OPEN_MS} of {@link #symbol}.
 */
public abstract class VenueContract {
  /** 2026-01-01 00:00 UTC. */
  protected static final long OPEN_MS = 1_767_225_600_000L;

  protected static final long MINUTE_MS = 60_000;
  protected static final long AFTER_MS = OPEN_MS + 5 * MINUTE_MS;

  protected abstract Venue venue();

  protected abstract String symbol();

  protected final String fixture(String name) {
    String path = "/dev/candles/sources/venue/" + venue().profile().name() + "/" + name;
    try (InputStream in = VenueContract.class.getResourceAsStream(path)) {
      assertThat(in).as(path).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  protected final List<Decoded> decode(String frame) {
    List<Decoded> out = new ArrayList<>();
    venue().decode(frame, AFTER_MS, out::add);
    return out;
  }

  protected final RejectReason rejection(String frame) {
    List<Decoded> out = decode(frame);
    assertThat(out).singleElement().isInstanceOf(Decoded.Rejected.class);
    return ((Decoded.Rejected) out.get(0)).reject().reason();
  }

  protected final Fold fold(String frame) {
    List<Decoded> out = decode(frame);
    assertThat(out.get(0)).isInstanceOf(Decoded.Closed.class);
    return ((Decoded.Closed) out.get(0)).fold();
  }

  protected final RestQuery query(int minutes) {
    StreamKey stream = new StreamKey(venue().profile().name(), symbol(), Timeframe.M1);
    Market market = new Market(symbol(), symbol(), 0);
    return venue().candles(stream, market, OPEN_MS, OPEN_MS + minutes * MINUTE_MS, AFTER_MS);
  }

  protected final RestAnswer answer(int status, String body) {
    return venue().decodeCandles(query(5), status, body, AFTER_MS);
  }

  @Test
  void aRowInProgressIsForming() {
    assertThat(decode(fixture("ws_candle_update.json")))
        .containsExactly(new Decoded.Forming(symbol(), OPEN_MS));
  }

  @Test
  void aClosedRowIsAWholeIntervalWithTheVenuesOwnValues() {
    Fold fold = fold(fixture("ws_candle_final.json"));

    assertThat(fold.venueClosed()).isTrue();
    assertThat(fold.candle().openTimeMs()).isEqualTo(OPEN_MS);
    assertThat(fold.candle().stream().symbol()).isEqualTo(symbol());
    assertThat(fold.candle().evidence()).isEqualTo(Evidence.VENUE_FLAG);
    assertThat(fold.candle().source()).isEqualTo("ws");
    assertThat(fold.candle().receivedAtMs()).isEqualTo(AFTER_MS);
  }

  @Test
  void aRevisionDecodesLikeAnyClosedRow() {
    Candle first = fold(fixture("ws_candle_final.json")).candle();
    Candle second = fold(fixture("ws_candle_revision.json")).candle();

    assertThat(second.openTimeMs()).isEqualTo(first.openTimeMs());
    assertThat(second.volume()).isNotEqualTo(first.volume());
  }

  @Test
  void aHeartbeatIsAlive() {
    assertThat(decode(fixture("ws_heartbeat.txt"))).containsExactly(new Decoded.Alive());
  }

  @Test
  void anAcknowledgementProvesNoData() {
    assertThat(decode(fixture("ws_subscribed.json")))
        .containsExactly(new Decoded.Subscribed(symbol()));
  }

  @Test
  void aRefusedSubscriptionNamesItsSymbol() {
    assertThat(decode(fixture("ws_refused.json")))
        .singleElement()
        .isInstanceOfSatisfying(
            Decoded.Refused.class, refused -> assertThat(refused.symbol()).isEqualTo(symbol()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "x", "[]", "{}", "null", "42", "\"a\"", "{\"a\":", "\u0000"})
  void garbageIsRejected(String frame) {
    assertThat(decode(frame)).singleElement().isInstanceOf(Decoded.Rejected.class);
  }

  @Test
  void aFrameCutAnywhereIsRejectedOrSaysNothing() {
    String frame = fixture("ws_candle_final.json");
    for (int length = 0; length < frame.length(); length++) {
      assertThat(decode(frame.substring(0, length)))
          .as("cut at %d", length)
          .singleElement()
          .isInstanceOf(Decoded.Rejected.class);
    }
  }

  @Test
  void unknownFieldsAndOtherKeyOrderChangeNothing() {
    assertThat(fold(fixture("ws_unknown_field.json")))
        .isEqualTo(fold(fixture("ws_candle_final.json")));
  }

  @Test
  void htmlIsNotTheVenue() {
    assertThat(rejection(fixture("html.txt"))).isEqualTo(RejectReason.NOT_THE_VENUE);
    RestAnswer answer = answer(522, fixture("html.txt"));
    assertThat(answer.outcome()).isEqualTo(RestAnswer.Outcome.FAILED);
    assertThat(answer.error()).contains("522");
  }

  @Test
  void aPageComesAscendingWithItsHoleAndItsRowInProgress() {
    RestAnswer answer = answer(200, fixture("rest_page_with_gap.json"));

    assertThat(answer.outcome()).isEqualTo(RestAnswer.Outcome.ROWS);
    assertThat(answer.candles())
        .extracting(Candle::openTimeMs)
        .containsExactly(OPEN_MS, OPEN_MS + MINUTE_MS, OPEN_MS + 3 * MINUTE_MS);
    assertThat(answer.candles()).allMatch(candle -> candle.evidence() == Evidence.REST);
    assertThat(answer.forming()).containsExactly(OPEN_MS + 4 * MINUTE_MS);
    assertThat(answer.rejects()).isEmpty();
  }

  @Test
  void throttlingAsksToWait() {
    RestAnswer answer = answer(429, fixture("rest_throttled.json"));

    assertThat(answer.outcome()).isEqualTo(RestAnswer.Outcome.THROTTLED);
    assertThat(answer.waitMs()).isPositive();
  }

  @Test
  void anUnknownSymbolIsNotAFailure() {
    assertThat(answer(200, fixture("rest_unknown_symbol.json")).outcome())
        .isEqualTo(RestAnswer.Outcome.UNKNOWN_SYMBOL);
  }

  @Test
  void anEmptyBodyFails() {
    assertThat(answer(200, "").outcome()).isEqualTo(RestAnswer.Outcome.FAILED);
    assertThat(answer(503, "").outcome()).isEqualTo(RestAnswer.Outcome.FAILED);
  }
}
