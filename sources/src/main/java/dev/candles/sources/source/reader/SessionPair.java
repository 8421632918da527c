package dev.candles.sources.source.reader;

import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of one connection: the one that serves it, and beside it, where the venue will close
 * that soon, one that takes its place once it has data, though the venue may close that one soon
 * too. When and whether to connect is decided by the {@link Connection}. Mailbox thread only.
 */
final class SessionPair {
  private final ReaderContext around;
  private @Nullable WebSocketSession current;
  private @Nullable WebSocketSession next;

  SessionPair(ReaderContext around) {
    this.around = around;
  }

  /** The session that serves the connection; null while none is there or being made. */
  @Nullable WebSocketSession current() {
    return current;
  }

  /** The session that is to take over; null if none is. */
  @Nullable WebSocketSession next() {
    return next;
  }

  boolean isCurrent(WebSocketSession session) {
    return session == current;
  }

  /** Both, the current one first. */
  Stream<WebSocketSession> all() {
    return Stream.of(Optional.ofNullable(current), Optional.ofNullable(next))
        .flatMap(Optional::stream);
  }

  /** Whether the current session is open and live. */
  boolean isLive() {
    return current != null && current.isOpen() && current.isLive();
  }

  boolean hasWork() {
    return (current != null && current.hasWork()) || (next != null && next.hasWork());
  }

  /** Whether another session is to be made. */
  boolean wantsOne() {
    return current == null || (current.isClosing() && next == null);
  }

  /** Makes the session that is wanted. */
  void connect() {
    if (current == null) {
      current = WebSocketSession.connect(around);
    } else {
      next = WebSocketSession.connect(around);
    }
  }

  /**
   * Closes a session that is lost; if it was the current one, the other takes its place.
   *
   * @return whether it was the current one
   */
  boolean lost(WebSocketSession session) {
    session.close();
    if (session == next) {
      next = null;
      return false;
    }
    current = next;
    next = null;
    return true;
  }

  /**
   * Has the next session take over if it can stand for the current one, which is closed then.
   *
   * @param markets how many are asked for
   * @param nowMs by the steady clock
   * @param patienceMs after its first data it takes over with less than all markets, market time
   * @return whether it took over
   */
  boolean takeOver(int markets, long nowMs, long patienceMs) {
    if (current == null || next == null || !next.ready(markets, nowMs, patienceMs)) {
      return false;
    }
    current.close();
    current = next;
    next = null;
    return true;
  }

  void close() {
    all().forEach(WebSocketSession::close);
  }
}
