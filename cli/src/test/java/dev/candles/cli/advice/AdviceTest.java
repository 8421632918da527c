package dev.candles.cli.advice;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AdviceTest {
  @Test
  void everyCommandOfATextRepeatsWhatNamedTheLake() {
    Advice both = Advice.of("sim.yaml", "my lake");
    assertThat(both.in("start one: ./candles run; then ./candles gaps --open"))
        .isEqualTo(
            "start one: ./candles run --config sim.yaml --data-dir 'my lake'; then"
                + " ./candles gaps --config sim.yaml --data-dir 'my lake' --open");
    assertThat(both.in("./candles stop ends it, ./candles submit run"))
        .as("these know no --data-dir")
        .isEqualTo(
            "./candles stop --config sim.yaml ends it, ./candles submit run --config sim.yaml");
  }

  @Test
  void whatHasTheOptionOrCannotHaveItIsLeftAsItIs() {
    Advice advice = Advice.of("sim.yaml", null);
    for (String text :
        new String[] {
          "./candles run --config other.yaml",
          "./candles cluster start",
          "'./candles bootstrap --skip-tests --config a.yaml'",
          "./candles demo"
        }) {
      assertThat(advice.in(text)).isEqualTo(text);
    }
    assertThat(Advice.PLAIN.in("./candles run")).isEqualTo("./candles run");
  }

  /** With the lake alone they would do it by the configuration of another. */
  @Test
  void whatNeedsTheConfigurationOfTheLakeAsksForIt() {
    Advice advice = Advice.of(null, "lake");
    String which = " (FILE: the configuration of that lake)";
    assertThat(advice.in("start one, ./candles run"))
        .isEqualTo("start one, ./candles run --config FILE --data-dir lake" + which);
    assertThat(advice.in("./candles forget okx/A-B, ./candles forget okx/C-D"))
        .isEqualTo(
            "./candles forget --config FILE --data-dir lake okx/A-B,"
                + " ./candles forget --config FILE --data-dir lake okx/C-D"
                + which);
    assertThat(advice.in("./candles stop ends it")).startsWith("./candles stop --config FILE ends");
    assertThat(advice.in("./candles gaps --open, ./candles qa"))
        .isEqualTo("./candles gaps --data-dir lake --open, ./candles qa --data-dir lake");
    assertThat(advice.in(advice.in("./candles run"))).isEqualTo(advice.in("./candles run"));
  }

  @Test
  void aWordIsReadBackByAShellAsItWas() {
    assertThat(Advice.quoted("/a/b-c_1.yaml")).isEqualTo("/a/b-c_1.yaml");
    assertThat(Advice.quoted("it's $HOME")).isEqualTo("'it'\\''s $HOME'");
    assertThat(Advice.quoted("")).isEqualTo("''");
    assertThat(Advice.of("a$1\\b.yaml", null).in("./candles qa"))
        .isEqualTo("./candles qa --config 'a$1\\b.yaml'");
  }
}
