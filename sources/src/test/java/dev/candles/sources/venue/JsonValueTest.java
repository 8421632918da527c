package dev.candles.sources.venue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonValueTest {
  /** The parser remembers names from frame to frame, so that long ones would fill the memory. */
  private static final String LONG = "x".repeat(1_000);

  @Test
  void aLongNameOfAFieldIsRefusedWhereverItStands() {
    for (String text : List.of("{\"%s\":1}", "{\"more\":{\"%s\":1}}", "[{\"%s\":1}]")) {
      String named = text.replace("%s", LONG);
      assertThatThrownBy(() -> JsonValue.parse(named, 100, Set.of("type")))
          .isInstanceOf(IOException.class)
          .hasMessage("JSON with a value that is too long or nested too deep");
    }
  }

  @Test
  void aLongTextIsNoName() throws IOException {
    assertThat(JsonValue.parse("[\"" + LONG + "\"]", 100).element(0).string()).contains(LONG);
  }

  @Test
  void whatIsNotWantedIsNotKeptAtAnyDepth() throws IOException {
    List<Set<String>> wanted = List.of(Set.of("rows"), Set.of(), Set.of("name"));
    String text =
        "{\"more\":[1,2,3],\"rows\":{\"a\":{\"x\":{\"y\":[4]},\"name\":\"A\"},\"b\":{\"name\":[7]}}}";
    JsonValue json = JsonValue.parse(text, 7, wanted);
    assertThat(json.field("more").isAbsent()).isTrue();
    assertThat(json.field("rows").field("a").fields()).containsOnlyKeys("name");
    assertThat(json.field("rows").field("a").field("name").string()).contains("A");
    assertThat(json.field("rows").field("b").field("name").element(0).literal()).contains("7");
    assertThatThrownBy(() -> JsonValue.parse(text, 6, wanted))
        .isInstanceOf(IOException.class)
        .hasMessage("more than 6 values");
  }

  @ParameterizedTest
  @ValueSource(strings = {"coinbase", "kraken", "okx"})
  void noVenueTakesALongName(String name) {
    List<Decoded> said = new ArrayList<>();
    Venues.byName(name).orElseThrow().decode("{\"" + LONG + "\":1}", 0, said::add);
    assertThat(said)
        .singleElement()
        .isInstanceOfSatisfying(
            Decoded.Rejected.class,
            rejected -> assertThat(rejected.reject().detail()).startsWith("JSON with a value"));
  }
}
