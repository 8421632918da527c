package dev.candles.cli.classes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OwnCommandTest {
  /** Whoever had to name another folder would be told of the usual one again, each night. */
  @Test
  void aProcessOfOursHasTheTemporaryFolderOfThisOne() throws Exception {
    String here = "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir");
    for (Family family : Family.values()) {
      assertThat(OwnCommand.of(family, List.of("-Djava.io.tmpdir=other"), List.of("qa")))
          .as("what is named for it alone comes later, and holds")
          .containsSubsequence(here, "-Djava.io.tmpdir=other", "qa");
    }
  }
}
