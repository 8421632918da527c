package dev.candles.job.codec;

import java.io.IOException;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.IncrementalRemoteKeyedStateHandle;
import org.apache.flink.runtime.state.KeyGroupsStateHandle;
import org.apache.flink.runtime.state.KeyedBackendSerializationProxy;
import org.apache.flink.runtime.state.KeyedStateHandle;
import org.apache.flink.runtime.state.StreamStateHandle;

/** What keyed state that was saved says of itself, before anybody restores it. */
public final class SavedState {
  private SavedState() {}

  /**
   * Reads by what the states of an operator were written, and none of them.
   *
   * @throws UnreadableStateException if this build does not know that
   * @throws IOException if it cannot be read
   */
  public static void requireReadable(OperatorState operator) throws IOException {
    for (OperatorSubtaskState subtask : operator.getStates()) {
      for (KeyedStateHandle keyed : subtask.getManagedKeyedState()) {
        if (keyed instanceof KeyGroupsStateHandle groups) {
          readHeader(groups.getDelegateStateHandle());
        } else if (keyed instanceof IncrementalRemoteKeyedStateHandle increments) {
          readHeader(increments.getMetaDataStateHandle());
        }
      }
    }
  }

  private static void readHeader(StreamStateHandle handle) throws IOException {
    ClassLoader loader = SavedState.class.getClassLoader();
    try (FSDataInputStream in = handle.openInputStream()) {
      new KeyedBackendSerializationProxy<>(loader).read(new DataInputViewStreamWrapper(in));
    }
  }
}
