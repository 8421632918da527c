package dev.candles.job.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candles.core.candle.Evidence;
import dev.candles.core.candle.Ohlc;
import dev.candles.core.candle.TradeRange;
import dev.candles.core.candle.Volumes;
import dev.candles.core.finality.Version;
import java.io.IOException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackendLoader;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keyed state in Flink's backends, over builds that write a type in other ways. */
class CodecStateTest {
  private static final Version KEPT = Version.of(Samples.FULL);

  /** What a later build writes: it has lost the trade ids, and knows a field more. */
  private static final class Later extends Codec<Version> {
    private static final long serialVersionUID = 1;

    Later() {
      super("version", 2, Version.class);
    }

    @Override
    void write(Version version, DataOutputView out) throws IOException {
      out.writeDouble(version.prices().open());
      out.writeDouble(version.volumes().base());
      out.writeInt(version.revision());
      out.writeLong(7); // the new one
    }

    @Override
    Version read(int written, DataInputView in) throws IOException {
      if (written == 1) {
        Version before = Codecs.VERSION.read(written, in);
        return of(before.prices().open(), before.volumes().base(), before.revision());
      }
      Version now = of(in.readDouble(), in.readDouble(), in.readInt());
      assertThat(in.readLong()).isEqualTo(7);
      return now;
    }

    static Version of(double open, double volume, int revision) {
      return new Version(
          new Ohlc(open, open, open, open),
          Volumes.ofBase(volume),
          TradeRange.UNKNOWN,
          Evidence.REST,
          revision);
    }
  }

  /** Tells what it has kept of a key, and keeps what comes. */
  private static final class Keeper extends KeyedProcessFunction<String, String, Version> {
    private static final long serialVersionUID = 1;

    private final Codec<Version> codec;
    private transient ValueState<Version> value;
    private transient MapState<Long, Version> map;
    private transient ListState<Version> list;

    Keeper(Codec<Version> codec) {
      this.codec = codec;
    }

    @Override
    public void open(OpenContext context) {
      var runtime = getRuntimeContext();
      value = runtime.getState(new ValueStateDescriptor<>("value", codec.information()));
      map = runtime.getMapState(new MapStateDescriptor<>("map", Types.LONG, codec.information()));
      list = runtime.getListState(new ListStateDescriptor<>("list", codec.information()));
    }

    @Override
    public void processElement(String key, Context context, Collector<Version> out)
        throws Exception {
      if (value.value() != null) {
        out.collect(value.value());
        out.collect(map.get(1L));
        list.get().forEach(out::collect);
      }
      value.update(KEPT);
      map.put(1L, KEPT);
      list.add(KEPT);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rocksdb", "hashmap"})
  void aFieldThatComesOrGoesIsMigrated(String backend) throws Exception {
    OperatorSubtaskState old = snapshot(backend, Codecs.VERSION, null, 3);
    // two of the list, the second of which is written by the later build
    snapshot(backend, new Later(), old, 4 + 5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rocksdb", "hashmap"})
  void whatALaterBuildWroteIsRefusedWithTheWayOut(String backend) throws Exception {
    OperatorSubtaskState later = snapshot(backend, new Later(), null, 3);
    assertThatThrownBy(() -> snapshot(backend, Codecs.VERSION, later, 3))
        .rootCause()
        .isInstanceOf(UnreadableStateException.class)
        .hasMessageContaining("'version' has version 2, this build knows those up to 1")
        .hasMessageContaining("--restore none, which loses nothing");
  }

  @Test
  void aStateOfAnotherTypeIsRefused() throws Exception {
    OperatorSubtaskState old = snapshot("rocksdb", new Other(), null, 3);
    assertThatThrownBy(() -> snapshot("rocksdb", Codecs.VERSION, old, 3))
        .hasStackTraceContaining("StateMigrationException");
  }

  /** Known, but nothing that holds versions. */
  private static final class Other extends Codec<Version> {
    private static final long serialVersionUID = 1;

    Other() {
      super("joint", 1, Version.class);
    }

    @Override
    void write(Version version, DataOutputView out) throws IOException {
      Codecs.VERSION.write(version, out);
    }

    @Override
    Version read(int written, DataInputView in) throws IOException {
      return Codecs.VERSION.read(written, in);
    }
  }

  /**
   * Restores, reads and writes one key twice, and takes a snapshot.
   *
   * @param held how many versions are read
   */
  private static OperatorSubtaskState snapshot(
      String backend, Codec<Version> codec, @Nullable OperatorSubtaskState restored, int held)
      throws Exception {
    try (var harness =
        new KeyedOneInputStreamOperatorTestHarness<String, String, Version>(
            new KeyedProcessOperator<>(new Keeper(codec)), key -> key, Types.STRING)) {
      Configuration flink = new Configuration();
      flink.set(StateBackendOptions.STATE_BACKEND, backend);
      ClassLoader loader = CodecStateTest.class.getClassLoader();
      harness.setStateBackend(StateBackendLoader.loadStateBackendFromConfig(flink, loader, null));
      harness.setup(codec.serializer());
      if (restored != null) {
        harness.initializeState(restored);
      }
      harness.open();
      harness.processElement("key", 0);
      harness.processElement("key", 0);
      assertThat(harness.extractOutputValues())
          .hasSize(held)
          .allSatisfy(
              version -> {
                assertThat(version.prices().open()).isEqualTo(KEPT.prices().open());
                assertThat(version.volumes().base()).isEqualTo(KEPT.volumes().base());
                assertThat(version.revision()).isEqualTo(KEPT.revision());
              });
      return harness.snapshot(1, 1);
    }
  }
}
