package dev.candles.lake.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Random;
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

  @Test
  void aFileThatIsGoneIsAnError() {
    assertThatThrownBy(() -> Sha256.of(folder.resolve("absent")))
        .isInstanceOf(NoSuchFileException.class);
  }
}
