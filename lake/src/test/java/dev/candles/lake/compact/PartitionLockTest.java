package dev.candles.lake.compact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.lake.disk.LockChannel;
import dev.candles.lake.layout.LakeLayout;
import java.io.File;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(600)
class PartitionLockTest {
  private static final String NAME = "coverage/2026-01-01";

  @TempDir Path root;
  private LakeLayout layout;
  private Path file;

  @BeforeEach
  void open() throws IOException {
    layout = new LakeLayout(root);
    file = Files.createDirectories(layout.state()).toRealPath().resolve("compaction.lock");
  }

  /** Another process: tries the lock and says how it went by its exit code. */
  static final class Foreign {
    public static void main(String[] args) throws IOException {
      boolean taken = PartitionLock.tryTake(new LakeLayout(Path.of(args[0])), NAME).isPresent();
      System.exit(taken ? 0 : 3);
    }
  }

  private int foreignTake() throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Foreign.class.getName(),
            root.toString())
        .inheritIO()
        .start()
        .waitFor();
  }

  /**
   * A job with a class loader of its own, as on a cluster, that has used the lake and has ended.
   */
  private WeakReference<ClassLoader> otherJob() throws Exception {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      urls.add(Path.of(entry).toUri().toURL());
    }
    try (URLClassLoader loader =
        new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      Class<?> copy = Class.forName(LockChannel.class.getName(), true, loader);
      assertThat(copy).isNotSameAs(LockChannel.class);
      assertThat(copy.getMethod("of", Path.class).invoke(null, file))
          .as("one channel per JVM")
          .isSameAs(LockChannel.of(file));
      return new WeakReference<>(loader);
    }
  }

  @Test
  void aSecondOneIsRefusedInThisProcessAndInAnother() throws Exception {
    try (PartitionLock lock = PartitionLock.tryTake(layout, NAME).orElseThrow()) {
      assertThat(PartitionLock.tryTake(layout, NAME)).isEmpty();
      PartitionLock.tryTake(layout, "coverage/2026-01-02").orElseThrow().close();
      assertThat(foreignTake()).isEqualTo(3);
    }
    assertThat(foreignTake()).isZero();
  }

  @Test
  void aLockOutlivesTheClassLoaderOfAnotherJobOfThisJvm() throws Exception {
    WeakReference<ClassLoader> other = otherJob();
    try (PartitionLock lock = PartitionLock.tryTake(layout, NAME).orElseThrow()) {
      long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(240);
      while (other.get() != null && System.nanoTime() < endNs) {
        System.gc();
        LockSupport.parkNanos(10_000_000);
      }
      assertThat(other.get()).as("the channel keeps no class loader").isNull();
      for (int i = 0; i < 3; i++) { // a channel that nobody keeps is closed some time after
        System.gc();
        assertThat(foreignTake()).isEqualTo(3);
      }
    }
  }
}
