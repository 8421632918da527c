package dev.candles.sources.source.enumerator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.candle.Market;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class UnlistedNoteTest {
  private static final List<Market> LISTED = List.of(new Market("BTC-USD", "BTC-USD", 0));

  private final UnlistedNote note = new UnlistedNote("coinbase");

  @Test
  void whatIsNotListedIsNewsOnceAndAgainWhenItChanges() {
    assertThat(note.news(List.of("BTC-USX"), LISTED))
        .hasValue(new TreeMap<>(Map.of("BTC-USX", List.of("BTC-USD"))));
    assertThat(note.news(List.of("BTC-USX"), LISTED)).isEmpty();
    assertThat(note.news(List.of(), LISTED)).as("it is listed by now").isPresent();
    assertThat(note.news(List.of(), LISTED)).isEmpty();
  }

  @Test
  void thatAllAreListedIsNewsTooBecauseAnEarlierRunMayHaveNotedOthers() {
    assertThat(note.news(List.of(), LISTED).orElseThrow()).isEmpty();
  }

  @Test
  void whatIsWantedIsTheLatestHoweverOftenItCouldNotBeWritten() {
    assertThat(note.wanted()).as("no catalogue came").isEmpty();
    assertThat(note.news(List.of("A-USD"), LISTED)).isPresent();
    note.failed(new IOException("read-only"));
    assertThat(note.news(List.of("A-USD"), LISTED)).as("the caller tries again").isEmpty();
    assertThat(note.wanted().orElseThrow()).containsOnlyKeys("A-USD");
    assertThat(note.news(List.of(), LISTED)).isPresent();
    assertThat(note.wanted().orElseThrow()).isEmpty();
  }
}
