package dev.candles.sources.venue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Market;
import dev.candles.core.candle.RejectReason;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.repair.GapState;
import dev.candles.core.repair.Proof;
import dev.candles.core.repair.RestAnswer;
import dev.candles.core.repair.RestQuery;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

  /** When a page of five minutes is answered: the last of them is in progress. */
  protected static final long ANSWERED_MS = AFTER_MS - MINUTE_MS / 2;

  protected abstract Venue venue();

  protected abstract String symbol();

  /** The venue's own name of the symbol. */
  protected String venueSymbol() {
    return symbol();
  }

  /** The fixture of a frame with data. */
  protected abstract String dataFrame();

  /** The frame that the venue sends to show that the connection lives, and what it says. */
  protected abstract String heartbeatFrame();

  protected Decoded heartbeat() {
    return new Decoded.Alive();
  }

  /** The HTTP status with which the venue says that it does not know a symbol. */
  protected int unknownSymbolStatus() {
    return 200;
  }

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

  protected final RestQuery query(int minutes) {
    StreamKey stream = new StreamKey(venue().profile().name(), symbol(), Timeframe.M1);
    Market market = new Market(symbol(), venueSymbol(), 0);
    return venue()
        .candles(
            stream, market, GapState.Page.of(OPEN_MS, OPEN_MS + minutes * MINUTE_MS), AFTER_MS);
  }

  protected final RestAnswer answer(int status, String body) {
    return venue().decodeCandles(query(5), venue().profile(), status, body, ANSWERED_MS);
  }

  /** Asked sooner, an answer shows no row that opens late enough; asked then, it may. */
  @Test
  void nothingIsAskedForBeforeAnAnswerCanShowThatItHasSettled() {
    VenueProfile profile = venue().profile();
    long endMs = OPEN_MS + MINUTE_MS;
    long askedMs = endMs + profile.waits().askAfterMs();
    long newestMs = Timeframe.M1.floor(askedMs);
    assertThat(profile.settledToMs(askedMs, newestMs)).isGreaterThanOrEqualTo(endMs);
    if (profile.finality() == VenueProfile.Finality.TRADE_CHAIN) {
      long beforeMs = askedMs - 1;
      assertThat(profile.settledToMs(beforeMs, Timeframe.M1.floor(beforeMs))).isLessThan(endMs);
    }
  }

  @Test
  void aHeartbeatSaysThatTheConnectionLives() {
    assertThat(decode(heartbeatFrame())).containsExactly(heartbeat());
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
    String frame = dataFrame();
    for (int length = 0; length < frame.length(); length++) {
      assertThat(decode(frame.substring(0, length)))
          .as("cut at %d", length)
          .singleElement()
          .isInstanceOf(Decoded.Rejected.class);
    }
  }

  @Test
  void aFrameWithAFieldGivenTwiceIsRejected() {
    assertThat(rejection(twice(dataFrame()).get(0))).isEqualTo(RejectReason.MALFORMED);
  }

  @Test
  void framesAreBounded() {
    assertThat(venue().profile().limits().maxFrameBytes()).isBetween(1 << 16, 1 << 20);
  }

  /** An object that gives one of its fields a second time, with the same value: for each field. */
  private static List<String> twice(String object) {
    List<String> doubled = new ArrayList<>();
    try (JsonParser json = new JsonFactory().createParser(object)) {
      json.nextToken();
      int from = 1;
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        json.nextToken();
        json.skipChildren();
        json.finishToken(); // a text is read to its end only then
        int to = (int) json.currentLocation().getCharOffset();
        doubled.add("{" + object.substring(from, to) + "," + object.substring(1));
        from = object.indexOf(',', to) + 1;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return doubled;
  }

  @Test
  void anAnswerMayHaveUnknownFieldsButNoneTwice() {
    Map.of("rest_page_with_gap.json", 200, "rest_unknown_symbol.json", unknownSymbolStatus())
        .forEach(
            (file, status) -> {
              String body = fixture(file);
              if (body.startsWith("{")) { // a page may be a bare array
                RestAnswer more = answer(status, "{\"added\":{\"x\":[1]}," + body.substring(1));
                assertThat(more)
                    .usingRecursiveComparison()
                    .ignoringFields("error")
                    .isEqualTo(answer(status, body));
                assertThat(twice(body))
                    .allSatisfy(
                        doubled ->
                            assertThat(answer(status, doubled).outcome())
                                .isEqualTo(RestAnswer.Outcome.FAILED));
              }
            });
  }

  /** More rows in a page are not believed. */
  protected abstract int mostRows();

  /** A page of that many rows, all of the same closed interval. */
  protected abstract String pageOf(int rows);

  @Test
  void aPageOfMoreRowsThanAVenueSendsFails() {
    assertThat(answer(200, pageOf(mostRows())).candles()).hasSize(1);
    assertThat(answer(200, pageOf(mostRows() + 1)).outcome()).isEqualTo(RestAnswer.Outcome.FAILED);
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
    long newestMs = OPEN_MS + 4 * MINUTE_MS;

    assertThat(answer.outcome()).isEqualTo(RestAnswer.Outcome.ROWS);
    assertThat(Proof.Rows.candles(answer.candles()))
        .as("a hole or a row of silence is none")
        .filteredOn(candle -> candle.openTimeMs() < newestMs)
        .extracting(Candle::openTimeMs)
        .containsExactly(OPEN_MS, OPEN_MS + MINUTE_MS, OPEN_MS + 3 * MINUTE_MS);
    assertThat(answer.candles()).allMatch(candle -> candle.evidence() == Evidence.REST);
    assertThat(answer.candles().stream().anyMatch(candle -> candle.openTimeMs() == newestMs))
        .isNotEqualTo(tellsWhatIsInProgress());
    assertThat(answer.forming().contains(newestMs)).isEqualTo(tellsWhatIsInProgress());
    assertThat(answer.rejects()).isEmpty();
  }

  /** Whether a page says of its newest row that it is in progress; our clock cannot. */
  protected boolean tellsWhatIsInProgress() {
    return true;
  }

  @Test
  void throttlingAsksToWait() {
    RestAnswer answer = answer(429, fixture("rest_throttled.json"));

    assertThat(answer.outcome()).isEqualTo(RestAnswer.Outcome.THROTTLED);
    assertThat(answer.waitMs()).isPositive();
  }

  @Test
  void anUnknownSymbolIsNotAFailure() {
    assertThat(answer(unknownSymbolStatus(), fixture("rest_unknown_symbol.json")).outcome())
        .isEqualTo(RestAnswer.Outcome.UNKNOWN_SYMBOL);
  }

  @Test
  void aPageCutAnywhereFails() {
    String body = fixture("rest_page_with_gap.json");
    for (int length = 0; length < body.length(); length++) {
      RestAnswer answer = answer(200, body.substring(0, length));
      assertThat(answer.outcome()).as("cut at %d", length).isEqualTo(RestAnswer.Outcome.FAILED);
    }
  }

  @Test
  void frozenFactsSurviveSerialisation() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(venue());
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(((Venue) in.readObject()).profile()).isEqualTo(venue().profile());
    }
  }

  @Test
  void theVenueIsRegisteredUnderItsName() {
    assertThat(Venues.byName(venue().profile().name()).map(Object::getClass))
        .hasValue(venue().getClass());
  }

  @Test
  void anEmptyBodyFails() {
    assertThat(answer(200, "").outcome()).isEqualTo(RestAnswer.Outcome.FAILED);
    assertThat(answer(503, "").outcome()).isEqualTo(RestAnswer.Outcome.FAILED);
  }
}
