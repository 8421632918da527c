package dev.candles.lake.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(600)
class TemporaryFoldersTest {
  @TempDir private Path base = Path.of("");

  @Test
  void oneThatIsClosedLeavesNothing() throws IOException {
    try (TemporaryFolders.Held held = TemporaryFolders.make(base)) {
      Files.createDirectories(held.folder().resolve("deep/er"));
      Files.writeString(held.folder().resolve("deep/er/file"), "x");
    }
    assertThat(base).isEmptyDirectory();
  }

  @Test
  void whatAKilledProcessLeftGoesAndThatOfALivingOneStays() throws Exception {
    try (TemporaryFolders.Held own = TemporaryFolders.make(base);
        ChildJvm living = ChildJvm.start(Holder.class, base);
        ChildJvm killed = ChildJvm.start(Holder.class, base)) {
      Path alive = Path.of(living.line());
      Path dead = Path.of(killed.line());
      killed.close();
      assertThat(dead.resolve("file")).exists();
      try (TemporaryFolders.Held next = TemporaryFolders.make(base)) {
        assertThat(dead).doesNotExist();
        assertThat(alive.resolve("file")).exists();
        assertThat(names()).hasSize(6);
        assertThat(own.folder()).isDirectory();
        assertThat(next.folder()).isDirectory();
      }
    }
  }

  private List<Path> names() throws IOException {
    try (Stream<Path> all = Files.list(base)) {
      return all.toList();
    }
  }

  /** Makes one, says where, and waits to be killed. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] args) throws Exception {
      TemporaryFolders.Held held = TemporaryFolders.make(Path.of(args[0]));
      Files.writeString(held.folder().resolve("file"), "x");
      System.out.println(held.folder());
      while (System.in.read() >= 0) {
        // until the test kills us
      }
    }
  }
}
