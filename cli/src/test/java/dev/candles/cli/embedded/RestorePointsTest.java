package dev.candles.cli.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.candles.job.codec.Codecs;
import dev.candles.job.sink.FlinkPath;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.state.StateFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.StateDescriptor;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.state.KeyGroupRangeOffsets;
import org.apache.flink.runtime.state.KeyGroupsStateHandle;
import org.apache.flink.runtime.state.KeyedBackendSerializationProxy;
import org.apache.flink.runtime.state.OperatorStateHandle.Mode;
import org.apache.flink.runtime.state.OperatorStateHandle.StateMetaInfo;
import org.apache.flink.runtime.state.OperatorStreamStateHandle;
import org.apache.flink.runtime.state.RegisteredKeyValueStateBackendMetaInfo;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.runtime.state.filesystem.FileStateHandle;
import org.apache.flink.runtime.state.memory.ByteStreamStateHandle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With metadata as Flink writes it. */
class RestorePointsTest {
  private static final String JOB = "a".repeat(32);
  private static final Path NONE = Path.of("none");

  @TempDir private Path temporary = Path.of("");
  private Path lake = Path.of("");

  @BeforeEach
  void lake() throws IOException {
    lake = Files.createDirectories(temporary.resolve("la ke%"));
    state(lake).sign(JOB);
  }

  @Test
  void theNewestIsTakenFirstThenTheNextOlderThenNone() throws Exception {
    Path older = checkpoint(1, lake);
    Path newest = checkpoint(2, lake);
    RestorePoints points = points(lake);
    assertThat(points.next()).contains(newest);
    assertThat(points.failed()).isFalse();
    points.fault(new IOException("spoilt"));
    assertThat(points.failed()).isTrue();
    assertThat(points.next()).contains(older);
    assertThat(points.next()).isEmpty();
    assertThat(points.another()).isFalse();
    points.fault(new IOException("nothing is left to try"));
    assertThat(points.failed()).isFalse();
  }

  @Test
  void metadataThatIsCutAnywhereIsPassedOver() throws Exception {
    Path older = checkpoint(1, lake);
    Path newest = checkpoint(2, lake);
    byte[] whole = Files.readAllBytes(newest.resolve("_metadata"));
    for (int length = 1; length < whole.length; length++) {
      Files.write(newest.resolve("_metadata"), java.util.Arrays.copyOf(whole, length));
      assertThat(points(lake).next()).as("%d bytes", length).contains(older);
    }
  }

  @Test
  void aFileThatIsGoneOrCutIsPassedOver() throws Exception {
    Path older = checkpoint(1, lake);
    checkpoint(2, lake);
    Path file = lake.resolve(".state/checkpoints/" + JOB + "/shared/2");
    Files.writeString(file, "hal");
    assertThat(points(lake).next()).contains(older);
    Files.delete(file);
    assertThat(points(lake).next()).contains(older);
    Files.delete(lake.resolve(".state/checkpoints/" + JOB + "/shared/1"));
    assertThat(points(lake).next()).isEmpty();
  }

  @Test
  void aCopyOfALakeNeverReadsTheOriginal() throws Exception {
    checkpoint(1, lake);
    Path copy = Files.createDirectories(temporary.resolve("copy"));
    try (var tree = Files.walk(lake)) {
      for (Path path : tree.toList()) {
        Path to = copy.resolve(lake.relativize(path).toString());
        if (!path.equals(lake)) {
          Files.copy(path, to);
        }
      }
    }
    assertThat(points(copy).next()).isEmpty();
    state(copy).sign(JOB); // even if it claimed them
    assertThat(points(copy).next()).isEmpty();
    assertThat(points(lake).next()).isPresent();
  }

  @Test
  void whatWasAskedForIsRefusedWithTheReason() throws Exception {
    Path spoilt = checkpoint(1, lake);
    assertThat(new RestorePoints(state(lake), spoilt).next()).contains(spoilt);
    assertThat(new RestorePoints(state(lake), NONE).next()).isEmpty();
    Files.writeString(spoilt.resolve("_metadata"), "x");
    assertThatThrownBy(() -> new RestorePoints(state(lake), spoilt))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("cannot restore " + spoilt + ": it cannot be read: ")
        .hasMessageContaining("--restore none is always safe");
    assertThatThrownBy(() -> new RestorePoints(state(lake), lake))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("it has no _metadata: " + lake);
  }

  @Test
  void aSignedSavepointWithAFlippedByteIsRefused() throws Exception {
    Path savepoint = state(lake).savepoints().resolve("savepoint-1");
    Files.createDirectories(savepoint);
    Files.copy(checkpoint(1, lake).resolve("_metadata"), savepoint.resolve("_metadata"));
    state(lake).signSavepoint(savepoint);
    assertThat(new RestorePoints(state(lake), savepoint).next()).contains(savepoint);
    byte[] whole = Files.readAllBytes(savepoint.resolve("_metadata"));
    for (int at = 0; at < whole.length; at++) {
      byte[] flipped = whole.clone();
      flipped[at] ^= 1;
      Files.write(savepoint.resolve("_metadata"), flipped);
      assertThatThrownBy(() -> new RestorePoints(state(lake), savepoint))
          .as("byte %d", at)
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("its file is not what it was when it was taken: file=")
          .hasMessageContaining("--restore none is always safe");
    }
  }

  /** As a later build would write it. */
  @Test
  void aStateOfAnUnknownVersionIsRefusedOrPassedOver() throws Exception {
    Path older = checkpoint(1, lake);
    Path newest = checkpoint(2, lake);
    keyed(newest, 1);
    assertThat(points(lake).next()).contains(newest);
    keyed(newest, 9);
    assertThat(points(lake).next()).contains(older);
    assertThatThrownBy(() -> new RestorePoints(state(lake), newest))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("'joint' has version 9, this build knows those up to 1")
        .hasMessageContaining("--restore none");
  }

  /** Writes metadata that holds the keyed state of one operator. */
  private static void keyed(Path checkpoint, int version) throws IOException {
    DataOutputSerializer header = new DataOutputSerializer(64);
    new KeyedBackendSerializationProxy<>(
            StringSerializer.INSTANCE,
            List.of(
                new RegisteredKeyValueStateBackendMetaInfo<>(
                        StateDescriptor.Type.VALUE,
                        "joint",
                        VoidNamespaceSerializer.INSTANCE,
                        Codecs.JOINT.serializer())
                    .snapshot()),
            false)
        .write(header);
    byte[] bytes = header.getCopyOfBuffer();
    byte[] codec = {0, 5, 'j', 'o', 'i', 'n', 't', 0, 0, 0, 1};
    int at = text(bytes).indexOf(text(codec));
    assertThat(at).as("the codec's name and version").isPositive();
    bytes[at + codec.length - 1] = (byte) version;
    OperatorState operator = new OperatorState("ledger", "ledger", new OperatorID(1, 2), 1, 128);
    operator.putState(
        0,
        OperatorSubtaskState.builder()
            .setManagedKeyedState(
                new KeyGroupsStateHandle(
                    new KeyGroupRangeOffsets(0, 127), new ByteStreamStateHandle("keyed", bytes)))
            .build());
    Path metadata = checkpoint.resolve("_metadata");
    FileTime written = Files.getLastModifiedTime(metadata);
    try (OutputStream out = Files.newOutputStream(metadata)) {
      Checkpoints.storeCheckpointMetadata(
          new CheckpointMetadata(1, List.of(operator), List.of()), out);
    }
    Files.setLastModifiedTime(metadata, written);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static RestorePoints points(Path lake) throws Exception {
    return new RestorePoints(state(lake), null);
  }

  private static StateFiles state(Path lake) {
    return new StateFiles(new LakeLayout(lake));
  }

  private static Path checkpoint(int number, Path lake) throws IOException {
    Path job = state(lake).checkpoints().resolve(JOB);
    Path file = Files.createDirectories(job.resolve("shared")).resolve(String.valueOf(number));
    Files.writeString(file, "whole");
    OperatorState operator = new OperatorState("sink", "sink", new OperatorID(1, 2), 1, 128);
    operator.putState(
        0,
        OperatorSubtaskState.builder()
            .setManagedOperatorState(
                new OperatorStreamStateHandle(
                    Map.of("s", new StateMetaInfo(new long[] {0}, Mode.SPLIT_DISTRIBUTE)),
                    new FileStateHandle(FlinkPath.of(file), Files.size(file))))
            .build());
    Path folder = Files.createDirectories(job.resolve("chk-" + number));
    Path metadata = folder.resolve("_metadata");
    try (OutputStream out = Files.newOutputStream(metadata)) {
      Checkpoints.storeCheckpointMetadata(
          new CheckpointMetadata(number, List.of(operator), List.of()), out);
    }
    Files.setLastModifiedTime(metadata, FileTime.fromMillis(number));
    return folder;
  }
}
