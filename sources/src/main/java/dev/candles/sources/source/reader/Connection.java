package dev.candles.sources.source.reader;

import dev.candles.core.candle.Market;
import dev.candles.core.candle.RejectReason;
import dev.candles.core.feed.CompletedInterval;
import dev.candles.core.feed.ConnectionEvent;
import dev.candles.core.feed.FeedEvent;
import dev.candles.core.feed.Reject;
import dev.candles.sources.source.split.ConnectionSplit;
import dev.candles.sources.transport.Backoff;
import dev.candles.sources.transport.FeedSignal;
import dev.candles.sources.transport.WebSocketFeed;
import dev.candles.sources.venue.Decoded;
import dev.candles.sources.venue.Timely;
import dev.candles.sources.venue.Venue;
import dev.candles.text.LogValue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of a venue, over all the links it has in its life. What it waits for goes by the
 * steady clock, what is over by the venue's. Mailbox thread only.
 *
 * <ol>
 *   <li>{@link #tick} connects when the back-off and the venue's pace allow, pings, asks again for
 *       silent markets, drops dead links, and emits clock marks, link or no link.
 *   <li>{@link #advance} takes signals and emits what they mean.
 *   <li>When the venue says that it will close, a second link is opened and takes over once it has
 *       data.
 * </ol>
 */
final class Connection {
  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
  private static final Duration STABLE = Duration.ofSeconds(60);
  private static final Duration TAKEOVER_PATIENCE = Duration.ofSeconds(10);
  private static final Duration THROTTLE_WAIT = Duration.ofSeconds(30);

  private final ConnectionSplit split;
  private final ReaderContext around;
  private final Subscriptions subscriptions;
  private final Backoff backoff;
  private final RejectLimit rejectLimit = new RejectLimit();
  private final Untimely untimely = new Untimely();
  private final SessionPair links;
  private boolean held;
  private long heldUntilMs;
  private long nextConnectMs = Long.MIN_VALUE;

  /** {@code announcedToMs} is per symbol the end of what the lake was asked for, epoch ms. */
  Connection(ConnectionSplit split, Map<String, Long> announcedToMs, ReaderContext around) {
    this.split = split;
    this.around = around;
    this.links = new SessionPair(around);
    this.backoff = Backoff.ofConnections(around.time().realMs() + split.connection());
    this.subscriptions = new Subscriptions(split, announcedToMs, around);
  }

  String venue() {
    return split.venue();
  }

  /** Whether the link that is open now carries data, or has shown that none need come. */
  boolean isLive() {
    return links.isLive();
  }

  /** Whether a link is there or being made, though the venue may be about to close it. */
  boolean hasLink() {
    return links.current() != null;
  }

  boolean hasWork() {
    return links.hasWork();
  }

  /** Since when it may connect, as far as its back-off goes, steady market time. */
  long waitsSinceMs() {
    return nextConnectMs;
  }

  /** How long until a link is tried, market milliseconds; 0 while one is there or being made. */
  long connectsInMs(long steadyMs) {
    long allowedMs = Math.max(nextConnectMs, around.gate().opensMs());
    long fromMs = held ? Math.max(heldUntilMs, allowedMs) : allowedMs;
    return hasLink() || fromMs <= steadyMs ? 0 : fromMs - steadyMs;
  }

  /** Frames that wait. */
  int queued() {
    return links.all().mapToInt(link -> link.queue().frames()).sum();
  }

  /** Takes signals that wait, at most so many; those of the link that serves come first. */
  void advance(int most) {
    int taken = advance(links.current(), most);
    advance(links.next(), most - taken);
  }

  private int advance(@Nullable WebSocketSession link, int most) {
    if (link == null) {
      return 0;
    }
    List<FeedSignal> signals = link.queue().drain(most);
    for (FeedSignal signal : signals) {
      take(link, signal);
    }
    return signals.size();
  }

  private void take(WebSocketSession link, FeedSignal signal) {
    if (signal instanceof FeedSignal.Frame frame) {
      frame(link, frame);
    } else if (signal instanceof FeedSignal.Opened) {
      opened(link);
    } else if (signal instanceof FeedSignal.Lost lost) {
      lost(link, lost.error());
    }
  }

  private void opened(WebSocketSession link) {
    long nowMs = around.time().steadyMs();
    LOG.info("event=connected venue={} connection={}", split.venue(), split.connection());
    link.opened(nowMs);
    if (links.isCurrent(link)) {
      subscriptions.asked(nowMs);
    }
    if (!held) {
      ask(link, nowMs);
      link.flush();
    }
  }

  /** Asks for whatever has not come on a link since it was asked for last. */
  private void ask(WebSocketSession link, long nowMs) {
    List<Subscription> unserved = subscriptions.unservedBy(link);
    List<Market> markets = unserved.stream().map(Subscription::market).toList();
    link.ask(around.options().venue().subscribe(markets), nowMs);
    if (links.isCurrent(link)) {
      unserved.forEach(subscription -> subscription.askedLate(nowMs));
    }
  }

  private void frame(WebSocketSession link, FeedSignal.Frame frame) {
    ReaderTime.Receipt at = around.time().receipt(frame.receivedRealMs());
    around.metrics().frames.inc();
    link.frame(at.steadyMs());
    FrameDispatcher meaning = new FrameDispatcher(this, link, at);
    Timely timely = around.timely();
    Venue venue = around.options().venue();
    venue.decode(
        frame.text(),
        around.venueClock().at(at.ourMs()),
        decoded -> timely.pass(decoded, frame.text(), at.ourMs(), said -> said.dispatch(meaning)));
  }

  /** The subscription of a symbol, or null if it is none of ours. */
  @Nullable Subscription subscription(String symbol) {
    return subscriptions.of(symbol);
  }

  /** A row of an interval in progress came. */
  void forming(WebSocketSession link, Subscription subscription, ReaderTime.Receipt at) {
    data(link, subscription, at);
    if (subscription.forming(at.steadyMs())) {
      subscriptions.row(subscription, at);
    }
  }

  /** Something of ours came that proves the link, but not that more will come. */
  void data(WebSocketSession link, Subscription subscription, ReaderTime.Receipt at) {
    if (link.data(subscription, at.steadyMs())) {
      mark(true, at.ourMs(), "");
    }
  }

  /** Trades of ours came; a snapshot only says what was before. */
  void traded(
      WebSocketSession link,
      Subscription subscription,
      Decoded.Traded traded,
      ReaderTime.Receipt at) {
    if (traded.trades().isEmpty()) {
      return;
    }
    if (traded.snapshot()) {
      data(link, subscription, at);
    } else {
      served(link, subscription, at);
    }
    if (subscriptions.confirmedByRest()) {
      return;
    }
    subscriptions.trades().traded(subscription, traded, around.venueClock().at(at.ourMs()));
  }

  /** The venue named its last trade: a live row as long as its trades reach us. */
  void lastTrade(
      WebSocketSession link,
      Subscription subscription,
      Decoded.LastTrade last,
      ReaderTime.Receipt at) {
    data(link, subscription, at);
    if (subscriptions.confirmedByRest()) {
      served(link, subscription, at);
      return;
    }
    long venueMs = around.venueClock().at(at.ourMs());
    if (subscriptions.trades().lastTrade(subscription, last, venueMs)) {
      subscriptions.row(subscription, at);
      backoff.reset();
    }
  }

  /** The venue closed an interval; which is final only where it has the word. */
  void closed(
      WebSocketSession link,
      Subscription subscription,
      CompletedInterval fold,
      ReaderTime.Receipt at) {
    served(link, subscription, at);
    if (!subscriptions.confirmedByRest()) {
      subscription.over(fold.overMs());
      emit(fold);
    }
  }

  /** A row came that only a venue sends which really serves us. */
  private void served(WebSocketSession link, Subscription subscription, ReaderTime.Receipt at) {
    data(link, subscription, at);
    subscriptions.row(subscription, at);
    backoff.reset();
  }

  void refused(Subscription subscription, String detail) {
    if (subscription.refuse()) {
      LOG.error(
          "event=subscription_refused venue={} symbol={} detail={}",
          split.venue(),
          subscription.market().symbol(),
          LogValue.of(detail));
    }
  }

  /**
   * For a while nothing is sent but pings, no link is made, and what was sent has all the time;
   * then what was not served is asked for again.
   */
  void throttled(ReaderTime.Receipt at, String detail) {
    if (!held) {
      held = true;
      heldUntilMs = at.steadyMs() + around.deadlineMs(THROTTLE_WAIT);
      LOG.warn("event=throttled venue={} connection={}", split.venue(), split.connection());
      links.all().forEach(WebSocketSession::hold);
    }
    rejected(
        new Reject(at.ourMs(), split.venue(), "", "", RejectReason.REFUSED, detail, ""),
        at.steadyMs());
  }

  void rejected(Reject reject, long nowMs) {
    around.metrics().rejected(reject.reason());
    if (rejectLimit.tryPass(nowMs)) {
      emit(reject);
    }
  }

  /** What is not believed for its time is a sign of life all the same. */
  void untimely(WebSocketSession link, Reject reject, long nowMs) {
    around.metrics().rejected(reject.reason());
    untimely.count(reject);
    Subscription subscription = subscription(reject.symbol());
    if (subscription != null) {
      link.untimely(nowMs);
      subscription.untimely(nowMs);
    }
  }

  void emit(FeedEvent event) {
    around.out().accept(event);
  }

  /** Does what is due. What still waits in a queue has happened, so time stops at its arrival. */
  void tick() {
    long realMs = around.time().realMs();
    long oldestMs =
        links.all().mapToLong(link -> link.queue().oldestRealMs(realMs)).reduce(realMs, Math::min);
    ReaderTime.Receipt at = around.time().receipt(oldestMs);
    long nowMs = at.steadyMs();
    long venueMs = around.venueClock().at(at.ourMs());
    endHold(nowMs);
    check(links.current(), nowMs);
    check(links.next(), nowMs);
    connectIfDue(nowMs, venueMs);
    askAgain(nowMs);
    takeOver(nowMs);
    subscriptions.tick(venueMs);
    untimely.tick(split.venue(), split.connection(), nowMs);
    links.all().forEach(WebSocketSession::flush);
  }

  private void endHold(long nowMs) {
    if (held && nowMs >= heldUntilMs) {
      held = false;
      links.all().filter(WebSocketSession::isOpen).forEach(link -> ask(link, nowMs));
    }
  }

  private void check(@Nullable WebSocketSession link, long nowMs) {
    if (link == null) {
      return;
    }
    if (link.onlyHeld()) {
      lost(link, "throttled: nothing came but refusals");
    } else if (!held
        && subscriptions.expectRows()
        && link.dataless(nowMs, 2 * subscriptions.silenceMs())) {
      lost(link, "no data: waited_ms=" + 2 * subscriptions.silenceMs());
    } else {
      link.check(nowMs).ifPresent(error -> lost(link, error));
    }
    if (links.isCurrent(link)) {
      checkStable(link, nowMs);
    }
  }

  /** A link whose markets may all be quiet, or are all refused, lives as well without a row. */
  private void checkStable(WebSocketSession link, long nowMs) {
    long stableMs = around.deadlineMs(STABLE);
    if (link.upFor(nowMs, stableMs)) {
      backoff.reset();
    }
    if (!held && !subscriptions.expectRows() && link.isProvenQuiet(nowMs, stableMs)) {
      mark(true, around.time().nowMs(), "");
    }
  }

  private void connectIfDue(long nowMs, long venueMs) {
    boolean mayConnect = !held && links.wantsOne() && nowMs >= nextConnectMs;
    if (mayConnect && around.gate().tryPass(nowMs, venueMs)) {
      links.connect();
      nextConnectMs = nowMs;
    }
  }

  private void lost(WebSocketSession link, String error) {
    if (links.lost(link)) {
      subscriptions.interrupt();
    }
    long delayMs = backoff.nextDelayMs();
    nextConnectMs = around.time().steadyMs() + delayMs;
    around.metrics().reconnects.inc();
    if (error.equals(WebSocketFeed.OVERFLOW)) {
      around.metrics().overflows.inc();
    }
    LOG.error(
        "event=connection_error venue={} connection={} error={} attempt={} retry_ms={}",
        split.venue(),
        split.connection(),
        LogValue.of(error),
        backoff.attempts(),
        delayMs);
    mark(false, around.time().nowMs(), error);
    if (isLive()) {
      mark(true, around.time().nowMs(), ""); // its first data came before the other was lost
    }
  }

  private void askAgain(long nowMs) {
    WebSocketSession current = links.current();
    if (held || current == null || !current.isOpen()) {
      return;
    }
    List<Subscription> silent = subscriptions.askAgain(nowMs);
    if (!silent.isEmpty()) {
      silent.forEach(current::unsee);
      List<Market> markets = silent.stream().map(Subscription::market).toList();
      current.send(around.options().venue().unsubscribe(markets));
      current.send(around.options().venue().subscribe(markets));
    }
  }

  private void takeOver(long nowMs) {
    long patienceMs = around.deadlineMs(TAKEOVER_PATIENCE);
    if (links.takeOver(split.markets().size(), nowMs, patienceMs)) {
      LOG.info("event=taken_over venue={} connection={}", split.venue(), split.connection());
    }
  }

  private void mark(boolean live, long atMs, String error) {
    emit(new ConnectionEvent(split.venue(), split.connection(), live, atMs, error));
  }

  void close() {
    links.close();
  }
}
