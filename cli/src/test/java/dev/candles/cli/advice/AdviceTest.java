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

  @Test
  void aWordIsReadBackByAShellAsItWas() {
    assertThat(Advice.quoted("/a/b-c_1.yaml")).isEqualTo("/a/b-c_1.yaml");
    assertThat(Advice.quoted("it's $HOME")).isEqualTo("'it'\\''s $HOME'");
    assertThat(Advice.quoted("")).isEqualTo("''");
    assertThat(Advice.of("a$1\\b.yaml", null).in("./candles qa"))
        .isEqualTo("./candles qa --config 'a$1\\b.yaml'");
  }
}
