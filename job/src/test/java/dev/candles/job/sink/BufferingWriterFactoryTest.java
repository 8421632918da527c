package dev.candles.job.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Ohlc;
import dev.candles.core.candle.Provenance;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.candle.TradeRange;
import dev.candles.core.candle.Volumes;
import dev.candles.lake.layout.Partition;
import dev.candles.lake.parquet.CandleFiles;
import dev.candles.lake.parquet.LakeParquet;
import dev.candles.lake.parquet.OnePartition;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.serialization.BulkWriter;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.local.LocalDataOutputStream;
import org.apache.flink.formats.parquet.ParquetWriterFactory;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BufferingWriterFactoryTest {
  private static final StreamKey BTC = new StreamKey("okx", "BTC-USDT", Timeframe.M1);
  private static final StreamKey ETH = new StreamKey("okx", "ETH-USDT", Timeframe.M1);
  private static final long DAY = 1_767_571_200_000L;
  private static final long MINUTE = 60_000;
  private static final int PER_FILE = 3;
  private static final int PER_SUBTASK = 8;

  @TempDir private Path folder = Path.of("");

  /** The writers behind, and how many of them were opened. */
  private static final class CountedWriters implements BulkWriter.Factory<Candle> {
    private static final long serialVersionUID = 1L;

    private final BulkWriter.Factory<Candle> writers =
        new ParquetWriterFactory<>(LakeParquet::candles);
    private int opened;

    @Override
    public BulkWriter<Candle> create(FSDataOutputStream out) throws IOException {
      opened++;
      return writers.create(out);
    }
  }

  private final CountedWriters writers = new CountedWriters();
  private final BufferingWriterFactory<Candle> factory =
      new BufferingWriterFactory<>(writers, () -> new OnePartition()::admit, PER_FILE, PER_SUBTASK);

  private static Candle candle(StreamKey stream, int minute) {
    return new Candle(
        stream,
        DAY + minute * MINUTE,
        new Ohlc(1.5 + minute, 4.5 + minute, 0.25, 2.5),
        new Volumes(3.5, minute % 3 == 0 ? null : 7.5, null),
        new TradeRange(8L + minute, null, null),
        Provenance.first(Evidence.VENUE_FLAG, "ws", DAY + minute));
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  private static BulkWriter<Candle> open(BulkWriter.Factory<Candle> made, Path file)
      throws IOException {
    return made.create(new LocalDataOutputStream(file.toFile()));
  }

  private BulkWriter<Candle> fileOfOne(StreamKey stream, String name) throws IOException {
    BulkWriter<Candle> writer = open(factory, file(name));
    writer.addElement(candle(stream, 0));
    return writer;
  }

  private byte[] written(BulkWriter.Factory<Candle> made, String name, List<Candle> candles)
      throws IOException {
    try (FSDataOutputStream out = new LocalDataOutputStream(file(name).toFile())) {
      BulkWriter<Candle> writer = made.create(out);
      for (Candle candle : candles) {
        writer.addElement(candle);
      }
      writer.flush();
      writer.finish();
    }
    return Files.readAllBytes(file(name));
  }

  @Test
  void filesOfFewRowsHaveNoWriterUntilTheyAreClosed() throws IOException {
    List<BulkWriter<Candle>> files = new ArrayList<>();
    for (int i = 0; i < PER_SUBTASK; i++) {
      files.add(fileOfOne(BTC, "few-" + i));
    }
    for (BulkWriter<Candle> file : files) {
      file.flush();
    }
    assertThat(writers.opened).isZero();
    for (BulkWriter<Candle> file : files) {
      file.finish();
    }
    assertThat(writers.opened).isEqualTo(PER_SUBTASK);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, PER_FILE, PER_FILE + 1, 100, 1440})
  void theBytesAreThoseOfTheWriterAlone(int rows) throws IOException {
    List<Candle> candles = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      candles.add(candle(BTC, i));
    }
    byte[] kept = written(factory, "kept", candles);
    assertThat(kept).isEqualTo(written(writers, "direct", candles));
    assertThat(CandleFiles.read(file("kept"), Partition.of(BTC, DAY))).isEqualTo(candles);
  }

  @Test
  void rowsBeyondTheBoundOfAFileOpenItsWriter() throws IOException {
    BulkWriter<Candle> writer = open(factory, file("many"));
    for (int i = 0; i < PER_FILE; i++) {
      writer.addElement(candle(BTC, i));
    }
    assertThat(writers.opened).isZero();
    writer.addElement(candle(BTC, PER_FILE));
    assertThat(writers.opened).isEqualTo(1);
    writer.finish();
    assertThat(writers.opened).isEqualTo(1);
  }

  @Test
  void rowsBeyondTheBoundOfTheSubtaskOpenTheWriterOfTheirFile() throws IOException {
    List<BulkWriter<Candle>> files = new ArrayList<>();
    for (int i = 0; i < PER_SUBTASK; i++) {
      files.add(fileOfOne(BTC, "all-" + i));
    }
    assertThat(writers.opened).isZero();
    BulkWriter<Candle> over = fileOfOne(ETH, "over");
    assertThat(writers.opened).isEqualTo(1);
    over.finish();
    assertThat(writers.opened).isEqualTo(1);

    files.get(0).finish(); // gives back what it held
    assertThat(writers.opened).isEqualTo(2);
    BulkWriter<Candle> kept = fileOfOne(ETH, "kept");
    assertThat(writers.opened).isEqualTo(2);
    BulkWriter<Candle> overAgain = fileOfOne(ETH, "over-again");
    assertThat(writers.opened).isEqualTo(3);
    kept.finish();
    overAgain.finish();
    Partition ofEth = Partition.of(ETH, DAY);
    for (String name : List.of("over", "kept", "over-again")) {
      assertThat(CandleFiles.read(file(name), ofEth)).containsExactly(candle(ETH, 0));
    }
  }

  @Test
  void aFileThatOpensItsWriterGivesItsRowsBack() throws IOException {
    for (int round = 0; round < PER_SUBTASK; round++) {
      BulkWriter<Candle> writer = open(factory, file("round-" + round));
      for (int i = 0; i <= PER_FILE; i++) {
        writer.addElement(candle(BTC, i));
      }
    }
    assertThat(writers.opened).isEqualTo(PER_SUBTASK);
    BulkWriter<Candle> unused = fileOfOne(BTC, "later");
    assertThat(writers.opened).isEqualTo(PER_SUBTASK);
  }

  @Test
  void aCandleOfAnotherPartitionIsRefusedBeforeAWriterIsOpen() throws IOException {
    BulkWriter<Candle> writer = fileOfOne(BTC, "mixed");
    assertThatThrownBy(() -> writer.addElement(candle(ETH, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("another partition");
    assertThatThrownBy(() -> writer.addElement(candle(BTC, 1440)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not of this partition");
    assertThat(writers.opened).isZero();
    writer.finish();
    assertThat(CandleFiles.read(file("mixed"), Partition.of(BTC, DAY)))
        .containsExactly(candle(BTC, 0));
  }

  /**
   * What is allocated is an upper bound of what is held; a writer has some 80 KB for its columns.
   */
  @Test
  void aFileOfTheLakeHoldsNoWriterForOneRow() throws IOException {
    BulkWriter.Factory<Candle> files = LakeSinks.candleFiles();
    byte[] unused = written(files, "warm", List.of(candle(BTC, 0)));
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Candle row = candle(BTC, 0);
    try (FSDataOutputStream out = new LocalDataOutputStream(file("one").toFile())) {
      long before = threads.getCurrentThreadAllocatedBytes();
      BulkWriter<Candle> writer = files.create(out);
      writer.addElement(row);
      assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
      writer.finish();
    }
  }

  @Test
  void aCopyCountsForItself() throws Exception {
    BufferingWriterFactory<Candle> copy = InstantiationUtil.clone(factory);
    for (int i = 0; i < PER_SUBTASK; i++) {
      open(copy, file("copy-" + i)).addElement(candle(BTC, 0));
    }
    BulkWriter<Candle> unused = fileOfOne(BTC, "mine");
    assertThat(writers.opened).isZero();
  }
}
