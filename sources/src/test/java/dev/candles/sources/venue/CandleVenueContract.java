package dev.candles.sources.venue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.feed.CompletedInterval;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a venue promises that marks its candles closed. */
public abstract class CandleVenueContract extends VenueContract {

  @Override
  protected final String dataFrame() {
    return fixture("ws_candle_final.json");
  }

  protected final CompletedInterval fold(String frame) {
    List<Decoded> out = decode(frame);
    assertThat(out.get(0)).isInstanceOf(Decoded.Closed.class);
    return ((Decoded.Closed) out.get(0)).fold();
  }

  @Test
  void aRowInProgressIsForming() {
    assertThat(decode(fixture("ws_candle_update.json")))
        .singleElement()
        .isInstanceOfSatisfying(
            Decoded.Forming.class,
            forming -> {
              assertThat(forming.symbol()).isEqualTo(symbol());
              assertThat(forming.soFar().openTimeMs()).isEqualTo(OPEN_MS);
            });
  }

  @Test
  void aClosedRowIsAWholeIntervalWithTheVenuesOwnValues() {
    CompletedInterval fold = fold(fixture("ws_candle_final.json"));

    assertThat(fold.venueClosed()).isTrue();
    assertThat(fold.candle().openTimeMs()).isEqualTo(OPEN_MS);
    assertThat(fold.candle().stream().symbol()).isEqualTo(symbol());
    assertThat(fold.candle().evidence()).isEqualTo(Evidence.VENUE_FLAG);
    assertThat(fold.candle().provenance().source()).isEqualTo("ws");
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
  void unknownFieldsAndOtherKeyOrderChangeNothing() {
    assertThat(fold(fixture("ws_unknown_field.json")))
        .isEqualTo(fold(fixture("ws_candle_final.json")));
  }
}
