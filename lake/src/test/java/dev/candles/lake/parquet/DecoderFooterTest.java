package dev.candles.lake.parquet;

import static dev.candles.lake.Samples.BTC;
import static dev.candles.lake.Samples.DAY;
import static dev.candles.lake.Samples.MINUTE;
import static dev.candles.lake.Samples.candle;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candles.lake.Samples;
import dev.candles.lake.parquet.decode.DecodedFile;
import dev.candles.lake.parquet.decode.UnfamiliarException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A whole footer that says something our writer does not say is left to the library. */
class DecoderFooterTest {
  /** What is otherwise. */
  enum Change {
    VERSION(footer -> footer.setVersion(2)),
    ROWS(footer -> footer.setNum_rows(3)),
    WRITER(footer -> footer.setCreated_by("another tool")),
    NO_ORDERS(FileMetaData::unsetColumn_orders),
    SCHEMA_TYPE(footer -> footer.getSchema().get(1).setType(Type.DOUBLE)),
    SCHEMA_NULLS(
        footer -> footer.getSchema().get(1).setRepetition_type(FieldRepetitionType.OPTIONAL)),
    COLUMN_LESS(footer -> footer.getSchema().remove(16)),
    NAME(footer -> footer.getSchema().get(1).setName("open_time_us")),
    GROUP_ROWS(footer -> footer.getRow_groups().get(0).setNum_rows(1)),
    CHUNK_LESS(footer -> footer.getRow_groups().get(0).getColumns().remove(16 - 1)),
    OTHER_FILE(footer -> footer.getRow_groups().get(0).getColumns().get(0).setFile_path("x")),
    CODEC(column -> column.setCodec(CompressionCodec.GZIP), 0),
    PLAIN_CODEC(column -> column.setCodec(CompressionCodec.UNCOMPRESSED), 0),
    ENCODING(column -> column.getEncodings().set(0, Encoding.DELTA_BINARY_PACKED), 0),
    TYPE(column -> column.setType(Type.DOUBLE), 0),
    VALUES(column -> column.setNum_values(1), 0),
    PATH(column -> column.getPath_in_schema().set(0, "close"), 0),
    START(column -> column.setData_page_offset(-1), 0),
    BEHIND(column -> column.setData_page_offset(1 << 30), 0),
    LONG(column -> column.setTotal_compressed_size(1L << 40), 0),
    SHORT(column -> column.setTotal_compressed_size(-1), 0),
    BLOOM(column -> column.setBloom_filter_offset(4), 0),
    NO_STATISTICS(ColumnMetaData::unsetStatistics, 0),
    SHORT_STATISTIC(column -> column.getStatistics().setMin_value(new byte[7]), 0),
    HALF_STATISTIC(column -> column.getStatistics().unsetMax_value(), 0);

    private final Consumer<FileMetaData> change;

    Change(Consumer<FileMetaData> change) {
      this.change = change;
    }

    Change(Consumer<ColumnMetaData> change, int column) {
      this(
          footer ->
              change.accept(footer.getRow_groups().get(0).getColumns().get(column).getMeta_data()));
    }
  }

  @TempDir Path root;

  private byte[] ours() throws IOException {
    Path file = Samples.write(root, candle(BTC, DAY, 0), candle(BTC, DAY + MINUTE, 0));
    return Files.readAllBytes(file);
  }

  private static byte[] changed(byte[] file, Consumer<FileMetaData> change) throws IOException {
    ByteBuffer tail = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int start = file.length - 8 - tail.getInt(file.length - 8);
    FileMetaData footer =
        Util.readFileMetaData(new ByteArrayInputStream(file, start, file.length - 8 - start));
    change.accept(footer);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(Arrays.copyOf(file, start));
    Util.writeFileMetaData(footer, out);
    int length = out.size() - start;
    out.write(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(length).array());
    out.write("PAR1".getBytes(StandardCharsets.US_ASCII));
    return out.toByteArray();
  }

  @Test
  void aFooterThatIsWrittenAgainIsStillOurs() throws IOException {
    new BothReaders(changed(ours(), footer -> {}), Schemas.CANDLE).agree();
  }

  @ParameterizedTest
  @EnumSource
  void anotherFooterIsLeftToTheLibrary(Change change) throws IOException {
    byte[] file = changed(ours(), change.change);
    assertThatThrownBy(() -> DecodedFile.open(file, Schemas.CANDLE))
        .isInstanceOf(UnfamiliarException.class);
  }
}
