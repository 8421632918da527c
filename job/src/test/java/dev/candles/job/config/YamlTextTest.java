package dev.candles.job.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.nodes.Node;

class YamlTextTest {
  private final Problems problems = new Problems();
  private final YamlText yaml = new YamlText(problems);

  @Test
  void whateverTheParserThrowsIsAProblemOfTheText() {
    Supplier<Optional<Node>> stumbling =
        () -> {
          throw new NumberFormatException("stumbled");
        };
    assertThat(yaml.root("", stumbling)).isEmpty();
    assertThat(problems.texts()).containsExactly("line 1: not YAML: stumbled");
  }

  @Test
  void aProblemIsOneLineWhateverTheTextHolds() {
    assertThat(yaml.root("venues: [okx]\nsymbols: @\u0000\u009b\n")).isEmpty();
    assertThat(problems.texts())
        .singleElement()
        .satisfies(text -> assertThat(text.chars()).noneMatch(Character::isISOControl));
  }
}
