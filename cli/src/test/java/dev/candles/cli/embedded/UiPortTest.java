package dev.candles.cli.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class UiPortTest {
  @Test
  void aPortThatSomebodyHasIsInUse() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertThatThrownBy(() -> UiPort.requireFree(port))
          .hasMessage(
              "port %d of the web UI is in use on 127.0.0.1; set ui_port to another, or to 0 for"
                  + " any",
              port);
    }
  }

  /** Below 1024 nobody may have it. */
  @Test
  void aPortThatIsNotForThisUserIsNotSaidToBeInUse() {
    assertThat(UiPort.why(new BindException("Permission denied")))
        .isEqualTo("cannot be had on 127.0.0.1: Permission denied");
  }
}
