package dev.candles.job;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.StateObjectCollection;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.state.KeyGroupsSavepointStateHandle;
import org.apache.flink.runtime.state.KeyGroupsStateHandle;
import org.apache.flink.runtime.state.KeyedStateHandle;
import org.apache.flink.runtime.state.OperatorStateHandle;
import org.apache.flink.runtime.state.OperatorStreamStateHandle;
import org.apache.flink.runtime.state.StreamStateHandle;
import org.apache.flink.runtime.state.memory.ByteStreamStateHandle;

/** A canonical savepoint as one file that names no other, so that it can lie anywhere. */
final class InlineSavepoint {
  private int handles;

  private InlineSavepoint() {}

  /** Reads a savepoint's metadata. */
  static CheckpointMetadata read(Path savepoint) throws IOException {
    Path file = savepoint.resolve("_metadata");
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      ClassLoader loader = InlineSavepoint.class.getClassLoader();
      return Checkpoints.loadCheckpointMetadata(in, loader, savepoint.toString());
    }
  }

  /** Writes {@code savepoint} once more, into one file in the new folder {@code target}. */
  static void write(Path savepoint, Path target) throws IOException {
    CheckpointMetadata from = read(savepoint);
    InlineSavepoint inline = new InlineSavepoint();
    List<OperatorState> operators = new ArrayList<>();
    for (OperatorState operator : from.getOperatorStates()) {
      operators.add(inline.operator(operator));
    }
    Files.createDirectories(target);
    try (OutputStream out = Files.newOutputStream(target.resolve("_metadata"))) {
      Checkpoints.storeCheckpointMetadata(
          new CheckpointMetadata(from.getCheckpointId(), operators, List.of()), out);
    }
  }

  private OperatorState operator(OperatorState from) throws IOException {
    OperatorState operator =
        new OperatorState(
            from.getOperatorName().orElse(null),
            from.getOperatorUid().orElse(null),
            from.getOperatorID(),
            from.getParallelism(),
            from.getMaxParallelism());
    operator.setCoordinatorState(from.getCoordinatorState());
    for (var subtask : from.getSubtaskStates().entrySet()) {
      operator.putState(subtask.getKey(), subtask(subtask.getValue()));
    }
    return operator;
  }

  private OperatorSubtaskState subtask(OperatorSubtaskState from) throws IOException {
    return OperatorSubtaskState.builder()
        .setManagedOperatorState(operators(from.getManagedOperatorState()))
        .setRawOperatorState(operators(from.getRawOperatorState()))
        .setManagedKeyedState(keyed(from.getManagedKeyedState()))
        .setRawKeyedState(keyed(from.getRawKeyedState()))
        .build();
  }

  private StateObjectCollection<OperatorStateHandle> operators(
      StateObjectCollection<OperatorStateHandle> from) throws IOException {
    List<OperatorStateHandle> all = new ArrayList<>();
    for (OperatorStateHandle handle : from) {
      all.add(
          new OperatorStreamStateHandle(
              handle.getStateNameToPartitionOffsets(), bytes(handle.getDelegateStateHandle())));
    }
    return new StateObjectCollection<>(all);
  }

  private StateObjectCollection<KeyedStateHandle> keyed(
      StateObjectCollection<KeyedStateHandle> from) throws IOException {
    List<KeyedStateHandle> all = new ArrayList<>();
    for (KeyedStateHandle handle : from) {
      KeyGroupsStateHandle groups = (KeyGroupsStateHandle) handle;
      all.add(
          new KeyGroupsSavepointStateHandle(
              groups.getGroupRangeOffsets(), bytes(groups.getDelegateStateHandle())));
    }
    return new StateObjectCollection<>(all);
  }

  private StreamStateHandle bytes(StreamStateHandle from) throws IOException {
    try (InputStream in = from.openInputStream()) {
      return new ByteStreamStateHandle("state-" + handles++, in.readAllBytes());
    }
  }
}
