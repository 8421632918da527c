package dev.candles.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A venue that only sends, as fast as it is told: candle frames in the envelope of okx (channel
 * {@code candle1m}, fact sheet read 2026-06-27) and its catalogue; any other REST call is answered
 * 503. Frames are about minutes in the past, so that they may close at any pace.
 */
final class FrameServer implements AutoCloseable {
  /** How far its first minute lies in the past, at least. */
  static final Duration PAST = Duration.ofMinutes(1_400);

  private static final long MINUTE_MS = 60_000;
  private static final long BATCH_NANOS = 5_000_000;
  private static final long MAX_BURST = 500;
  private static final Pattern NAMES = Pattern.compile("\"instId\":\"([A-Z0-9-]+)\"");

  /** Every sixtieth frame of a market closes its minute: one a second, as the venue does. */
  private static final int FRAMES_PER_MINUTE = 60;

  private record Peer(OutputStream out, CopyOnWriteArrayList<String> symbols) {}

  /** A closing row as it was sent. */
  record Closing(String symbol, long openTimeMs, double close) {}

  private final ServerSocket socket = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
  private final List<Peer> peers = new CopyOnWriteArrayList<>();
  private final int symbols;
  private final ConcurrentHashMap<String, int[]> sent = new ConcurrentHashMap<>();
  private final long firstMinuteMs;

  FrameServer(int symbols) throws IOException {
    this.symbols = symbols;
    long nowMs = System.currentTimeMillis();
    this.firstMinuteMs = nowMs / MINUTE_MS * MINUTE_MS - PAST.toMillis();
    daemon(this::acceptAll);
  }

  static String symbol(int number) {
    return "S" + number + "-USDT";
  }

  String address() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "frame-server");
    thread.setDaemon(true);
    thread.start();
  }

  private void acceptAll() {
    while (!socket.isClosed()) {
      try {
        Socket peer = socket.accept();
        peer.setTcpNoDelay(true);
        daemon(() -> serve(peer));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket peer) {
    try (peer) {
      String head = Wire.head(peer.getInputStream());
      OutputStream out = peer.getOutputStream();
      if (!head.toLowerCase(java.util.Locale.ROOT).contains("upgrade: websocket")) {
        boolean catalogue = head.contains("/public/instruments");
        Wire.answer(out, catalogue ? 200 : 503, catalogue ? catalogue() : "{\"code\":\"50001\"}");
        return;
      }
      Wire.accept(head, out);
      Peer known = new Peer(out, new CopyOnWriteArrayList<>());
      peers.add(known);
      for (String text = Wire.read(peer.getInputStream());
          !text.isEmpty();
          text = Wire.read(peer.getInputStream())) {
        heard(known, text);
      }
      peers.remove(known);
    } catch (IOException e) {
      peers.removeIf(known -> peer.isClosed()); // the client went away
    }
  }

  private static void heard(Peer peer, String text) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    if (text.startsWith("ping")) {
      Wire.text(answer, "pong");
    }
    Matcher names = NAMES.matcher(text.contains("\"unsubscribe\"") ? "" : text);
    while (names.find()) {
      peer.symbols().addIfAbsent(names.group(1));
      Wire.text(
          answer,
          "{\"event\":\"subscribe\",\"arg\":{\"channel\":\"candle1m\",\"instId\":\""
              + names.group(1)
              + "\"}}");
    }
    write(peer, answer);
  }

  private static void write(Peer peer, ByteArrayOutputStream bytes) throws IOException {
    synchronized (peer) {
      bytes.writeTo(peer.out());
      peer.out().flush();
    }
  }

  /** How many subscriptions there are, over all connections. */
  int subscriptions() {
    return peers.stream().mapToInt(peer -> peer.symbols().size()).sum();
  }

  private String catalogue() {
    StringBuilder records = new StringBuilder();
    for (int i = 0; i < symbols; i++) {
      records
          .append(i == 0 ? "" : ",")
          .append("{\"instType\":\"SPOT\",\"instId\":\"")
          .append(symbol(i))
          .append("\",\"baseCcy\":\"S")
          .append(i)
          .append(
              "\",\"quoteCcy\":\"USDT\",\"state\":\"live\",\"tickSz\":\"0.1\",\"lotSz\":\"0.1\"")
          .append(",\"minSz\":\"0.1\",\"listTime\":\"1548133413000\"}");
    }
    return "{\"code\":\"0\",\"msg\":\"\",\"data\":[" + records + "]}";
  }

  /**
   * Sends {@code frames} frames at {@code perSecond}, evenly over all markets.
   *
   * @return how many of them closed a minute
   */
  int send(int frames, int perSecond) throws IOException {
    List<Peer> all = List.copyOf(peers);
    int closing = 0;
    int done = 0;
    int[] next = new int[all.size()];
    long start = System.nanoTime();
    while (done < frames) {
      long due = Math.min(frames, (System.nanoTime() - start) * perSecond / 1_000_000_000L + 1);
      if (due - done > MAX_BURST) {
        // this process was held up: what was not sent then is not sent now
        start += (due - done - MAX_BURST) * 1_000_000_000L / perSecond;
        due = done + MAX_BURST;
      }
      for (int p = 0; p < all.size() && done < due; p++) {
        Peer peer = all.get(p);
        int share = (int) Math.max(1, (due - done) / (all.size() - p));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(share * 220);
        for (int i = 0; i < share; i++) {
          closing += append(bytes, peer.symbols().get(next[p]++ % peer.symbols().size()));
        }
        write(peer, bytes);
        done += share;
      }
      LockSupport.parkNanos(BATCH_NANOS);
    }
    return closing;
  }

  private int append(ByteArrayOutputStream bytes, String symbol) {
    int number = sent.computeIfAbsent(symbol, s -> new int[1])[0]++;
    boolean closes = (number + 1) % FRAMES_PER_MINUTE == 0;
    long openMs = firstMinuteMs + number / FRAMES_PER_MINUTE * MINUTE_MS;
    Wire.text(bytes, frame(symbol, openMs, 100.5 + number % FRAMES_PER_MINUTE, closes));
    return closes ? 1 : 0;
  }

  private static String frame(String symbol, long openMs, double close, boolean closes) {
    return String.format(
        Locale.ROOT,
        "{\"arg\":{\"channel\":\"candle1m\",\"instId\":\"%s\"},\"data\":[[\"%d\",\"100.1\","
            + "\"199.9\",\"99.9\",\"%s\",\"5.90112\",\"494330.10\",\"494330.10\",\"%d\"]]}",
        symbol,
        openMs,
        close,
        closes ? 1 : 0);
  }

  /** Closes one minute of every market at once, in an order of chance; what was sent. */
  List<Closing> burst(long seed) throws IOException {
    List<Closing> closings = new ArrayList<>();
    for (Peer peer : peers) {
      List<String> shuffled = new ArrayList<>(peer.symbols());
      Collections.shuffle(shuffled, new Random(seed));
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      for (String symbol : shuffled) {
        closings.add(closing(bytes, symbol));
      }
      write(peer, bytes);
    }
    return closings;
  }

  /** Closes the next minute of one market. */
  Closing close(int peerNumber, int symbolNumber) throws IOException {
    Peer peer = peers.get(peerNumber % peers.size());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    String symbol = peer.symbols().get(symbolNumber % peer.symbols().size());
    Closing closing = closing(bytes, symbol);
    write(peer, bytes);
    return closing;
  }

  private Closing closing(ByteArrayOutputStream bytes, String symbol) {
    int[] count = sent.computeIfAbsent(symbol, s -> new int[1]);
    int minute = count[0] / FRAMES_PER_MINUTE + 1;
    count[0] = minute * FRAMES_PER_MINUTE;
    double close = 100.5 + minute % 90;
    Wire.text(bytes, frame(symbol, firstMinuteMs + minute * MINUTE_MS, close, true));
    return new Closing(symbol, firstMinuteMs + minute * MINUTE_MS, close);
  }

  List<String> allSymbols() {
    return IntStream.range(0, symbols).mapToObj(FrameServer::symbol).toList();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /**
   * A server in a process of its own: says its address, then obeys lines of standard input: {@code
   * send FRAMES RATE}, {@code burst SEED}, {@code subscriptions}.
   */
  static void serve(int symbols) throws IOException {
    try (FrameServer server = new FrameServer(symbols);
        var in =
            new java.io.BufferedReader(
                new java.io.InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      System.out.println(server.address());
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] words = line.split(" ", -1);
        int answer =
            switch (words[0]) {
              case "send" -> server.send(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
              case "burst" -> server.burst(Long.parseLong(words[1])).size();
              default -> server.subscriptions();
            };
        System.out.println(answer);
      }
    }
  }
}
