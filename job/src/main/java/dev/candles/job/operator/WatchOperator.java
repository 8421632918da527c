package dev.candles.job.operator;

import dev.candles.core.watch.CheckpointFailures;
import dev.candles.core.watch.DiskLevel;
import dev.candles.core.watch.DiskStanding;
import dev.candles.core.watch.VenueGaps;
import dev.candles.core.watch.WatchNews;
import dev.candles.job.alert.AlertDelivery;
import dev.candles.job.config.CollectorConfig;
import dev.candles.lake.disk.DiskWatch;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.state.ToldAlerts;
import dev.candles.sources.metrics.CollectorMetric;
import dev.candles.sources.venue.VenueSettings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Has people told how things stand that are no venue's health, once on each change; decides nothing
 * (rules of {@code core/watch}). One task for the whole job. An operator and no function, because
 * it has timers before anything comes, and is told of checkpoints that fail.
 *
 * <p>Keeps no state: what was told last of each thing is noted in the lake, so the first word of an
 * attempt is told only where it is another one. Of what is not known yet nothing is said. Failed
 * checkpoints are counted on over the attempts that run in this JVM: Flink starts the job again
 * after a few.
 */
public final class WatchOperator extends AbstractStreamOperator<Void>
    implements OneInputStreamOperator<WatchNews, Void> {
  private static final long serialVersionUID = 1;
  private static final long EVERY_REAL_MS = 1_000;

  /** No gap is old sooner, where market time is fast: the job has to start. */
  private static final long OLD_REAL_MS = 60_000;

  /** By the folder of the lake, for as long as the JVM runs. */
  private static final Map<Path, CheckpointFailures> FAILURES = new ConcurrentHashMap<>();

  private final CollectorConfig collector;

  private transient @Nullable Opened opened;

  /** What there is between opening and closing. */
  private record Opened(DiskWatch disk, LakeDisk steps, AlertDelivery delivery, Watches watches) {}

  public WatchOperator(CollectorConfig collector) {
    this.collector = collector;
  }

  @Override
  public void open() throws Exception {
    super.open();
    LakeLayout lake = new LakeLayout(collector.lake().path());
    long realMs = getProcessingTimeService().getCurrentProcessingTime();
    DiskWatch disk = DiskWatch.open(lake.root(), collector.disk().bounds(), System::nanoTime);
    LongSupplier nowMs = () -> collector.clock().marketAt(System.currentTimeMillis());
    AlertDelivery delivery = AlertDelivery.of(collector.alerts(), new ToldAlerts(lake, nowMs));
    Watches watches =
        new Watches(
            gaps(collector.clock().marketAt(realMs)),
            failures(lake.root(), disk),
            delivery::tellAll);
    opened = new Opened(disk, new LakeDisk(), delivery, watches);
    LakeDisk.register(disk, getMetricGroup());
    long intervalMs = collector.checkpoints().interval().toMillis();
    CollectorMetric.CHECKPOINT_INTERVAL_MS.gauge(
        CollectorMetric.lake(getMetricGroup()), () -> intervalMs);
    look(realMs); // at once: an attempt may not live for long
  }

  /** Those of a disk that was full are told as such. */
  private CheckpointFailures failures(Path lake, DiskWatch disk) {
    int most = collector.alerts().checkpointFailures();
    CheckpointFailures failures =
        FAILURES.computeIfAbsent(lake, folder -> new CheckpointFailures(most));
    if (!disk.stops(DiskLevel.NO_CHECKPOINTS)) {
      failures.begin();
    }
    return failures;
  }

  private Opened opened() {
    return Objects.requireNonNull(opened, "not open");
  }

  private Map<String, VenueGaps> gaps(long startMs) {
    Map<String, VenueGaps> gaps = new LinkedHashMap<>();
    for (VenueSettings venue : collector.markets().venues()) {
      gaps.put(
          venue.name(),
          new VenueGaps(
              venue.name(),
              venue.symbols().size(),
              collector.clock().atLeast(collector.alerts().gapAfter().toMillis(), OLD_REAL_MS),
              venue.profile().proofs().depth().toMillis(),
              startMs));
    }
    return gaps;
  }

  private void arm() {
    var unused =
        getProcessingTimeService()
            .registerTimer(
                getProcessingTimeService().getCurrentProcessingTime() + EVERY_REAL_MS, this::look);
  }

  private void look(long realMs) {
    DiskStanding standing = opened().disk.standing();
    if (standing.isKnown()) {
      opened().steps.log(standing);
    }
    opened().watches.look(standing, collector.clock().marketAt(realMs));
    arm();
  }

  @Override
  public void processElement(StreamRecord<WatchNews> news) {
    news.getValue().dispatch(opened().watches);
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    super.notifyCheckpointComplete(checkpointId);
    opened().watches.checkpointCompleted();
  }

  @Override
  public void notifyCheckpointAborted(long checkpointId) throws Exception {
    super.notifyCheckpointAborted(checkpointId);
    opened().watches.checkpointFailed();
  }

  @Override
  public void close() throws Exception {
    Opened last = opened;
    if (last != null) {
      last.delivery.close();
      last.disk.close();
    }
    super.close();
  }
}
