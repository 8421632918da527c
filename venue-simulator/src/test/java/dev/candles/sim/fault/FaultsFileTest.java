package dev.candles.sim.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultsFileTest {
  private static final Map<String, Set<FaultKind>> POSSIBLE =
      Map.of(
          "okx", EnumSet.allOf(FaultKind.class),
          "kraken", EnumSet.complementOf(EnumSet.of(FaultKind.CLOCK_SKEW)));

  private static List<Fault> parse(String yaml, long startMs) throws FaultsFileException {
    return FaultsFile.parse("faults.yaml", yaml, startMs, POSSIBLE);
  }

  @Test
  void everyKeyIsRead() throws Exception {
    List<Fault> faults =
        parse(
            "- {kind: cut, venue: okx, at: 2026-01-01T00:10:00Z, duration: 1h, by: 60s,"
                + " rest: true, until: +3h}\n"
                + "- {kind: drop, venue: okx, symbol: BTC-USDT, probability: 0.25}\n"
                + "- {kind: stall, venue: okx, every: 10m}\n"
                + "- {kind: refuse, venue: okx, at: 1767225600000}\n"
                + "- {kind: late_correction, venue: okx, at: +90s}\n",
            1_000_000);
    assertThat(faults.get(0))
        .isEqualTo(
            Fault.at(FaultKind.CUT, "okx", 1_767_226_200_000L)
                .lasting(Duration.ofHours(1))
                .by(Duration.ofMinutes(1))
                .until(1_000_000 + 3 * 3_600_000)
                .withRest());
    assertThat(faults.get(1))
        .isEqualTo(Fault.chance(FaultKind.DROP, "okx", 0.25).forSymbol("BTC-USDT"));
    assertThat(faults.get(2))
        .isEqualTo(Fault.every(FaultKind.STALL, "okx", Duration.ofMinutes(10)));
    assertThat(faults.get(3).atMs()).isEqualTo(1_767_225_600_000L);
    assertThat(faults.get(4)).isEqualTo(Fault.at(FaultKind.LATE_CORRECTION, "okx", 1_090_000));
  }

  @Test
  void onlyAClockMayBeOffByLessThanNothing() throws Exception {
    assertThat(parse("- {kind: clock_skew, venue: okx, probability: 1, by: -10m}", 0))
        .containsExactly(Fault.chance(FaultKind.CLOCK_SKEW, "okx", 1).by(Duration.ofMinutes(-10)));
    assertThatThrownBy(
            () ->
                parse(
                    "- {kind: stale_page, venue: okx, probability: 1, by: -10m}\n"
                        + "- {kind: clock_skew, venue: okx, at: 1, duration: -1m}\n",
                    0))
        .hasMessageContaining(
            "line 1, fault 1: by must not be negative but of clock_skew: found=PT-10M")
        .hasMessageContaining("line 2, fault 2: duration is not understood: found=-1m");
  }

  @Test
  void allProblemsAreToldAtOnce() {
    FaultsFileException wrong =
        catchThrowableOfType(
            FaultsFileException.class,
            () ->
                parse(
                    "- {kind: explode, venue: okx, at: 1}\n"
                        + "- {kind: drop, venue: ../x, probability: 2}\n"
                        + "- {kind: drop, venue: okx, every: soon, sym: BTC-USDT}\n"
                        + "- {kind: drop, venue: okx}\n"
                        + "- {kind: drop, venue: okx, probability: 2}\n"
                        + "- {kind: stall, venue: okx, symbol: BTC-USDT, at: 1}\n"
                        + "- {kind: drop, venue: okx, at: 1, rest: true}\n"
                        + "- hello\n",
                    0));
    assertThat(wrong.problems()).hasSize(9);
    assertThat(wrong)
        .hasMessageStartingWith("faults.yaml: line 1, fault 1: unknown kind")
        .hasMessageContaining("explode")
        .hasMessageContaining("fault 2: venue is not simulated, these are kraken okx: found=../x")
        .hasMessageContaining(
            "fault 3: unknown key, known are at by duration every kind probability")
        .hasMessageContaining("every is not understood: found=soon")
        .hasMessageContaining("fault 4: needs exactly one of at, every and probability: found=0")
        .hasMessageContaining("probability must be in (0, 1]: found=2.0")
        .hasMessageContaining("symbol is for kinds that hit a symbol, not for stall")
        .hasMessageContaining("line 7, fault 7: rest: true is for kind cut alone: found=drop")
        .hasMessageContaining("fault 8: must be a map: found=hello");
  }

  /** Such a fault would never come, and nobody would know. */
  @Test
  void whatCannotHappenToTheVenuesIsToldWithItsLine() {
    FaultsFileException wrong =
        catchThrowableOfType(
            FaultsFileException.class,
            () ->
                parse(
                    "# two of them\n\n- kind: cut\n  venue: okx\n  at: 1\n"
                        + "- {kind: cut,\n   venue: coinbase, at: 1}\n"
                        + "\n- {kind: clock_skew, venue: kraken, at: 1}\n",
                    0));
    assertThat(wrong.problems())
        .containsExactly(
            "line 6, fault 2: venue is not simulated, these are kraken okx: found=coinbase",
            "line 9, fault 3: kind cannot happen at kraken: found=clock_skew");
  }

  @Test
  void whatIsNoListOrNoYamlIsRefused(@TempDir Path folder) throws IOException {
    assertThatThrownBy(() -> parse("kind: drop", 0)).hasMessageContaining("a list");
    assertThatThrownBy(() -> parse("- {", 0)).hasMessageContaining("not YAML");
    Path file = Files.writeString(folder.resolve("faults.yaml"), "[]");
    assertThat(catching(file)).isEmpty();
    Path absent = folder.resolve("absent.yaml");
    assertThatThrownBy(() -> FaultsFile.read(absent, 0, POSSIBLE))
        .hasMessage("there is no file of faults: " + absent);
    Files.writeString(file, "- {kind: drop, venue: okx}");
    assertThatThrownBy(() -> FaultsFile.read(file, 0, POSSIBLE))
        .hasMessageStartingWith(file + ": line 1, fault 1: ");
  }

  private static List<Fault> catching(Path file) throws IOException {
    try {
      return FaultsFile.read(file, 0, POSSIBLE);
    } catch (FaultsFileException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aYearBeyondEveryClockIsAProblemLikeAnyOther() {
    String text = "- {kind: drop, venue: okx, at: '+999999999-01-01T00:00:00Z'}";
    assertThatThrownBy(() -> parse(text, 0))
        .isInstanceOf(FaultsFileException.class)
        .hasMessageContaining("at is not understood: found=+999999999");
  }

  @Test
  void aListThatHoldsItselfIsRefused() {
    assertThatThrownBy(() -> parse("- &a [[*a]]", 0))
        .isInstanceOf(FaultsFileException.class)
        .hasMessageContaining("not YAML");
  }

  @Test
  void whateverTheParserThrowsIsAProblemOfTheText() {
    for (Throwable thrown : List.of(new NumberFormatException("x"), new StackOverflowError("x"))) {
      assertThatThrownBy(() -> FaultsFile.root("faults.yaml", () -> thrown(thrown)))
          .isInstanceOf(FaultsFileException.class)
          .hasMessage("faults.yaml: not YAML: x");
    }
  }

  private static Object thrown(Throwable thrown) {
    if (thrown instanceof RuntimeException exception) {
      throw exception;
    }
    throw (Error) thrown;
  }
}
