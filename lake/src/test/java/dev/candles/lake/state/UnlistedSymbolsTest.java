package dev.candles.lake.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.lake.layout.LakeLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnlistedSymbolsTest {
  @TempDir private Path lake;
  private UnlistedSymbols unlisted;

  @BeforeEach
  void open() {
    unlisted = new UnlistedSymbols(new LakeLayout(lake));
  }

  private void note(String venue, Map<String, List<String>> nearest, long nowMs)
      throws IOException {
    SortedMap<String, List<String>> sorted = new TreeMap<>(nearest);
    new LakeLock(lake.toString()).unlisted(venue, sorted, nowMs);
  }

  @Test
  void whatWasNotedOfEachVenueIsReadWithTheTimeOfItsFirstNote() throws IOException {
    assertThat(unlisted.all()).isEmpty();
    note("okx", Map.of("BTC-USX", List.of("BTC-USDT", "BTC-USDC")), 5);
    note("coinbase", Map.of("NO-USD", List.of()), 6);
    note("okx", Map.of("BTC-USX", List.of("BTC-USDT"), "A-USDT", List.of()), 7);
    assertThat(unlisted.all())
        .containsExactly(
            new UnlistedSymbols.Symbol("coinbase", "NO-USD", List.of(), 6),
            new UnlistedSymbols.Symbol("okx", "A-USDT", List.of(), 7),
            new UnlistedSymbols.Symbol("okx", "BTC-USX", List.of("BTC-USDT"), 5));
    note("okx", Map.of(), 8);
    assertThat(unlisted.all())
        .extracting(UnlistedSymbols.Symbol::venue)
        .containsExactly("coinbase");
    note("okx", Map.of(), 9);
  }

  /** As a disk that lies leaves it; `status` must not fail for it. */
  @Test
  void aNoteThatCannotBeReadCountsAsNoneAndIsWrittenAnew() throws IOException {
    note("coinbase", Map.of("NO-USD", List.of()), 4);
    note("okx", Map.of("A-USDT", List.of()), 5);
    Path file = lake.resolve(".state/unlisted/okx");
    Files.write(file, new byte[] {(byte) 0xFF, '\n'});
    assertThat(unlisted.all()).extracting(UnlistedSymbols.Symbol::venue).containsOnly("coinbase");
    note("okx", Map.of("A-USDT", List.of()), 7);
    assertThat(unlisted.all())
        .contains(new UnlistedSymbols.Symbol("okx", "A-USDT", List.of(), 7))
        .hasSize(2);
  }

  @Test
  void aPlaceThatHoldsNoNotesHasNone() throws IOException {
    Files.createDirectories(lake.resolve(".state"));
    Files.writeString(lake.resolve(".state/unlisted"), "no folder");
    assertThat(unlisted.all()).isEmpty();
  }

  @Test
  void ofSymbolsThatAreForgottenNothingStaysNoted() throws IOException {
    note("okx", Map.of("A-USDT", List.of("X-USDT", "Y-USDT"), "B-USDT", List.of()), 5);
    unlisted.forget("okx", Set.of("B-USDT", "C-USDT"));
    unlisted.forget("kraken", Set.of("B-USDT"));
    assertThat(unlisted.all())
        .containsExactly(
            new UnlistedSymbols.Symbol("okx", "A-USDT", List.of("X-USDT", "Y-USDT"), 5));
    unlisted.forget("okx", Set.of("A-USDT"));
    assertThat(lake.resolve(".state/unlisted/okx")).doesNotExist();
  }

  @Test
  void whatIsNoLineOfOursIsPassedOver() throws IOException {
    note("okx", Map.of("A-USDT", List.of()), 5);
    Path file = lake.resolve(".state/unlisted/okx");
    Files.writeString(file, Files.readString(file) + "symbol=B since=later nearest=\nwhat\n");
    Files.writeString(file.resolveSibling(".okx.tmp"), "symbol=C-USDT since=1 nearest=\n");
    assertThat(unlisted.all()).extracting(UnlistedSymbols.Symbol::symbol).containsExactly("A-USDT");
  }

  @Test
  void aNoteThatIsLongerThanAnyOfOursCountsAsNone() throws IOException {
    note("okx", Map.of("A-USDT", List.of()), 5);
    Path file = lake.resolve(".state/unlisted/okx");
    Files.writeString(file, Files.readString(file) + "\n".repeat(1 << 20));
    assertThat(unlisted.all()).isEmpty();
    note("okx", Map.of("A-USDT", List.of()), 7);
    assertThat(unlisted.all()).hasSize(1);
  }

  /** `status` names them in a command that people copy. */
  @Test
  void whatNamesNoSymbolOrVenueIsPassedOver() throws IOException {
    note("okx", Map.of("A-USDT", List.of("B-USDT")), 5);
    Path file = lake.resolve(".state/unlisted/okx");
    Files.writeString(
        file,
        Files.readString(file)
            + "symbol=A-USDT;id since=1 nearest=\n"
            + "symbol=a-usdt since=1 nearest=\n"
            + "symbol=C-USDT since=1 nearest=D-USDT,$(id)\n");
    Files.writeString(file.resolveSibling("okx;id"), "symbol=C-USDT since=1 nearest=\n");
    assertThat(unlisted.all())
        .containsExactly(new UnlistedSymbols.Symbol("okx", "A-USDT", List.of("B-USDT"), 5));
  }
}
