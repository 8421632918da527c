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
import java.util.function.Consumer;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageEncodingStats;
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

  /**
   * The footer with every list of encodings shuffled, as another JVM might have written it.
   *
   * @return whether those of pages are in another order
   */
  private boolean asAnotherJvm(long seed) throws IOException {
    Random random = new Random(seed);
    boolean[] pagesMoved = new boolean[1];
    footer(
        column -> {
          ColumnMetaData meta = column.getMeta_data();
          List<Encoding> encodings = new ArrayList<>(meta.getEncodings());
          Collections.shuffle(encodings, random);
          meta.setEncodings(encodings);
          List<PageEncodingStats> pages = new ArrayList<>(meta.getEncoding_stats());
          Collections.shuffle(pages, random);
          pagesMoved[0] |= !pages.equals(meta.getEncoding_stats());
          meta.setEncoding_stats(pages);
        });
    return pagesMoved[0];
  }

  /** Changes every column of the footer. */
  private void footer(Consumer<ColumnChunk> change) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int length =
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(bytes.length - TAIL_BYTES);
    int start = bytes.length - TAIL_BYTES - length;
    FileMetaData meta = Util.readFileMetaData(new ByteArrayInputStream(bytes, start, length));
    meta.getRow_groups().get(0).getColumns().forEach(change);
    ByteArrayOutputStream footer = new ByteArrayOutputStream();
    Util.writeFileMetaData(meta, footer);
    ByteBuffer changed =
        ByteBuffer.allocate(start + footer.size() + TAIL_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    changed.put(bytes, 0, start).put(footer.toByteArray()).putInt(footer.size());
    Files.write(file, changed.put(bytes, bytes.length - 4, 4).array());
  }

  @Test
  void theSameRowsGiveTheSameBytesInEveryJvm() throws IOException {
    StableFooter.settle(file);
    byte[] settled = Files.readAllBytes(file);
    int shuffled = 0;
    int pages = 0;
    for (long seed = 0; seed < 20; seed++) {
      pages += asAnotherJvm(seed) ? 1 : 0;
      shuffled += Arrays.equals(Files.readAllBytes(file), settled) ? 0 : 1;
      StableFooter.settle(file);
      assertThat(Files.readAllBytes(file)).as("seed %d", seed).isEqualTo(settled);
    }
    assertThat(shuffled).as("footers in another order").isPositive();
    assertThat(pages).as("footers with the encodings of pages in another order").isPositive();
    assertThat(CandleFiles.readWhole(file, Partition.of(BTC, DAY))).isEqualTo(ROWS);
  }

  /** "PARE" instead of "PAR1": the footer itself is encrypted. */
  @Test
  void whatDoesNotEndAsAParquetFileIsRefusedAndLeftAsItIs() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] = 'E';
    Files.write(file, bytes);
    refused("not a Parquet file: file=" + file + ", magic=50415245");
    assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
  }

  @Test
  void anImpossibleLengthIsRefused() throws IOException {
    Files.write(file, new byte[] {1, 2, 3, 4, 0x7f, 0x7f, 0x7f, 0x7f, 'P', 'A', 'R', '1'});
    refused("footer has an impossible length: file=" + file);
  }

  @Test
  void anEncryptedColumnIsRefused() throws IOException {
    footer(ColumnChunk::unsetMeta_data);
    refused("column is encrypted: offset=");
  }

  private void refused(String message) {
    assertThatThrownBy(() -> StableFooter.settle(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(message);
  }
}
