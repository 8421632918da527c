package dev.candles.job.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.AbstractList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

class ProblemsTest {
  private static final Node NODE = new ScalarNode(Tag.STR, "k", ScalarStyle.PLAIN);

  /** 64 KB of unknown keys took 108 MB: each was compared with all known ones, 50 were shown. */
  @Test
  void comparesNoWordThatIsNotShown() {
    Problems problems = new Problems();
    Known known = new Known();
    for (int i = 0; i < 50; i++) {
      problems.unknown(NODE, "configuration", "key", "venue", known);
    }
    int looks = known.looks;
    for (int i = 0; i < 20_000; i++) {
      problems.unknown(NODE, "configuration", "key", "venue", known);
    }

    assertThat(looks).isPositive();
    assertThat(known.looks).isEqualTo(looks);
    assertThat(problems.texts())
        .hasSize(51)
        .startsWith("line 1: configuration: unknown key 'venue'; did you mean 'venues'?")
        .endsWith("and more; only the first 50 are shown");
  }

  private static final class Known extends AbstractList<String> {
    private static final List<String> WORDS = List.of("venues", "symbols");
    private int looks;

    @Override
    public String get(int index) {
      looks++;
      return WORDS.get(index);
    }

    @Override
    public int size() {
      return WORDS.size();
    }
  }
}
