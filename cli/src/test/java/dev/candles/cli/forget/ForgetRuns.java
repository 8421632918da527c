package dev.candles.cli.forget;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candles.cli.embedded.LakeHold;
import dev.candles.cli.embedded.RefusedException;
import dev.candles.core.lake.LakeWriteAccess;
import dev.candles.job.config.CollectorConfig;
import dev.candles.job.config.ConfigParser;
import dev.candles.sources.venue.Venues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Runs of {@code forget} that are killed at a step. */
abstract class ForgetRuns {
  static final LocalDate TODAY = LocalDate.parse("2026-02-01");
  static final String CONFIG = "venues: [{name: coinbase, symbols: [BTC-USD]}]\n";

  /** What the lease says of a collector of this machine that was killed. */
  private static String left = "";

  @TempDir Path temporary;
  final List<String> said = new ArrayList<>();

  /** What a kill does: no catch block of ours runs. */
  private static final class Kill extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** In another lake: what a lease says names none. */
  @BeforeAll
  static void kill(@TempDir Path other) throws IOException {
    try (LakeWriteAccess.Hold killed = LakeHold.lease(other).take("killed", true, why -> {})) {
      left = Files.readString(other.resolve(".state/lease"));
    }
  }

  /**
   * Of a lake whose last writer was killed and so has left its lease, which {@link Kill} gives
   * back. Whoever finds the lease of a dead writer of this machine has it at once; whoever finds
   * none pauses for a second, which would be minutes in all.
   */
  ForgetRun run(Path root, String config, Runnable step) throws Exception {
    Files.writeString(Files.createDirectories(root.resolve(".state")).resolve("lease"), left);
    CollectorConfig parsed =
        new ConfigParser(Venues.profiles(), System::currentTimeMillis)
            .parse("test", config, root)
            .withLake(root);
    return new ForgetRun(parsed, TODAY, said::add, step);
  }

  /** Runs until a step is reached; whether it was. */
  boolean killedAt(int step, Path root, String... words) throws Exception {
    int[] left = {step};
    try {
      run(
              root,
              CONFIG,
              () -> {
                if (left[0]-- == 0) {
                  throw new Kill();
                }
              })
          .forget(List.of(words));
      return false;
    } catch (Kill killed) {
      return true;
    }
  }

  void refused(Path root, String why, String word) throws Exception {
    assertThatThrownBy(() -> run(root, CONFIG, () -> {}).forget(List.of(word)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(why);
  }
}
