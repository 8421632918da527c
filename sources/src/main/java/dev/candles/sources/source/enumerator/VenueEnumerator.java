package dev.candles.sources.source.enumerator;

import dev.candles.core.candle.Market;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.lake.LakeWriteAccess;
import dev.candles.sources.metrics.CollectorMetric;
import dev.candles.sources.source.CatalogueAnswer;
import dev.candles.sources.source.ClockOff;
import dev.candles.sources.source.ConnectShare;
import dev.candles.sources.source.FlinkJob;
import dev.candles.sources.source.VenueSourceOptions;
import dev.candles.sources.source.split.ConnectionSplit;
import dev.candles.sources.transport.Backoff;
import dev.candles.sources.transport.RestClient;
import dev.candles.text.FailureText;
import dev.candles.text.LogValue;
import dev.candles.text.OneLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which connections there are and which reader keeps which. All on Flink's coordinator
 * thread but for what is named.
 *
 * <ol>
 *   <li>{@link #start} takes the lake; if it is refused, or lost later, the job fails with the
 *       reason.
 *   <li>The catalogue is fetched on a worker thread, retried for ever; a venue that is down delays
 *       its own streams and nothing else. The first failure writes down where their history starts,
 *       and each is told to a reader, for the venue's health.
 *   <li>Each reader gets its connections when both it and the plan are there, anew whenever it
 *       registers again, with the venue's time as the catalogue's answer told it and its share of
 *       the venue's pace of connecting; nothing of this is in any state.
 *   <li>At the beginning of each attempt leftovers of killed ones are looked for, and swept once
 *       they are found and its first checkpoint is complete, whichever comes last; both on a worker
 *       thread. A reader that registers again is how an attempt is told from the last.
 *   <li>{@link #close} gives the lake back.
 * </ol>
 */
public final class VenueEnumerator implements SplitEnumerator<ConnectionSplit, EnumeratorState> {
  private static final Logger LOG = LoggerFactory.getLogger(VenueEnumerator.class);

  private static final long MIN_RETRY_REAL_MS = 100;

  /** How soon a symbol that is not listed is looked for again: it may only be suspended. */
  private static final long UNLISTED_RETRY_MS = 600_000;

  private final SplitEnumeratorContext<ConnectionSplit> context;
  private final VenueSourceOptions options;
  private final String venue;
  private final Backoff backoff = Backoff.ofConnections(System.nanoTime());
  private final CataloguePace pace;
  private final UnlistedNote unlistedNote;
  private final RestClient rest;
  private final ScheduledExecutorService retries;
  private final Set<Integer> registered = new HashSet<>();
  private final HeldLake lake;
  private final VenueTime venueTime;
  private final List<ConnectionSplit> plan = new ArrayList<>();
  private List<String> awaited;
  private LakeWriteAccess.@Nullable Attempt attempt;
  private LakeWriteAccess.@Nullable Leftovers leftovers;
  private boolean complete;
  private boolean begun;
  private volatile boolean closed;

  /** Symbols left out because the venue does not list them; read by Flink's reporters. */
  private volatile int unlisted;

  public VenueEnumerator(
      SplitEnumeratorContext<ConnectionSplit> context, VenueSourceOptions options) {
    this(context, options, retries(options.settings().name()));
  }

  VenueEnumerator(
      SplitEnumeratorContext<ConnectionSplit> context,
      VenueSourceOptions options,
      ScheduledExecutorService retries) {
    this.context = context;
    this.options = options;
    this.venue = options.settings().name();
    this.awaited = options.settings().symbols();
    this.lake = new HeldLake(options.writeAccess());
    this.rest = new RestClient(venue, options.settings().rest());
    this.venueTime =
        new VenueTime(
            options.clock(), System::currentTimeMillis, () -> System.nanoTime() / 1_000_000);
    this.unlistedNote = new UnlistedNote(venue);
    this.pace = CataloguePace.of(options.venue(), options.settings(), options.clock());
    this.retries = retries;
  }

  private static ScheduledExecutorService retries(String venue) {
    return Executors.newSingleThreadScheduledExecutor(
        task -> {
          Thread thread = new Thread(task, "candles-catalogue-" + venue);
          thread.setDaemon(true);
          return thread;
        });
  }

  @Override
  public void start() {
    try {
      lake.take(FlinkJob.id(context.metricGroup()), this::lost);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
    CollectorMetric.SYMBOLS_NOT_LISTED.gauge(
        CollectorMetric.venue(context.metricGroup(), venue), () -> unlisted);
    fetchCatalogue();
    startAttempt();
  }

  /** On a thread of whoever holds the lake. */
  private void lost(RuntimeException why) {
    context.runInCoordinatorThread(
        () -> {
          throw why;
        });
  }

  private void fetchCatalogue() {
    if (!closed) {
      context.callAsync(this::catalogue, this::onCatalogue);
    }
  }

  /** On a worker thread. The client's own time-outs bound the wait. */
  private List<Market> catalogue() throws Exception {
    pace.asked();
    return CatalogueLook.ask(
        options.venue(),
        rest,
        answer -> {
          pace.answered(answer.retryAfterMs());
          venueTime.answered(answer.dateMs()).ifPresent(offMs -> ClockOff.warn(venue, offMs));
        });
  }

  private void onCatalogue(@Nullable List<Market> listed, @Nullable Throwable error) {
    if (closed) {
      return;
    }
    if (error != null || listed == null) {
      String why = error == null ? "no answer" : FailureText.of(error);
      retryCatalogue(why);
      tell(new CatalogueAnswer(why));
      begin();
      return;
    }
    if (backoff.attempts() > 0) {
      tell(new CatalogueAnswer(""));
    }
    backoff.reset();
    begun = true; // readers say where the history of what is listed begins
    int perConnection = options.settings().profile().limits().marketsPerConnection();
    SplitPlanner.Plan made = SplitPlanner.plan(venue, awaited, listed, perConnection);
    if (plan.isEmpty()) {
      LOG.info("event=catalogue venue={} listed={}", venue, listed.size());
    }
    awaited = made.unlisted();
    unlisted = awaited.size();
    unlistedNote.news(awaited, listed).ifPresent(this::note);
    List<ConnectionSplit> news = made.splits().stream().map(this::numbered).toList();
    plan.addAll(news);
    context.registeredReaders().keySet().forEach(subtask -> assign(news, subtask));
    if (!awaited.isEmpty()) {
      long realMs = options.clock().realDuration(UNLISTED_RETRY_MS);
      fetchCatalogueIn(Math.max(realMs, pace.apartMs()));
    }
  }

  /** For whoever looks at the lake; also that there is none any more. */
  private void note(SortedMap<String, List<String>> nearest) {
    long nowMs = options.clock().marketAt(System.currentTimeMillis());
    context.callAsync(
        () -> {
          lake.access().unlisted(venue, nearest, nowMs);
          return nearest.size();
        },
        (count, error) -> onNoted(error));
  }

  /** Tried again also where all are listed by now, and nobody asks for the catalogue any more. */
  private void onNoted(@Nullable Throwable error) {
    if (error != null && !closed) {
      unlistedNote.failed(error);
      later(
          () -> unlistedNote.wanted().ifPresent(this::note),
          options.clock().realDuration(UNLISTED_RETRY_MS));
    }
  }

  /** To one reader, if it is there. */
  private void tell(CatalogueAnswer answer) {
    int subtask = options.venueIndex() % context.currentParallelism();
    if (context.registeredReaders().containsKey(subtask)) {
      context.sendEventToSourceReader(subtask, answer);
    }
  }

  private ConnectionSplit numbered(ConnectionSplit split) {
    return new ConnectionSplit(venue, plan.size() + split.connection(), split.markets());
  }

  private void retryCatalogue(String error) {
    long backedOffMs = options.clock().realDuration(backoff.nextDelayMs());
    long delayMs = Math.max(MIN_RETRY_REAL_MS, Math.max(backedOffMs, pace.afterFailureMs()));
    LOG.warn(
        "event=catalogue_unavailable venue={} error={} retry_ms={}",
        venue,
        LogValue.of(OneLine.of(error)),
        delayMs);
    fetchCatalogueIn(delayMs);
  }

  /** Once per attempt; what the lake knows already is left as it is. */
  private void begin() {
    if (!begun) {
      begun = true;
      long nowMs = options.clock().marketAt(System.currentTimeMillis());
      context.callAsync(
          () -> lake.access().begin(streams(), options.historyStart().fromMs(nowMs), nowMs),
          VenueEnumerator::onBegun);
    }
  }

  private List<StreamKey> streams() {
    return options.settings().symbols().stream()
        .flatMap(symbol -> options.timeframes().stream().map(t -> new StreamKey(venue, symbol, t)))
        .toList();
  }

  /** The next start tries again, with a later start of history at worst. */
  private static void onBegun(@Nullable Integer count, @Nullable Throwable error) {
    if (error != null) {
      LOG.error("event=history_start_not_written", error);
    }
  }

  private void fetchCatalogueIn(long realMs) {
    later(this::fetchCatalogue, realMs);
  }

  private void later(Runnable action, long realMs) {
    var unused =
        retries.schedule(
            () -> context.runInCoordinatorThread(action),
            Math.max(MIN_RETRY_REAL_MS, realMs),
            TimeUnit.MILLISECONDS);
  }

  @Override
  public void addReader(int subtask) {
    if (!registered.add(subtask)) {
      registered.clear();
      registered.add(subtask);
      startAttempt();
    }
    assign(plan, subtask);
  }

  private void assign(List<ConnectionSplit> splits, int subtask) {
    share(subtask);
    splits.stream()
        .filter(split -> subtaskOf(split) == subtask)
        .forEach(split -> context.assignSplit(split.at(venueTime.nowMs()), subtask));
  }

  private void share(int subtask) {
    int readers = Math.min(plan.size(), context.currentParallelism());
    int place = Math.floorMod(subtask - options.venueIndex(), context.currentParallelism());
    if (readers > 1 && place < readers) {
      context.sendEventToSourceReader(subtask, new ConnectShare(place, readers));
    }
  }

  /** Each venue starts at another subtask, so that venues of one connection do not share one. */
  private int subtaskOf(ConnectionSplit split) {
    return (options.venueIndex() + split.connection()) % context.currentParallelism();
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) {
    complete = true;
    sweepIfDue();
  }

  /** Leftovers are looked for behind the catalogue, on the one thread there is. */
  private void startAttempt() {
    leftovers = null;
    complete = false;
    attempt = null;
    if (options.sweeps()) {
      try {
        LakeWriteAccess.Attempt started = options.writeAccess().startAttempt();
        attempt = started;
        context.callAsync(started::leftovers, (noted, error) -> onNoted(started, noted, error));
      } catch (IOException e) {
        onSwept(null, e);
      }
    }
  }

  /** The attempt's own files are told by their time, however late the others are found. */
  private void onNoted(
      LakeWriteAccess.Attempt of,
      LakeWriteAccess.@Nullable Leftovers noted,
      @Nullable Throwable error) {
    if (error != null) {
      onSwept(null, error);
    } else if (of == attempt) {
      leftovers = noted;
      sweepIfDue();
    }
  }

  private void sweepIfDue() {
    LakeWriteAccess.Leftovers noted = leftovers;
    if (complete && noted != null) {
      leftovers = null;
      context.callAsync(
          () -> {
            var unused = lake.access();
            return noted.sweep();
          },
          VenueEnumerator::onSwept);
    }
  }

  /** Leftovers cost space and nothing else, so a failure is told and the job goes on. */
  private static void onSwept(@Nullable Integer count, @Nullable Throwable error) {
    if (error != null) {
      LOG.error("event=sweep_failed", error);
    }
  }

  /** Readers ask for nothing. */
  @Override
  public void handleSplitRequest(int subtask, @Nullable String host) {}

  /** The reader gets its connections anew when it registers again. */
  @Override
  public void addSplitsBack(List<ConnectionSplit> splits, int subtask) {}

  /** What a checkpoint commits becomes visible: none is made for a lake that is another's. */
  @Override
  public EnumeratorState snapshotState(long checkpointId) throws IOException {
    Optional<LakeWriteAccess.Hold> held = lake.hold();
    if (held.isPresent()) {
      held.get().check();
      if (complete) {
        held.get().requireRoom();
      }
    }
    return new EnumeratorState();
  }

  @Override
  public void close() {
    closed = true;
    retries.shutdownNow();
    rest.close();
    lake.close();
  }
}
