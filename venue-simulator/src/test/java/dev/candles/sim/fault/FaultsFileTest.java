package dev.candles.sim.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultsFileTest {
  @Test
  void everyKeyIsRead() throws Exception {
    List<Fault> faults =
        FaultsFile.parse(
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
    assertThat(FaultsFile.parse("- {kind: clock_skew, venue: okx, probability: 1, by: -10m}", 0))
        .containsExactly(Fault.chance(FaultKind.CLOCK_SKEW, "okx", 1).by(Duration.ofMinutes(-10)));
    assertThatThrownBy(
            () ->
                FaultsFile.parse(
                    "- {kind: stale_page, venue: okx, probability: 1, by: -10m}\n"
                        + "- {kind: clock_skew, venue: okx, at: 1, duration: -1m}\n",
                    0))
        .hasMessageContaining("fault 1: fault by must not be negative: found=PT-10M")
        .hasMessageContaining("fault 2: duration is not understood: found=-1m");
  }

  @Test
  void allProblemsAreToldAtOnce() {
    FaultsFileException wrong =
        catchThrowableOfType(
            FaultsFileException.class,
            () ->
                FaultsFile.parse(
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
        .hasMessageContaining("fault 1: unknown kind")
        .hasMessageContaining("explode")
        .hasMessageContaining("fault 2: venue not allowed: found=../x")
        .hasMessageContaining("fault 3: unknown key")
        .hasMessageContaining("every is not understood: found=soon")
        .hasMessageContaining("fault 4: fault needs exactly one of at, every, probability")
        .hasMessageContaining("probability must be in (0, 1]: found=2.0")
        .hasMessageContaining("kind hits no single symbol")
        .hasMessageContaining("rest belongs to cut")
        .hasMessageContaining("fault 8: must be a map: found=hello");
  }

  @Test
  void whatIsNoListOrNoYamlIsRefused(@TempDir Path folder) throws IOException {
    assertThatThrownBy(() -> FaultsFile.parse("kind: drop", 0)).hasMessageContaining("a list");
    assertThatThrownBy(() -> FaultsFile.parse("- {", 0)).hasMessageContaining("not YAML");
    Path file = Files.writeString(folder.resolve("faults.yaml"), "[]");
    assertThat(catching(file)).isEmpty();
  }

  private static List<Fault> catching(Path file) throws IOException {
    try {
      return FaultsFile.read(file, 0);
    } catch (FaultsFileException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aYearBeyondEveryClockIsAProblemLikeAnyOther() {
    String text = "- {kind: drop, venue: okx, at: '+999999999-01-01T00:00:00Z'}";
    assertThatThrownBy(() -> FaultsFile.parse(text, 0))
        .isInstanceOf(FaultsFileException.class)
        .hasMessageContaining("at is not understood: found=+999999999");
  }

  @Test
  void aListThatHoldsItselfIsRefused() {
    assertThatThrownBy(() -> FaultsFile.parse("- &a [[*a]]", 0))
        .isInstanceOf(FaultsFileException.class)
        .hasMessageContaining("not YAML");
  }

  @Test
  void whateverTheParserThrowsIsAProblemOfTheText() {
    for (Throwable thrown : List.of(new NumberFormatException("x"), new StackOverflowError("x"))) {
      assertThatThrownBy(() -> FaultsFile.root(() -> thrown(thrown)))
          .isInstanceOf(FaultsFileException.class)
          .hasMessage("faults: not YAML: x");
    }
  }

  private static Object thrown(Throwable thrown) {
    if (thrown instanceof RuntimeException exception) {
      throw exception;
    }
    throw (Error) thrown;
  }
}
