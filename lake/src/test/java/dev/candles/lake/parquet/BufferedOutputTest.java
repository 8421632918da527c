package dev.candles.lake.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BufferedOutputTest {
  @TempDir Path folder;

  @Test
  void whatIsWrittenInAnyPiecesArrivesWholeAndThePositionIsAlwaysRight() throws IOException {
    Random random = new Random(1);
    Path file = folder.resolve("file");
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    try (PositionOutputStream out = new BufferedOutput(new LocalOutputFile(file)).create(0)) {
      for (int i = 0; i < 2_000; i++) {
        byte[] bytes = new byte[random.nextInt(i % 100 == 0 ? 20_000 : 50)];
        random.nextBytes(bytes);
        if (i % 3 == 0 || bytes.length == 0) {
          out.write(i);
          expected.write(i);
        } else {
          out.write(bytes);
          expected.writeBytes(bytes);
        }
        assertThat(out.getPos()).isEqualTo(expected.size());
        if (i % 500 == 0) {
          out.flush();
        }
      }
    }
    assertThat(file).hasBinaryContent(expected.toByteArray());
  }

  @Test
  void aFullDiskIsToldAtTheClose() throws IOException {
    PositionOutputStream out = new BufferedOutput(new FullDisk()).create(0);
    out.write(1);
    assertThatThrownBy(out::close).isInstanceOf(IOException.class).hasMessage("disk full");
  }

  private static final class FullDisk implements OutputFile {
    @Override
    public PositionOutputStream create(long blockSizeHint) {
      return new PositionOutputStream() {
        @Override
        public long getPos() {
          return 0;
        }

        @Override
        public void write(int value) throws IOException {
          throw new IOException("disk full");
        }
      };
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSizeHint) {
      return create(blockSizeHint);
    }

    @Override
    public boolean supportsBlockSize() {
      return false;
    }

    @Override
    public long defaultBlockSize() {
      return 0;
    }
  }
}
