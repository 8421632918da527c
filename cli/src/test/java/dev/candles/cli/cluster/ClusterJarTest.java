package dev.candles.cli.cluster;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candles.cli.embedded.RefusedException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterJarTest {
  @TempDir private Path folder;

  @Test
  void aClassOfAnotherBuildIsNamed() throws Exception {
    Path jar = jar("dev/candles/job/CollectorMain.class", "another");

    assertRefused(jar, "dev/candles/job/CollectorMain.class differs");
  }

  @Test
  void aClassThatThisProgramDoesNotHaveIsNamed() throws Exception {
    assertRefused(jar("dev/candles/job/Older.class", "x"), "dev/candles/job/Older.class differs");
  }

  @Test
  void aJarOfSomethingElseAndNoJarAtAllAreRefused() throws Exception {
    assertRefused(jar("org/example/A.class", "x"), "0 classes of it");
    assertRefused(Files.writeString(folder.resolve("text.jar"), "no jar"), "not of this build");
  }

  private static void assertRefused(Path jar, String why) {
    assertThatThrownBy(() -> ClusterJar.of(jar))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(jar.toString())
        .hasMessageContaining(why);
  }

  private Path jar(String entry, String content) throws Exception {
    Path file = folder.resolve("a.jar");
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out)) {
      jar.putNextEntry(new JarEntry(entry));
      jar.write(content.getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }
}
