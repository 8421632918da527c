package dev.candles.cli.embedded;

import dev.candles.job.codec.SavedState;
import dev.candles.job.codec.UnreadableStateException;
import dev.candles.job.sink.FlinkPath;
import dev.candles.lake.state.StateFiles;
import dev.candles.text.FailureText;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.state.IncrementalRemoteKeyedStateHandle;
import org.apache.flink.runtime.state.KeyGroupsStateHandle;
import org.apache.flink.runtime.state.OperatorStateHandle;
import org.apache.flink.runtime.state.StateObject;
import org.apache.flink.runtime.state.filesystem.FileStateHandle;

/**
 * Whether a checkpoint or savepoint can be restored: it was taken in this lake, its metadata can be
 * read, it has the bytes that it was signed with, every file that it names is in it or in the
 * lake's state, and whole, and this build knows what its state was written by.
 */
final class SnapshotCheck {
  private final StateFiles state;

  SnapshotCheck(StateFiles state) {
    this.state = state;
  }

  /** Why it cannot be restored; empty if nothing speaks against it. */
  Optional<String> fault(Path folder) {
    try {
      Optional<String> wrong = state.foreign(folder).or(() -> damage(folder));
      return wrong.isPresent() ? wrong : files(folder, metadata(folder));
    } catch (UnreadableStateException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    } catch (IOException | RuntimeException e) { // what is cut or garbled throws anything
      return Optional.of("it cannot be read: " + FailureText.of(e));
    }
  }

  private static Optional<String> damage(Path folder) {
    try {
      return StateFiles.damage(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CheckpointMetadata metadata(Path folder) throws IOException {
    try (DataInputStream in =
        new DataInputStream(
            new BufferedInputStream(Files.newInputStream(folder.resolve("_metadata"))))) {
      ClassLoader loader = SnapshotCheck.class.getClassLoader();
      return Checkpoints.loadCheckpointMetadata(in, loader, FlinkPath.text(folder));
    }
  }

  private Optional<String> files(Path folder, CheckpointMetadata metadata) throws IOException {
    List<StateObject> handles = new ArrayList<>();
    for (OperatorState operator : metadata.getOperatorStates()) {
      for (OperatorSubtaskState subtask : operator.getStates()) {
        parts(subtask).flatMap(SnapshotCheck::leaves).forEach(handles::add);
      }
    }
    Path own = folder.toRealPath();
    Path here = state.folder().toRealPath();
    for (StateObject handle : handles) {
      if (handle instanceof FileStateHandle file) {
        Optional<String> fault = file(file, own, here);
        if (fault.isPresent()) {
          return fault;
        }
      }
    }
    for (OperatorState operator : metadata.getOperatorStates()) {
      SavedState.requireReadable(operator);
    }
    return Optional.empty();
  }

  private static Stream<StateObject> parts(OperatorSubtaskState subtask) {
    return Stream.of(
            subtask.getManagedOperatorState(),
            subtask.getRawOperatorState(),
            subtask.getManagedKeyedState(),
            subtask.getRawKeyedState())
        .flatMap(handles -> handles.stream().map(StateObject.class::cast));
  }

  private static Stream<StateObject> leaves(StateObject handle) {
    if (handle instanceof OperatorStateHandle operator) {
      return Stream.of(operator.getDelegateStateHandle());
    }
    if (handle instanceof KeyGroupsStateHandle groups) {
      return Stream.of(groups.getDelegateStateHandle());
    }
    if (handle instanceof IncrementalRemoteKeyedStateHandle increments) {
      return Stream.concat(
          Stream.of(increments.getMetaDataStateHandle()), increments.streamSubHandles());
    }
    throw new IllegalStateException("state of a kind that is not known: " + handle.getClass());
  }

  private static Optional<String> file(FileStateHandle handle, Path own, Path here)
      throws IOException {
    Path path = FlinkPath.folder(handle.getFilePath().toString());
    if (!Files.isRegularFile(path)) {
      return Optional.of("its file is gone: " + path);
    }
    Path real = path.toRealPath();
    if (!real.startsWith(own) && !real.startsWith(here)) {
      return Optional.of("its file is not in this lake: " + path);
    }
    long size = Files.size(real);
    return size == handle.getStateSize()
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "its file has another size: file=%s, bytes=%d, expected=%d",
                path,
                size,
                handle.getStateSize()));
  }
}
