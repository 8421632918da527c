package dev.candles.sources.source.reader;

import dev.candles.core.feed.ConnectionEvent;
import dev.candles.core.feed.FeedEvent;
import dev.candles.core.time.VenueClock;
import dev.candles.sources.metrics.CollectorMetric;
import dev.candles.sources.source.CatalogueAnswer;
import dev.candles.sources.source.ClockOff;
import dev.candles.sources.source.ConnectShare;
import dev.candles.sources.source.FlinkJob;
import dev.candles.sources.source.VenueSourceOptions;
import dev.candles.sources.source.split.ConnectionSplit;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.core.io.InputStatus;

/**
 * Reads some connections of one venue. All on the mailbox thread but for what is named.
 *
 * <ol>
 *   <li>Connections are assigned, which is said at once, and wait for this attempt's first
 *       completed checkpoint: by then the restored committers have published what the lake is about
 *       to be asked for.
 *   <li>The scan thread proves that it sees the lake, reads it, once for all that wait, and hands
 *       over announcements.
 *   <li>Then each connection opens as soon as its own streams are announced. Socket threads fill
 *       its queues and wake the mailbox where a queue was empty; a timer thread wakes it ten times
 *       a second for whatever is due.
 *   <li>Meanwhile larger streams are fed again with what the lake holds of their parts: the scan
 *       thread reads what is recent, behind all announcements, and the replay thread what is old,
 *       as checkpoints allow. Nothing waits for it.
 *   <li>{@link #close} ends sockets and threads. Nothing is in any checkpoint.
 * </ol>
 */
public final class VenueReader implements SourceReader<FeedEvent, ConnectionSplit> {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final long TICK_REAL_MS = 100;
  private static final long UNSAID = Long.MIN_VALUE;
  private static final int SIGNALS_PER_POLL = 64;

  private final VenueSourceOptions options;
  private final String job;
  private final ReaderTime time;
  private final ReaderMetrics metrics;
  private final ReaderContext around;
  private final Availability availability = new Availability();
  private final AtomicBoolean ticked = new AtomicBoolean();
  private final LakeScanQueue scanNews = new LakeScanQueue(availability::wake);
  private final ArrayDeque<FeedEvent> pending = new ArrayDeque<>();
  private final List<ConnectionSplit> waiting = new ArrayList<>();
  private final ReplayPace pace = new ReplayPace();
  private final List<Connection> connections = new ArrayList<>();
  private final ScheduledExecutorService ticker;
  private final ExecutorService scanner;
  private final ExecutorService replayer;
  private int assigned;
  private boolean checkpointed;
  private final int subtask;
  private long saidOffsetMs = UNSAID;

  public VenueReader(SourceReaderContext context, VenueSourceOptions options) {
    this(context, options, ReaderTime.ofSystem(options.clock()), CONNECT_TIMEOUT);
  }

  VenueReader(
      SourceReaderContext context,
      VenueSourceOptions options,
      ReaderTime time,
      Duration connectTimeout) {
    this.options = options;
    this.job = FlinkJob.id(context.metricGroup());
    this.subtask = context.getIndexOfSubtask();
    this.time = time;
    this.metrics = new ReaderMetrics(context.metricGroup(), options.settings().name());
    this.around =
        ReaderContext.of(options, time, metrics, connectTimeout, availability::wake, pending::add);
    this.ticker = Executors.newSingleThreadScheduledExecutor(threads("tick"));
    this.scanner = Executors.newSingleThreadExecutor(threads("scan"));
    this.replayer = Executors.newSingleThreadExecutor(threads("replay"));
  }

  private ThreadFactory threads(String purpose) {
    return task -> {
      Thread thread = new Thread(task, "candles-" + purpose + "-" + options.settings().name());
      thread.setDaemon(true);
      return thread;
    };
  }

  @Override
  public void start() {
    var unused =
        ticker.scheduleWithFixedDelay(
            this::wakeForTick, TICK_REAL_MS, TICK_REAL_MS, TimeUnit.MILLISECONDS);
  }

  /** On the timer thread. */
  private void wakeForTick() {
    ticked.set(true);
    availability.wake();
  }

  @Override
  public void addSplits(List<ConnectionSplit> splits) {
    assigned += splits.size();
    for (ConnectionSplit split : splits) {
      pending.add(ConnectionEvent.begun(split.venue(), split.connection(), time.nowMs()));
      if (split.venueMs() != ConnectionSplit.UNKNOWN) {
        around.venueClock().answered(split.venueMs(), time.nowMs());
      }
    }
    if (checkpointed) {
      scan(splits);
    } else {
      waiting.addAll(splits);
    }
    availability.wake();
  }

  @Override
  public void handleSourceEvents(SourceEvent event) {
    if (event instanceof CatalogueAnswer answer) {
      pending.add(
          new ConnectionEvent(
              options.settings().name(),
              ConnectionEvent.REST,
              answer.error().isEmpty(),
              time.nowMs(),
              answer.error()));
      availability.wake();
    } else if (event instanceof ConnectShare share) {
      around.gate().share(share.place(), share.readers());
    }
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) {
    checkpointed = true;
    pace.refill();
    scan(waiting);
    waiting.clear();
  }

  private void scan(List<ConnectionSplit> splits) {
    if (!splits.isEmpty()) {
      long venueMs = around.venueClock().at(time.nowMs());
      LakeScan scan = new LakeScan(splits, options, job, venueMs);
      scanner.execute(() -> scanNews.run(scan));
    }
  }

  private void replay(List<ReplayPlan> plans) {
    LakeReplay recent = LakeReplay.ofRecent(options.lakeView(), plans);
    LakeReplay old = LakeReplay.ofOld(options.lakeView(), plans, pace);
    scanner.execute(() -> scanNews.run(recent));
    replayer.execute(() -> scanNews.run(old));
  }

  @Override
  public InputStatus pollNext(ReaderOutput<FeedEvent> output) throws IOException {
    if (pending.isEmpty()) {
      tickIfDue();
      takeScanNews();
      advanceConnections();
    }
    FeedEvent event = pending.poll();
    if (event != null) {
      output.collect(event);
    }
    return hasWork() ? InputStatus.MORE_AVAILABLE : InputStatus.NOTHING_AVAILABLE;
  }

  private void tickIfDue() {
    if (ticked.compareAndSet(true, false)) {
      passTime();
      tickConnections();
      metrics.queued(connections.stream().mapToInt(Connection::queued).sum());
      tellConnections();
    }
  }

  /**
   * The venue's pace lets one connect at a time: those without a link are asked first, and of them
   * whoever has waited longest.
   */
  private void tickConnections() {
    connections.stream()
        .sorted(
            Comparator.comparing(Connection::hasLink).thenComparingLong(Connection::waitsSinceMs))
        .forEach(Connection::tick);
  }

  /** A split that waits for the lake to be announced is a connection that is being made. */
  private void tellConnections() {
    List<Connection> others = connections.stream().filter(c -> !c.isLive()).toList();
    int live = connections.size() - others.size();
    boolean scanning = connections.size() < assigned;
    long steadyMs = time.steadyMs();
    long nextMs = others.stream().mapToLong(c -> c.connectsInMs(steadyMs)).min().orElse(0);
    metrics.connections(
        assigned,
        live,
        live == assigned ? CollectorMetric.NEVER_MS : time.nowMs() + (scanning ? 0 : nextMs));
  }

  private void passTime() {
    VenueClock clock = around.venueClock();
    clock.ticked(time.nowMs(), time.steadyMs());
    metrics.clockOffset(clock.offsetMs());
    clock.news().ifPresent(offMs -> ClockOff.warn(options.settings().name(), offMs));
    if (clock.isJudged() && clock.toldMs() != saidOffsetMs) {
      saidOffsetMs = clock.toldMs();
      pending.add(new FeedEvent.ClockOffset(options.settings().name(), subtask, saidOffsetMs));
    }
  }

  private void takeScanNews() throws IOException {
    LakeScanResult news = scanNews.poll();
    if (news instanceof LakeScanResult.Event announced) {
      pending.add(announced.event());
    } else if (news instanceof LakeScanResult.Done done) {
      connections.add(new Connection(done.split(), done.announcedToMs(), around));
      replay(done.replays());
    } else if (news instanceof LakeScanResult.Failed failed) {
      throw new IOException(
          "lake cannot be read: venue=" + options.settings().name(), failed.cause());
    }
  }

  /** Bounded, so that checkpoints and timers of the task get their turn. */
  private void advanceConnections() {
    for (Connection connection : connections) {
      connection.advance(SIGNALS_PER_POLL);
    }
  }

  private boolean hasWork() {
    if (!pending.isEmpty() || ticked.get() || !scanNews.isEmpty()) {
      return true;
    }
    for (Connection connection : connections) {
      if (connection.hasWork()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    return availability.future(this::hasWork);
  }

  /** Splits are definitions and are assigned anew to every attempt. */
  @Override
  public List<ConnectionSplit> snapshotState(long checkpointId) {
    return List.of();
  }

  @Override
  public void notifyNoMoreSplits() {}

  @Override
  public void close() {
    ticker.shutdownNow();
    scanner.shutdownNow();
    replayer.shutdownNow();
    connections.forEach(Connection::close);
  }
}
