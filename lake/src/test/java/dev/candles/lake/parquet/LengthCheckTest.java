package dev.candles.lake.parquet;

import static dev.candles.lake.Samples.BTC;
import static dev.candles.lake.Samples.DAY;
import static dev.candles.lake.Samples.MINUTE;
import static dev.candles.lake.Samples.candle;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Provenance;
import dev.candles.lake.Samples;
import dev.candles.lake.parquet.decode.ColumnValues;
import dev.candles.lake.parquet.decode.TableFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.OutputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import shaded.parquet.org.apache.thrift.TException;
import shaded.parquet.org.apache.thrift.protocol.TCompactProtocol;
import shaded.parquet.org.apache.thrift.protocol.TField;
import shaded.parquet.org.apache.thrift.protocol.TList;
import shaded.parquet.org.apache.thrift.protocol.TProtocol;
import shaded.parquet.org.apache.thrift.protocol.TStruct;
import shaded.parquet.org.apache.thrift.transport.TIOStreamTransport;

/** What a file claims is held against its bytes, by us and before the library. */
class LengthCheckTest {
  private static final Path FILE = Path.of("claims.parquet");
  private static final short UNKNOWN = 99;

  /** Numbers of types. */
  private static final byte STRING = 11;

  private static final byte STRUCT = 12;
  private static final byte LIST = 15;

  @TempDir Path root;

  private interface Footer {
    void write(TProtocol out) throws TException;
  }

  private static byte[] file(byte[] before, byte[] footer) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(before);
    out.write(footer);
    ByteBuffer tail = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    tail.putInt(footer.length).put("PAR1".getBytes(StandardCharsets.US_ASCII));
    out.write(tail.array());
    return out.toByteArray();
  }

  private static byte[] file(Footer footer) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    footer.write(new TCompactProtocol(new TIOStreamTransport(out)));
    return file("PAR1".getBytes(StandardCharsets.US_ASCII), out.toByteArray());
  }

  /** A file of ours, with a footer that says something else. */
  private byte[] changed(Consumer<FileMetaData> change) throws IOException {
    Path ours = Samples.write(root, candle(BTC, DAY, 0), candle(BTC, DAY + MINUTE, 0));
    byte[] file = Files.readAllBytes(ours);
    int length = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(file.length - 8);
    int start = file.length - 8 - length;
    FileMetaData footer = Util.readFileMetaData(new ByteArrayInputStream(file, start, length));
    change.accept(footer);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Util.writeFileMetaData(footer, out);
    return file(Arrays.copyOf(file, start), out.toByteArray());
  }

  private static long rows(TableFile open) throws IOException {
    open.read(Schemas.CANDLE, 100, group -> {});
    return open.rows();
  }

  private static void refused(byte[] file, String why) {
    assertThatThrownBy(() -> OpenFile.read(FILE, file, Schemas.CANDLE, LengthCheckTest::rows))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessageContaining(FILE.toString())
        .hasMessageContaining(why);
  }

  @Test
  void aListOfMoreElementsThanBytesIsRefused() throws Exception {
    byte[] file =
        file(
            out -> {
              out.writeStructBegin(new TStruct());
              out.writeFieldBegin(new TField("schema", LIST, (short) 2));
              out.writeListBegin(new TList(STRUCT, 1_000));
              out.writeI64(1);
            });
    refused(file, "footer is refused: more elements than bytes: elements=1000, bytes=1");
  }

  @Test
  void aTextThatIsLongerThanTheFooterIsRefused() throws Exception {
    byte[] file =
        file(
            out -> {
              out.writeStructBegin(new TStruct());
              out.writeFieldBegin(new TField("created_by", STRING, (short) 6));
              out.writeByte((byte) 100);
            });
    refused(file, "footer is refused: ");
  }

  @Test
  void whatNestsTooDeepIsRefused() throws Exception {
    byte[] file =
        file(
            out -> {
              for (int i = 0; i < 20; i++) {
                out.writeStructBegin(new TStruct());
                out.writeFieldBegin(new TField("", STRUCT, UNKNOWN));
              }
            });
    refused(file, "footer is refused: nested too deep: max=16");
  }

  @Test
  void columnsThatAreLongerThanTheFileTogetherAreRefused() throws IOException {
    byte[] file =
        changed(
            footer ->
                footer
                    .getRow_groups()
                    .get(0)
                    .getColumns()
                    .forEach(column -> column.getMeta_data().setTotal_compressed_size(600)));
    refused(file, "columns are longer than the file");
  }

  @Test
  void aColumnThatEndsBeforeItsValuesIsRefused() throws IOException {
    byte[] file =
        changed(
            footer ->
                footer.getRow_groups().get(0).getColumns().get(0).getMeta_data().setNum_values(9));
    refused(file, "header of a page is refused: ");
  }

  @Test
  void aLongNameOfTheWriterIsRefused() throws IOException {
    refused(changed(footer -> footer.setCreated_by("x".repeat(2_000))), "name of the writer");
  }

  /** As the lake had them at first, and as some tools make them. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 1_000, 30_000})
  void filesOfTheSecondVersionAreRead(int rows) throws IOException {
    List<Candle> candles = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      candles.add(of(DAY + i % 1_440 * MINUTE, "source " + i * 7919, i));
    }
    BothReaders second =
        new BothReaders(written(candles, WriterVersion.PARQUET_2_0), Schemas.CANDLE);
    second.readsAs(new BothReaders(written(candles, WriterVersion.PARQUET_1_0), Schemas.CANDLE));
  }

  /** As tools make them that are fed minute by minute. */
  @Test
  void theFooterOfManyRowGroupsIsRead() throws IOException {
    assertThat(OpenFile.<Integer>byLibrary(FILE, ofRowGroups(600), open -> 1)).isOne();
    refused(ofRowGroups(1_200), "footer is refused: more fields and elements than are read");
  }

  private byte[] ofRowGroups(int groups) throws IOException {
    return changed(
        footer -> {
          RowGroup group = footer.getRow_groups().get(0);
          footer.setRow_groups(Collections.nCopies(groups, group));
        });
  }

  /** Names alternate where streams do, as in the rows of coverage. */
  @Test
  void namesThatAlternateCountOnce() throws IOException {
    assertThat(sources(written(ofSources(i -> i % 2), WriterVersion.PARQUET_1_0)))
        .isEqualTo(90_000);
    assertThat(sources(written(ofSources(i -> Math.min(i, 20_000)), WriterVersion.PARQUET_1_0)))
        .as("a run of one, after more than are shared")
        .isEqualTo(90_000);
    byte[] allDifferent = written(ofSources(i -> i), WriterVersion.PARQUET_1_0);
    assertThatThrownBy(() -> sources(allDifferent))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessageContaining("texts are too long: column=source");
  }

  private static List<Candle> ofSources(IntUnaryOperator number) {
    List<Candle> candles = new ArrayList<>();
    for (int i = 0; i < 90_000; i++) {
      String source = String.format(Locale.ROOT, "%0200d", number.applyAsInt(i));
      candles.add(of(DAY + i % 1_440 * MINUTE, source, i));
    }
    return candles;
  }

  private static Candle of(long openMs, String source, int row) {
    Candle candle = candle(BTC, openMs, row % 3);
    Provenance known = new Provenance(Evidence.REST, source, row, DAY + row);
    return new Candle(
        candle.stream(), openMs, candle.prices(), candle.volumes(), candle.trades(), known);
  }

  /** How many there are, all row groups together. */
  private static int sources(byte[] file) throws IOException {
    return OpenFile.byLibrary(
        FILE,
        file,
        open -> {
          List<String> all = new ArrayList<>();
          open.read(
              Schemas.CANDLE,
              100_000,
              group -> {
                ColumnValues values = group.column("source");
                for (int i = 0; i < group.rows(); i++) {
                  all.add(values.stringAt(i));
                }
              });
          return all.size();
        });
  }

  private byte[] written(List<Candle> candles, WriterVersion version) throws IOException {
    Path file = root.resolve(version + ".parquet");
    Files.deleteIfExists(file);
    try (ParquetWriter<Candle> writer =
        new Builder(new LocalOutputFile(file))
            .withConf(new PlainParquetConfiguration())
            .withCodecFactory(new Codecs())
            .withCompressionCodec(CompressionCodecName.ZSTD)
            .withWriterVersion(version)
            .withPageSize(16 << 10)
            .withDictionaryPageSize(4 << 10)
            .build()) {
      for (Candle candle : candles) {
        writer.write(candle);
      }
    }
    return Files.readAllBytes(file);
  }

  private static final class Builder extends ParquetWriter.Builder<Candle, Builder> {
    Builder(OutputFile file) {
      super(file);
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    @SuppressWarnings("deprecation") // abstract still
    protected WriteSupport<Candle> getWriteSupport(Configuration configuration) {
      return new CandleWriteSupport();
    }

    @Override
    protected WriteSupport<Candle> getWriteSupport(ParquetConfiguration configuration) {
      return new CandleWriteSupport();
    }
  }
}
