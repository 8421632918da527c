package dev.candles.cli.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.job.config.CollectorConfig;
import dev.candles.job.config.ConfigParser;
import dev.candles.sources.venue.Venues;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever becomes of the page, the collector goes on. */
class BesideACollectorTest {
  @TempDir private Path folder;

  private CollectorConfig config(String port) throws Exception {
    return new ConfigParser(Venues.profiles(), System::currentTimeMillis)
        .parse("x", "venues: [okx]\nsymbols: [BTC-USDT]\npage_port: " + port, folder);
  }

  @Test
  void thePageIsServedUntilTheCollectorEnds() throws Exception {
    AutoCloseable beside = LivePage.beside(config("0"));
    assertThat(beside).isInstanceOf(LivePage.class);
    int port = ((LivePage) beside).address().getPort();
    try (beside;
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      String request = "GET / HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      assertThat(new String(socket.getInputStream().readNBytes(15), StandardCharsets.US_ASCII))
          .isEqualTo("HTTP/1.1 200 OK");
    }
    new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
  }

  @Test
  void aPortThatIsTakenStopsNothing() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      AutoCloseable beside = LivePage.beside(config(String.valueOf(taken.getLocalPort())));
      assertThat(beside).isNotInstanceOf(LivePage.class);
      beside.close();
    }
  }

  /** A collector that nobody can watch is better than none. */
  @Test
  void theMetricsAreServedUntilItEndsAndAPortThatIsTakenStopsNothing() throws Exception {
    AutoCloseable beside = MetricsPort.beside(config("off\nprometheus_port: 0"));
    int port = ((LoopbackServer) beside).address().getPort();
    assertThat(code(port, "/metrics")).isEqualTo(200);
    assertThat(code(port, "/")).isEqualTo(404);
    String taken = "off\nprometheus_port: " + port;
    AutoCloseable second = MetricsPort.beside(config(taken));
    assertThat(second).isNotInstanceOf(LoopbackServer.class);
    second.close();
    beside.close();
    new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
    assertThat(MetricsPort.beside(config("off"))).isNotInstanceOf(LoopbackServer.class);
  }

  private static int code(int port, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    return ((HttpURLConnection) uri.toURL().openConnection()).getResponseCode();
  }

  @Test
  void offMeansNone() throws Exception {
    AutoCloseable beside = LivePage.beside(config("off"));
    assertThat(beside).isNotInstanceOf(LivePage.class);
    beside.close();
  }
}
