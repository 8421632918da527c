package dev.candles.sources.transport;

import dev.candles.text.FailureText;
import dev.candles.text.LogValue;
import dev.candles.text.OneLine;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.java_websocket.WebSocket;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.exceptions.InvalidDataException;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.framing.Framedata;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.handshake.ServerHandshake;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One websocket connection attempt and, if it succeeds, the connection.
 *
 * <ol>
 *   <li>{@link #open} starts the attempt on a daemon thread of its own and returns at once.
 *   <li>That thread hands signals to the {@link ConnectionQueue}; when the queue is full, or a
 *       frame is larger than allowed, the connection ends.
 *   <li>The owner's thread sends through {@link #send} and {@link #flush}, paced, and pings past
 *       what waits. When too much waits, the connection ends.
 *   <li>{@link #close} ends it without waiting for the venue; its queue may be dropped.
 * </ol>
 *
 * No compression is offered: it costs the reader five times the CPU.
 */
public final class WebSocketFeed implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WebSocketFeed.class);
  private static final int MAX_WAITING_MESSAGES = 1_000;

  private final Client client;
  private final long messageIntervalMs;
  private final ArrayDeque<String> waiting = new ArrayDeque<>();
  private long nextSendRealMs = Long.MIN_VALUE;

  private WebSocketFeed(Client client, long messageIntervalMs) {
    this.client = client;
    this.messageIntervalMs = messageIntervalMs;
  }

  /**
   * Starts to connect.
   *
   * @param maxFrameBytes larger frames, in one piece or in fragments, end the connection; so do
   *     {@link BoundedDraft#MAX_FRAGMENTS}
   * @param connectTimeout real time for the TCP connection
   * @param messageInterval least real time between two messages that we send
   * @param realClock real time, epoch ms, that frames are stamped with
   */
  public static WebSocketFeed open(
      URI uri,
      int maxFrameBytes,
      Duration connectTimeout,
      Duration messageInterval,
      ConnectionQueue queue,
      LongSupplier realClock) {
    return open(new Client(uri, maxFrameBytes, connectTimeout, queue, realClock), messageInterval);
  }

  /** The same of another trust, with frames of a megabyte and without a pause between messages. */
  static WebSocketFeed open(URI uri, ConnectionQueue queue, SSLContext trust) {
    Client client = new Client(uri, 1 << 20, Duration.ofSeconds(10), queue, () -> 0);
    client.setSocketFactory(trust.getSocketFactory());
    return open(client, Duration.ZERO);
  }

  private static WebSocketFeed open(Client client, Duration messageInterval) {
    client.connect();
    return new WebSocketFeed(client, messageInterval.toMillis());
  }

  /** Queues messages for {@link #flush}; if more than a thousand would wait the connection ends. */
  public void send(List<String> messages) {
    if (waiting.size() + messages.size() > MAX_WAITING_MESSAGES) {
      client.end("too many messages wait: " + waiting.size());
    } else {
      waiting.addAll(messages);
    }
  }

  /** Sends at once what the venue must answer in time, whatever waits and however long. */
  public void ping(String message) {
    if (client.isOpen()) {
      client.say(message);
    }
  }

  /** Forgets what waits. */
  public void drop() {
    waiting.clear();
  }

  /**
   * Sends the next waiting message if the connection is open and it is time.
   *
   * @param nowRealMs real milliseconds by a steady clock of any origin
   */
  public void flush(long nowRealMs) {
    if (!waiting.isEmpty() && nowRealMs >= nextSendRealMs && client.isOpen()) {
      nextSendRealMs = nowRealMs + messageIntervalMs;
      client.say(waiting.remove());
    }
  }

  @Override
  public void close() {
    client.end("closed by us");
  }

  /** The socket's side; all its methods run on the socket's threads. */
  private static final class Client extends WebSocketClient {
    private final ConnectionQueue queue;
    private final LongSupplier realClock;
    private final AtomicBoolean ended = new AtomicBoolean();

    Client(
        URI uri,
        int maxFrameBytes,
        Duration connectTimeout,
        ConnectionQueue queue,
        LongSupplier realClock) {
      super(
          uri,
          new BoundedDraft(maxFrameBytes),
          Map.of("User-Agent", RestClient.USER_AGENT),
          Math.toIntExact(connectTimeout.toMillis()));
      this.queue = queue;
      this.realClock = realClock;
      setConnectionLostTimeout(0);
      setTcpNoDelay(true);
      setDaemon(true);
    }

    /** A connection that closes meanwhile tells so itself, by its lost signal. */
    void say(String message) {
      try {
        send(message);
      } catch (RuntimeException e) {
        queue.lost("cannot send: " + FailureText.of(e));
      }
    }

    /** Closing a TLS socket may block, so it has a thread of its own; each connection ends once. */
    void end(String why) {
      queue.lost(why);
      if (!ended.compareAndSet(false, true)) {
        return;
      }
      Thread closer = new Thread(this::drop, "candles-feed-close");
      closer.setDaemon(true);
      closer.start();
    }

    private void drop() {
      closeConnection(CloseFrame.GOING_AWAY, "");
      Socket socket = getSocket();
      try {
        if (socket != null) {
          socket.close();
        }
      } catch (IOException e) {
        LOG.debug("event=feed_close_failed uri={} error={}", LogValue.of(getURI()), LogValue.of(e));
      }
    }

    /**
     * TLS is agreed upon before the socket's two threads begin: when it fails both of them end, and
     * the one that was not told why may be the first to say so.
     */
    @Override
    public void onWebsocketHandshakeSentAsClient(WebSocket connection, ClientHandshake request)
        throws InvalidDataException {
      if (getSocket() instanceof SSLSocket socket) {
        try {
          socket.startHandshake();
        } catch (IOException e) {
          queue.lost(FailureText.of(e));
          throw new InvalidDataException(CloseFrame.TLS_ERROR, e);
        }
      }
    }

    @Override
    public void onOpen(ServerHandshake handshake) {
      queue.opened();
    }

    @Override
    public void onMessage(String text) {
      if (!queue.offer(new FeedSignal.Frame(text, realClock.getAsLong()))) {
        end(OVERFLOW);
      }
    }

    @Override
    public void onMessage(ByteBuffer bytes) {
      onMessage(StandardCharsets.UTF_8.decode(bytes).toString());
    }

    @Override
    public void onCloseInitiated(int code, String reason) {
      queue.lost(closed(code, reason));
    }

    @Override
    public void onClose(int code, String reason, boolean remote) {
      queue.lost(closed(code, reason));
    }

    @Override
    public void onError(Exception error) {
      queue.lost(FailureText.of(error));
    }

    /** A flood of pings that the venue does not read the answers of would fill our memory. */
    @Override
    public void onWebsocketPing(WebSocket connection, Framedata ping) {
      if (!connection.hasBufferedData()) {
        super.onWebsocketPing(connection, ping);
      }
    }

    private static String closed(int code, String reason) {
      return "closed: code=" + code + " reason=" + OneLine.of(reason);
    }
  }

  /** The error of a connection that ended because its queue was full. */
  public static final String OVERFLOW = "queue overflow";
}
