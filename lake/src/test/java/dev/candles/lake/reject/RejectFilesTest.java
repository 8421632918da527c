package dev.candles.lake.reject;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.lake.layout.LakeLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RejectFilesTest {
  @TempDir private Path root = Path.of("");

  @Test
  void daysThatEndedBeforeGoWholeAndNothingElse() throws IOException {
    for (String day : new String[] {"date=2026-01-07", "date=2026-01-08", "date=2026-01-09", "x"}) {
      Files.createDirectories(root.resolve("rejects").resolve(day));
      Files.writeString(root.resolve("rejects").resolve(day).resolve("c-1-0.jsonl"), "{}\n");
    }
    Files.createDirectories(root.resolve("coverage/date=2026-01-01"));
    long before = Instant.parse("2026-01-09T00:00:00Z").toEpochMilli();
    assertThat(RejectFiles.deleteBefore(new LakeLayout(root), before - 1)).isEqualTo(1);
    assertThat(RejectFiles.deleteBefore(new LakeLayout(root), before + 1)).isEqualTo(1);
    try (Stream<Path> left = Files.list(root.resolve("rejects"))) {
      assertThat(left.map(p -> p.getFileName().toString()))
          .containsExactlyInAnyOrder("date=2026-01-09", "x");
    }
    assertThat(root.resolve("coverage/date=2026-01-01")).isDirectory();
    assertThat(RejectFiles.deleteBefore(new LakeLayout(root.resolve("none")), before)).isZero();
  }
}
