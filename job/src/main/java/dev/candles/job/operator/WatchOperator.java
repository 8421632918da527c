package dev.candles.job.operator;

import dev.candles.core.watch.CheckpointFailures;
import dev.candles.core.watch.DiskStanding;
import dev.candles.core.watch.VenueGaps;
import dev.candles.core.watch.WatchNews;
import dev.candles.job.alert.AlertDelivery;
import dev.candles.job.alert.Notice;
import dev.candles.job.config.CollectorConfig;
import dev.candles.lake.disk.DiskWatch;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.state.ToldAlerts;
import dev.candles.sources.venue.VenueSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Has people told how things stand that are no venue's health, once on each change; decides nothing
 * (rules of {@code core/watch}). One task for the whole job. An operator and no function, because
 * it has timers before anything comes, and is told of checkpoints that fail.
 *
 * <p>Keeps no state: what was told last of each thing is noted in the lake, so the first word of an
 * attempt is told only where it is another one. Of what is not known yet nothing is said.
 */
public final class WatchOperator extends AbstractStreamOperator<Void>
    implements OneInputStreamOperator<WatchNews, Void> {
  private static final long serialVersionUID = 1;
  private static final long EVERY_REAL_MS = 1_000;

  private final CollectorConfig config;

  private transient DiskWatch disk;
  private transient LakeDisk steps;
  private transient AlertDelivery delivery;
  private transient Watches watches;

  public WatchOperator(CollectorConfig config) {
    this.config = config;
  }

  @Override
  public void open() throws Exception {
    super.open();
    arm();
    LakeLayout lake = new LakeLayout(config.lake().path());
    long realMs = getProcessingTimeService().getCurrentProcessingTime();
    Map<String, VenueGaps> gaps = gaps(config.clock().marketAt(realMs));
    steps = new LakeDisk();
    disk = DiskWatch.open(lake.root(), config.disk().bounds(), System::nanoTime);
    delivery = AlertDelivery.of(config.alerts(), new ToldAlerts(lake));
    watches =
        new Watches(gaps, new CheckpointFailures(config.alerts().checkpointFailures()), this::tell);
    LakeDisk.register(disk, getMetricGroup());
  }

  private Map<String, VenueGaps> gaps(long startMs) {
    Map<String, VenueGaps> gaps = new LinkedHashMap<>();
    for (VenueSettings venue : config.markets().venues()) {
      gaps.put(
          venue.name(),
          new VenueGaps(
              venue.name(),
              venue.symbols().size(),
              config.alerts().gapAfter().toMillis(),
              venue.profile().proofs().depth().toMillis(),
              startMs));
    }
    return gaps;
  }

  private void tell(Notice notice) {
    var unused = delivery.tell(notice);
  }

  private void arm() {
    var unused =
        getProcessingTimeService()
            .registerTimer(
                getProcessingTimeService().getCurrentProcessingTime() + EVERY_REAL_MS, this::look);
  }

  private void look(long realMs) {
    DiskStanding standing = disk.standing();
    if (standing.isKnown()) {
      steps.log(standing);
    }
    watches.look(standing, config.clock().marketAt(realMs));
    arm();
  }

  @Override
  public void processElement(StreamRecord<WatchNews> news) {
    news.getValue().dispatch(watches);
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    super.notifyCheckpointComplete(checkpointId);
    watches.checkpointCompleted();
  }

  @Override
  public void notifyCheckpointAborted(long checkpointId) throws Exception {
    super.notifyCheckpointAborted(checkpointId);
    watches.checkpointFailed();
  }

  @Override
  public void close() throws Exception {
    if (delivery != null) {
      delivery.close();
    }
    if (disk != null) {
      disk.close();
    }
    super.close();
  }
}
