package dev.candles.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is kept of the fuzzing, without the fuzzer: every target takes every seed, whole or not. */
class TargetsTest {
  private static final Path ROOT = Path.of(System.getProperty("repository.root"));
  private static final Path SEEDS = ROOT.resolve("fuzz/seeds");
  private static final Path VENUES =
      ROOT.resolve("sources/src/test/resources/dev/candles/sources/venue");
  private static final int CUTS = 12;

  private static final List<byte[]> INPUTS = new ArrayList<>();

  static Set<String> targets() {
    return Targets.names();
  }

  @BeforeAll
  static void load() throws IOException {
    INPUTS.clear();
    INPUTS.add(new byte[0]);
    INPUTS.addAll(inputs(SEEDS));
    INPUTS.addAll(inputs(VENUES));
    assertThat(INPUTS).hasSizeGreaterThan(50);
  }

  private static List<byte[]> inputs(Path folder) throws IOException {
    List<byte[]> inputs = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        inputs.add(Files.readAllBytes(file));
      }
    }
    return inputs;
  }

  @ParameterizedTest
  @MethodSource("targets")
  void everySeedIsTakenWholeAndCutShort(String name) throws IOException {
    Target target = Targets.byName(name);
    for (byte[] input : INPUTS) {
      target.take(input);
      for (int cut = 1; cut < CUTS; cut++) {
        target.take(Arrays.copyOf(input, input.length * cut / CUTS));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("targets")
  void everySeedIsTakenStretched(String name) throws IOException {
    Target target = Targets.byName(name);
    String venue = name.replaceFirst("-.*", ""); // for some, the name of none
    for (Path folder : List.of(SEEDS.resolve(name), VENUES.resolve(venue))) {
      for (byte[] input : Files.isDirectory(folder) ? inputs(folder) : List.<byte[]>of()) {
        target.take(Stretch.stretched(input, input.length));
      }
    }
  }

  @Test
  void aTargetThatIsNotThereIsNamedWithThoseThatAre() {
    assertThatThrownBy(() -> Targets.byName("okx"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found okx")
        .hasMessageContaining("okx-frame");
  }

  @Test
  void aStretchedInputIsLongAndTheSameEachTime() {
    byte[] input = "{\"a\":[1,2,3]}".getBytes(StandardCharsets.UTF_8);
    assertThat(Stretch.stretched(input, 1)).hasSizeGreaterThan(65_000);
    assertThat(Stretch.stretched(input, 1)).isEqualTo(Stretch.stretched(input, 1));
  }
}
