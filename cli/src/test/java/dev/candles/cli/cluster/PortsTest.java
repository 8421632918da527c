package dev.candles.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PortsTest {
  @Test
  void anyPortIsOneThatNoSystemGivesToOthersMeanwhile() throws Exception {
    Ports ports = new Ports();
    Set<Integer> given = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      assertThat(given.add(ports.take("rest.port", 0))).isTrue();
    }
    assertThat(given).allSatisfy(port -> assertThat(port).isBetween(20_000, 32_767));
  }
}
