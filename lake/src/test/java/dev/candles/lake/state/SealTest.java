package dev.candles.lake.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealTest {
  @TempDir private Path savepoint = Path.of("");

  @BeforeEach
  void twoFiles() throws IOException {
    Files.writeString(savepoint.resolve("_metadata"), "metadata");
    Files.writeString(savepoint.resolve("1b2c"), "some state");
  }

  @Test
  void anUntouchedSavepointIsWholeSealedOrNot() throws IOException {
    assertThat(Seal.broken(savepoint)).as("not sealed").isEmpty();
    Seal.write(savepoint);
    Files.writeString(savepoint.resolve("_lake"), "signed later");
    assertThat(Seal.broken(savepoint)).isEmpty();
    Seal.write(savepoint);
    assertThat(Seal.broken(savepoint)).as("sealed once more").isEmpty();
  }

  @Test
  void oneBitAnywhereBreaksTheSeal() throws IOException {
    Seal.write(savepoint);
    for (String name : new String[] {"_metadata", "1b2c", "_sha256"}) {
      Path file = savepoint.resolve(name);
      byte[] whole = Files.readAllBytes(file);
      for (int at = 0; at < whole.length; at++) {
        byte[] flipped = whole.clone();
        flipped[at] ^= 1;
        Files.write(file, flipped);
        assertThat(Seal.broken(savepoint)).as("%s at %d", name, at).isPresent();
      }
      Files.write(file, whole);
    }
    assertThat(Seal.broken(savepoint)).isEmpty();
  }

  @Test
  void aFileThatIsGoneOrAnEmptySealIsNamed() throws IOException {
    Seal.write(savepoint);
    Files.delete(savepoint.resolve("1b2c"));
    assertThat(Seal.broken(savepoint)).hasValueSatisfying(why -> assertThat(why).endsWith("1b2c"));
    Files.writeString(savepoint.resolve("_sha256"), "");
    assertThat(Seal.broken(savepoint)).contains("its _sha256 is empty");
  }

  @Test
  void aSealThatIsLongerThanAnyOfOursIsBroken() throws IOException {
    Seal.write(savepoint);
    Path file = savepoint.resolve("_sha256");
    String whole = Files.readString(file);
    Files.writeString(file, whole.repeat(1 + (4 << 20) / whole.length()));
    assertThat(Seal.broken(savepoint))
        .hasValueSatisfying(why -> assertThat(why).contains("4194304"));
  }
}
