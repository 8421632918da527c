package dev.candles.cli.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.job.config.CollectorConfig;
import dev.candles.job.config.ConfigParser;
import dev.candles.sources.venue.Venues;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
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

  @Test
  void offMeansNone() throws Exception {
    AutoCloseable beside = LivePage.beside(config("off"));
    assertThat(beside).isNotInstanceOf(LivePage.class);
    beside.close();
  }
}
