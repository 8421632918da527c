package dev.candles.job.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CodecsTest {
  /** What each writes of {@link Samples}: another digest needs another version. */
  private static final Map<String, String> WRITTEN =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("accepted v1", "85ea7f8b65cf"),
              Map.entry("announcement v1", "73eb5bbf3d27"),
              Map.entry("candle v1", "751931d3a66d"),
              Map.entry("confirmation v1", "e91433d744f3"),
              Map.entry("coverage v1", "80170ef295ce"),
              Map.entry("feed v2", "4b885bbb564d"),
              Map.entry("gap v2", "2a5f345eb138"),
              Map.entry("health-news v1", "98e2e315c2d3"),
              Map.entry("health-signal v2", "14e2d203d811"),
              Map.entry("hole v1", "690df306f94f"),
              Map.entry("joint v1", "516c4f93e737"),
              Map.entry("kept-health v4", "763a2538527d"),
              Map.entry("ledger v1", "c8776a221d3a"),
              Map.entry("link v1", "643fe7b5d312"),
              Map.entry("live v1", "27be709b71f6"),
              Map.entry("recheck v1", "4a6a1b171842"),
              Map.entry("reject v1", "0c378950655a"),
              Map.entry("repair v1", "4aa20ec84718"),
              Map.entry("replayed v1", "0ddc924a0c4c"),
              Map.entry("rollup v1", "b31b1b4e1f36"),
              Map.entry("span v1", "0beb73e50436"),
              Map.entry("version v1", "492485738cd1"),
              Map.entry("watch-news v1", "383cbbac9536")));

  static List<Codec<?>> codecs() {
    return Codecs.all();
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void whatIsWrittenIsReadAgain(Codec<?> codec) throws IOException {
    for (Object value : samples(codec)) {
      DataInputDeserializer in = new DataInputDeserializer(written(codec, value));
      assertThat(codec.take(in)).usingRecursiveComparison().isEqualTo(value);
      assertThat(in.available()).as("bytes left").isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void everyKindIsAmongWhatIsTried(Codec<?> codec) {
    Set<Class<?>> tried = new HashSet<>();
    samples(codec).forEach(value -> tried.add(value.getClass()));
    assertThat(tried).containsExactlyInAnyOrderElementsOf(kinds(codec.type()).toList());
  }

  private static Stream<Class<?>> kinds(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(CodecsTest::kinds)
        : Stream.of(type);
  }

  /** Two digests of one version differ: a savepoint of before could not be read any more. */
  @Test
  void whatAVersionWritesStays() throws Exception {
    Map<String, String> written = new TreeMap<>();
    for (Codec<?> codec : Codecs.all()) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      for (Object value : samples(codec)) {
        bytes.write(written(codec, value));
      }
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
      written.put(codec.serializer().toString(), HexFormat.of().formatHex(digest).substring(0, 12));
    }
    assertThat(written).isEqualTo(WRITTEN);
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void whatIsCutIsNoValue(Codec<?> codec) throws IOException {
    for (Object value : samples(codec)) {
      byte[] whole = written(codec, value);
      for (int length = 0; length < whole.length; length++) {
        byte[] cut = Arrays.copyOf(whole, length);
        assertThatThrownBy(() -> codec.take(new DataInputDeserializer(cut)))
            .as("%d of %d bytes", length, whole.length)
            .isInstanceOf(IOException.class);
      }
    }
  }

  /** A garbled byte may make another value of the type, but never costs the memory or the job. */
  @ParameterizedTest
  @MethodSource("codecs")
  void whatIsGarbledIsAValueOrRefused(Codec<?> codec) throws IOException {
    SplittableRandom random = new SplittableRandom(codec.name().hashCode());
    for (Object value : samples(codec)) {
      byte[] whole = written(codec, value);
      for (int at = 0; at < whole.length; at++) {
        byte[] garbled = whole.clone();
        garbled[at] ^= (byte) (1 << random.nextInt(8));
        try {
          assertThat(codec.take(new DataInputDeserializer(garbled))).isInstanceOf(codec.type());
        } catch (IOException refused) {
          assertThat(refused).isNotNull();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void anotherVersionIsRefusedWithTheWayOut(Codec<?> codec) throws IOException {
    byte[] bytes = written(codec, samples(codec).get(0));
    for (int version : new int[] {0, codec.version() + 1, 255}) {
      bytes[0] = (byte) version;
      assertThatThrownBy(() -> codec.take(new DataInputDeserializer(bytes)))
          .isInstanceOf(UnreadableStateException.class)
          .hasMessage(
              "state cannot be read: '%s' has version %d, this build knows those up to %d; start"
                  + " with --restore none, which loses nothing: the lake says what is there",
              codec.name(), version, codec.version());
    }
  }

  @Test
  void anEmptyTagIsRefused() {
    for (Codec<?> codec : List.of(Codecs.FEED, Codecs.LEDGER, Codecs.ACCEPTED, Codecs.ROLLUP)) {
      assertThatThrownBy(() -> codec.take(new DataInputDeserializer(new byte[] {1, 99, 0, 0})))
          .isInstanceOf(IOException.class);
    }
    assertThatThrownBy(() -> Codecs.ROLLUP.take(new DataInputDeserializer(new byte[] {1, 99})))
        .hasMessageContaining("'rollup' is of kind 99, which is none");
  }

  /** Before its second version a signal that was no failure was a success. */
  @Test
  void aHealthSignalOfTheFirstVersionIsRead() throws IOException {
    for (Object signal : samples(Codecs.HEALTH)) {
      byte[] second = written(Codecs.HEALTH, signal);
      byte[] first = Arrays.copyOf(second, second.length - 1);
      first[0] = 1;
      var read = Codecs.HEALTH.take(new DataInputDeserializer(first));
      assertThat(read.success()).isEqualTo(read.failure() == null);
    }
  }

  @Test
  void aSavepointThatNamesAnUnknownCodecOrVersionIsRefused() throws IOException {
    assertThatThrownBy(() -> new CodecSnapshot<>().readSnapshot(1, named("candle", 9), loader()))
        .isInstanceOf(UnreadableStateException.class)
        .hasMessageContaining("'candle' has version 9, this build knows those up to 1");
    assertThatThrownBy(() -> new CodecSnapshot<>().readSnapshot(1, named("kline", 1), loader()))
        .isInstanceOf(UnreadableStateException.class)
        .hasMessageContaining("'kline' is nothing that this build knows");
    assertThatThrownBy(() -> new CodecSnapshot<>().readSnapshot(2, named("candle", 1), loader()))
        .isInstanceOf(UnreadableStateException.class)
        .hasMessageContaining("a layout has version 2");
  }

  private static ClassLoader loader() {
    return CodecsTest.class.getClassLoader();
  }

  private static DataInputDeserializer named(String name, int version) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeUTF(name);
      out.writeInt(version);
    }
    return new DataInputDeserializer(bytes.toByteArray());
  }

  private static List<?> samples(Codec<?> codec) {
    return Samples.all().getOrDefault(codec, List.of());
  }

  @SuppressWarnings("unchecked") // a sample of its own
  private static <T> byte[] written(Codec<T> codec, Object value) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    codec.put((T) value, out);
    return out.getCopyOfBuffer();
  }
}
