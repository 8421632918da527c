#!/usr/bin/env bash
# Guess: Java-WebSocket's watch for lost connections (setConnectionLostTimeout) ends connections on which nothing
# arrives; one that data keeps arriving on is alive.
#
# Seen with Java-WebSocket 1.6.0 on JDK 17: only a pong counts. A server that sends a message every 50 ms and does
# not answer pings loses its client after one and a half times the timeout, closed by the client itself with 1006
# and the reason "The connection was closed because the other endpoint did not respond with a pong in time", in
# the middle of the messages. Venues that have a ping of their own in the protocol need not answer the frame.
#
# Exits 0 while it is so, 1 when it has changed, 77 where the tools or packages cannot be had.
set -euo pipefail

for tool in java javac mvn; do command -v "$tool" >/dev/null || { echo "skipped: no $tool"; exit 77; }; done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat >"$work/pom.xml" <<'X'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.java-websocket</groupId><artifactId>Java-WebSocket</artifactId><version>1.6.0</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>2.0.17</version></dependency>
  </dependencies>
</project>
X
mvn -q -B -f "$work/pom.xml" org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy-dependencies \
  -DoutputDirectory="$work/jars" || { echo 'skipped: packages cannot be had'; exit 77; }

cat >"$work/Pong.java" <<'J'
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.java_websocket.WebSocket;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.framing.Framedata;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.handshake.ServerHandshake;
import org.java_websocket.server.WebSocketServer;

public class Pong {
  static final class Feed extends WebSocketServer {
    final CountDownLatch started = new CountDownLatch(1);
    final boolean answers;

    Feed(boolean answers) {
      super(new InetSocketAddress("127.0.0.1", 0));
      this.answers = answers;
      setConnectionLostTimeout(0);
    }

    @Override
    public void onWebsocketPing(WebSocket socket, Framedata frame) {
      if (answers) {
        super.onWebsocketPing(socket, frame);
      }
    }

    @Override public void onOpen(WebSocket socket, ClientHandshake handshake) {}
    @Override public void onClose(WebSocket socket, int code, String reason, boolean remote) {}
    @Override public void onMessage(WebSocket socket, String message) {}
    @Override public void onError(WebSocket socket, Exception error) {}
    @Override public void onStart() { started.countDown(); }
  }

  /** What became of a client within five seconds. */
  static String watch(boolean answers) throws Exception {
    Feed feed = new Feed(answers);
    feed.start();
    feed.started.await();
    var closed = new CompletableFuture<String>();
    var lastMessage = new AtomicLong();
    var longestSilence = new AtomicLong();
    var client = new WebSocketClient(new URI("ws://127.0.0.1:" + feed.getPort())) {
      @Override public void onOpen(ServerHandshake handshake) { lastMessage.set(System.nanoTime()); }
      @Override public void onMessage(String message) {
        long now = System.nanoTime();
        longestSilence.accumulateAndGet(now - lastMessage.getAndSet(now), Math::max);
      }
      @Override public void onClose(int code, String reason, boolean remote) {
        closed.complete(code + " " + (remote ? "by the server" : "by the client") + ": " + reason);
      }
      @Override public void onError(Exception error) { closed.complete("error: " + error); }
    };
    client.setConnectionLostTimeout(1);
    client.connectBlocking();
    var clock = Executors.newSingleThreadScheduledExecutor();
    clock.scheduleAtFixedRate(() -> feed.broadcast("{}"), 0, 50, TimeUnit.MILLISECONDS);
    String end = closed.completeOnTimeout("open", 5, TimeUnit.SECONDS).get();
    System.out.println(
        (answers ? "pings answered:   " : "pings unanswered: ") + end
            + "   (longest silence between messages " + longestSilence.get() / 1_000_000 + " ms)");
    clock.shutdownNow();
    client.closeBlocking();
    feed.stop(1000);
    return end;
  }

  public static void main(String[] arguments) throws Exception {
    boolean same = watch(true).equals("open") & watch(false).startsWith("1006 by the client");
    System.out.println(same ? "as written down" : "this has changed");
    System.exit(same ? 0 : 1);
  }
}
J
javac -cp "$work/jars/*" -d "$work" "$work/Pong.java"
java -cp "$work:$work/jars/*" Pong
