package dev.candles.sources.source.reader;

import dev.candles.sources.transport.ConnectionQueue;
import dev.candles.sources.transport.WebSocketFeed;
import dev.candles.sources.venue.VenueProfile;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One socket of a connection and its liveness, by the steady clock. Mailbox thread only. */
final class WebSocketSession {
  private static final int MAX_FRAMES = 10_000;

  /** Two of a venue's largest frames: thirty links that wait together fit the heap of 160 MB. */
  private static final long MAX_CHARS = 2L << 20;

  private static final int MAX_HOLDS = 3;
  private static final long NEVER = Long.MIN_VALUE;

  private final ReaderContext around;
  private final WebSocketFeed feed;
  private final ConnectionQueue queue;
  private final long startedSteadyMs;
  private final Set<Subscription> seen = new HashSet<>();
  private boolean open;
  private long openedMs;
  private long lastFrameMs;
  private long lastDataMs;
  private long firstDataMs = NEVER;
  private long pingSentMs = NEVER;
  private int holds;
  private boolean live;
  private boolean closing;

  private WebSocketSession(
      ReaderContext around, WebSocketFeed feed, ConnectionQueue queue, long startedSteadyMs) {
    this.around = around;
    this.feed = feed;
    this.queue = queue;
    this.startedSteadyMs = startedSteadyMs;
  }

  /** Starts an attempt. */
  static WebSocketSession connect(ReaderContext around) {
    VenueProfile.Limits limits = around.limits();
    ConnectionQueue queue = queue(limits, around.wake());
    WebSocketFeed feed =
        WebSocketFeed.open(
            around.options().feedAddress(),
            limits.maxFrameBytes(),
            around.connectTimeout(),
            Duration.ofMillis(
                around.time().clock().realDuration(limits.messageInterval().toMillis())),
            queue,
            around.time().realClock());
    return new WebSocketSession(around, feed, queue, around.time().steadyRealMs());
  }

  /** Where the frames of a link wait for the reader; two of the largest allowed always may. */
  static ConnectionQueue queue(VenueProfile.Limits limits, Runnable wake) {
    long mostChars = Math.max(MAX_CHARS, 2L * limits.maxFrameBytes());
    return new ConnectionQueue(MAX_FRAMES, mostChars, wake);
  }

  ConnectionQueue queue() {
    return queue;
  }

  /** Whether a signal waits. */
  boolean hasWork() {
    return !queue.isEmpty();
  }

  /** Whether data came, or the session showed in {@link #isProvenQuiet} that none need come. */
  boolean isLive() {
    return live;
  }

  boolean isOpen() {
    return open;
  }

  void opened(long nowMs) {
    open = true;
    openedMs = nowMs;
    lastFrameMs = nowMs;
    lastDataMs = nowMs;
  }

  /** Asks for some markets: whoever is asked has time to answer. */
  void ask(List<String> messages, long nowMs) {
    lastDataMs = Math.max(lastDataMs, nowMs);
    feed.send(messages);
  }

  /** Asks again for a market, so that what came of it says nothing any more. */
  void unsee(Subscription subscription) {
    seen.remove(subscription);
  }

  void send(List<String> messages) {
    feed.send(messages);
  }

  void flush() {
    feed.flush(around.time().steadyRealMs());
  }

  /** The venue will close it soon. */
  void closing() {
    closing = true;
  }

  boolean isClosing() {
    return closing;
  }

  /** A frame came, whatever it says. */
  void frame(long receivedMs) {
    lastFrameMs = Math.max(lastFrameMs, receivedMs);
    pingSentMs = NEVER;
  }

  /** A row came that is not believed for its time: there is life, if no data. */
  void untimely(long receivedMs) {
    lastDataMs = Math.max(lastDataMs, receivedMs);
  }

  /**
   * A row came.
   *
   * @return whether the link is live only since then
   */
  boolean data(Subscription subscription, long receivedMs) {
    if (firstDataMs == NEVER) {
      firstDataMs = receivedMs;
    }
    lastDataMs = Math.max(lastDataMs, receivedMs);
    seen.add(subscription);
    return becameLive();
  }

  /**
   * No row need come: the link is live once it has lasted so long since it asked, with frames of
   * whatever kind.
   *
   * @return whether the link is live only since then
   */
  boolean isProvenQuiet(long nowMs, long durationMs) {
    return dataless(nowMs, durationMs) && nowMs - lastFrameMs < durationMs && becameLive();
  }

  private boolean becameLive() {
    boolean before = live;
    live = true;
    return !before;
  }

  /** Whether a row of this market came on this link since it was asked for last. */
  boolean saw(Subscription subscription) {
    return seen.contains(subscription);
  }

  /** Whether it can stand for an older link: rows of all markets, or a while after the first. */
  boolean ready(int markets, long nowMs, long patienceMs) {
    return firstDataMs != NEVER && (seen.size() >= markets || nowMs - firstDataMs >= patienceMs);
  }

  /** Whether it has been open for so long. */
  boolean upFor(long nowMs, long durationMs) {
    return open && nowMs - openedMs >= durationMs;
  }

  /** Whether no row came for so long, though open. */
  boolean dataless(long nowMs, long durationMs) {
    return open && nowMs - lastDataMs >= durationMs;
  }

  /** The venue asked to slow down: what waits to be sent is forgotten, and asked for later. */
  void hold() {
    holds++;
    feed.drop();
  }

  /** Whether it was asked to slow down again and again, and nothing else ever came. */
  boolean onlyHeld() {
    return holds >= MAX_HOLDS && firstDataMs == NEVER;
  }

  /** Pings when nothing came for a while; says what is wrong if the link must be dropped. */
  Optional<String> check(long nowMs) {
    VenueProfile.Limits limits = around.limits();
    if (!open) {
      long waitedMs = around.time().steadyRealMs() - startedSteadyMs;
      return waitedMs > 2 * around.connectTimeout().toMillis()
          ? Optional.of("no handshake: waited_ms=" + waitedMs)
          : Optional.empty();
    }
    if (pingSentMs != NEVER && nowMs - pingSentMs > around.deadlineMs(limits.pongWithin())) {
      return Optional.of("no pong: waited_ms=" + (nowMs - pingSentMs));
    }
    boolean pings = !limits.pingAfter().isZero() && !limits.ping().isEmpty();
    if (pings
        && pingSentMs == NEVER
        && nowMs - lastFrameMs > around.deadlineMs(limits.pingAfter())) {
      pingSentMs = nowMs;
      feed.ping(limits.ping());
    }
    return Optional.empty();
  }

  void close() {
    feed.close();
  }
}
