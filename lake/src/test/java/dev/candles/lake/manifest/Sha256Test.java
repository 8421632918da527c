package dev.candles.lake.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.conscrypt.Conscrypt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Sha256Test {
  @TempDir Path folder;

  /** FIPS 180-4, the examples of one and of two blocks. */
  @Test
  void theStandardsExamplesComeOut() {
    assertThat(Sha256.of("abc"))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThat(Sha256.of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"))
        .isEqualTo("248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  }

  @Test
  void theNativeLibraryAgreesWithTheJdk() throws IOException {
    assumeTrue(Conscrypt.isAvailable(), "Conscrypt has no native library for this machine");
    Random random = new Random(7);
    Path file = folder.resolve("file");
    for (int i = 0; i < 200; i++) {
      byte[] bytes = new byte[random.nextInt(i < 150 ? 300 : 200_000)];
      random.nextBytes(bytes);
      Files.write(file, bytes);
      String jdk = HexFormat.of().formatHex(Sha256.digest(null).digest(bytes));
      assertThat(Sha256.of(bytes)).isEqualTo(jdk);
      assertThat(Sha256.of(file)).isEqualTo(jdk);
      assertThat(HexFormat.of().formatHex(Sha256.digest(Conscrypt.newProvider()).digest(bytes)))
          .isEqualTo(jdk);
    }
  }

  /** As a Flink cluster loads a job, and lets go of it when the job is over. */
  @Test
  void theClassLoaderOfAJobIsFreedAfterAHash() throws Exception {
    WeakReference<ClassLoader> job = hashInItsOwnClassLoader();
    long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(240);
    while (job.get() != null && System.nanoTime() < endNs) {
      System.gc();
      LockSupport.parkNanos(10_000_000);
    }
    assertThat(job.get()).isNull();
  }

  private static WeakReference<ClassLoader> hashInItsOwnClassLoader() throws Exception {
    List<URL> path = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      path.add(Path.of(entry).toUri().toURL());
    }
    URL[] urls = path.toArray(URL[]::new);
    try (URLClassLoader job = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
      Class<?> hashes = Class.forName(Sha256.class.getName(), true, job);
      assertThat(hashes.getMethod("of", String.class).invoke(null, "abc"))
          .isEqualTo(Sha256.of("abc"));
      return new WeakReference<>(job);
    }
  }

  @Test
  void aFileThatIsGoneIsAnError() {
    assertThatThrownBy(() -> Sha256.of(folder.resolve("absent")))
        .isInstanceOf(NoSuchFileException.class);
  }
}
