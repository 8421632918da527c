package dev.candles.sources.source;

import dev.candles.core.feed.FeedEvent;
import dev.candles.sources.source.enumerator.EnumeratorState;
import dev.candles.sources.source.enumerator.EnumeratorStateSerializer;
import dev.candles.sources.source.enumerator.VenueEnumerator;
import dev.candles.sources.source.reader.VenueReader;
import dev.candles.sources.source.split.ConnectionSplit;
import dev.candles.sources.source.split.ConnectionSplitSerializer;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Everything that one venue tells, as feed events. Unbounded; keeps no position in any state. */
public final class VenueSource implements Source<FeedEvent, ConnectionSplit, EnumeratorState> {
  private final VenueSourceOptions options;

  public VenueSource(VenueSourceOptions options) {
    this.options = options;
  }

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.CONTINUOUS_UNBOUNDED;
  }

  @Override
  public SplitEnumerator<ConnectionSplit, EnumeratorState> createEnumerator(
      SplitEnumeratorContext<ConnectionSplit> context) {
    return new VenueEnumerator(context, options);
  }

  @Override
  public SplitEnumerator<ConnectionSplit, EnumeratorState> restoreEnumerator(
      SplitEnumeratorContext<ConnectionSplit> context, EnumeratorState state) {
    return new VenueEnumerator(context, options);
  }

  @Override
  public SimpleVersionedSerializer<ConnectionSplit> getSplitSerializer() {
    return new ConnectionSplitSerializer();
  }

  @Override
  public SimpleVersionedSerializer<EnumeratorState> getEnumeratorCheckpointSerializer() {
    return new EnumeratorStateSerializer();
  }

  @Override
  public SourceReader<FeedEvent, ConnectionSplit> createReader(SourceReaderContext context) {
    return new VenueReader(context, options);
  }
}
