package dev.candles.lake.parquet;

import static dev.candles.lake.Samples.BTC;
import static dev.candles.lake.Samples.DAY;
import static dev.candles.lake.Samples.MINUTE;
import static dev.candles.lake.Samples.candle;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candles.core.candle.Candle;
import dev.candles.lake.layout.Partition;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StableFooterTest {
  private static final int TAIL_BYTES = 8;
  private static final List<Candle> ROWS =
      List.of(candle(BTC, DAY, 0), candle(BTC, DAY + MINUTE, 0), candle(BTC, DAY + 2 * MINUTE, 1));

  @TempDir Path root;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = root.resolve("merged.parquet");
    try (ParquetWriter<Candle> writer = LakeParquet.compacted(new LocalOutputFile(file))) {
      for (Candle row : ROWS) {
        writer.write(row);
      }
    }
  }

  /** The footer with every list of encodings shuffled, as another JVM might have written it. */
  private void asAnotherJvm(long seed) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int length =
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(bytes.length - TAIL_BYTES);
    int start = bytes.length - TAIL_BYTES - length;
    FileMetaData meta = Util.readFileMetaData(new ByteArrayInputStream(bytes, start, length));
    Random random = new Random(seed);
    for (ColumnChunk column : meta.getRow_groups().get(0).getColumns()) {
      List<Encoding> encodings = new ArrayList<>(column.getMeta_data().getEncodings());
      Collections.shuffle(encodings, random);
      column.getMeta_data().setEncodings(encodings);
    }
    ByteArrayOutputStream footer = new ByteArrayOutputStream();
    Util.writeFileMetaData(meta, footer);
    System.arraycopy(footer.toByteArray(), 0, bytes, start, length);
    Files.write(file, bytes);
  }

  @Test
  void theSameRowsGiveTheSameBytesInEveryJvm() throws IOException {
    StableFooter.settle(file);
    byte[] settled = Files.readAllBytes(file);
    int shuffled = 0;
    for (long seed = 0; seed < 20; seed++) {
      asAnotherJvm(seed);
      shuffled += Arrays.equals(Files.readAllBytes(file), settled) ? 0 : 1;
      StableFooter.settle(file);
      assertThat(Files.readAllBytes(file)).as("seed %d", seed).isEqualTo(settled);
    }
    assertThat(shuffled).as("footers in another order").isPositive();
    assertThat(CandleFiles.readWhole(file, Partition.of(BTC, DAY))).isEqualTo(ROWS);
  }

  @Test
  void whatIsNoParquetFileIsRefused() throws IOException {
    Files.write(file, new byte[] {1, 2, 3, 4, 0x7f, 0x7f, 0x7f, 0x7f, 9, 9, 9, 9});
    assertThatThrownBy(() -> StableFooter.settle(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("footer has an impossible length: file=" + file);
  }
}
