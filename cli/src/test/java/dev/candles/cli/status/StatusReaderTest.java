package dev.candles.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.cli.Commands;
import dev.candles.core.time.MarketClock;
import dev.candles.core.watch.DiskBounds;
import dev.candles.lake.state.LakeLease;
import dev.candles.lake.state.LakeLock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Whoever writes and is at none of the places where a collector is looked for. */
@Execution(ExecutionMode.CONCURRENT)
class StatusReaderTest {
  private static final String ELSEWHERE =
      ", alive and not found from here: it starts or ends, or is elsewhere: look with --target"
          + " HOST:PORT";

  @TempDir private Path lake;

  private Status look() throws Exception {
    return new StatusReader(
            lake,
            MarketClock.real(),
            unanswered -> List.of(),
            new DiskBounds(0, 0),
            StatusReader.Around.UNKNOWN)
        .look();
  }

  @BeforeEach
  void make() throws IOException {
    Files.createDirectories(lake.resolve("candles"));
  }

  private Commands.Result status() throws IOException {
    try (Socket nobody = new Socket()) { // bound, so that nobody can listen there meanwhile
      nobody.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      String target = "127.0.0.1:" + nobody.getLocalPort();
      return Commands.run("status", "--data-dir", lake.toString(), "--target", target);
    }
  }

  @Test
  void oneOfAnotherContainerIsNotSaidNotToRun() throws Exception {
    LakeLease lease = new LakeLease(lake, System::nanoTime, System::currentTimeMillis);
    try (var held = lease.take("job-1", false, why -> {})) {
      Commands.Result said = status();
      assertThat(said.code()).as(said.out()).isEqualTo(1);
      assertThat(said.out())
          .contains("TO DO       the collector does not answer: another job writes into this")
          .contains("Collector   DOES NOT ANSWER: ", "holder=writer=job-1 pid=", ELSEWHERE)
          .doesNotContain("NOT RUNNING", "tart one");
    }
    assertThat(status().code()).as("it gave the lease back").isEqualTo(4);
  }

  /** It has the lock before it has the lease, which it may have to wait for. */
  @Test
  void oneThatStartsHereIsNotSaidNotToRun() throws Exception {
    try (var held = new LakeLock(lake.toString()).acquire()) {
      Status seen = look();
      assertThat(seen.found().unanswered())
          .singleElement()
          .asString()
          .startsWith("holder=pid=" + ProcessHandle.current().pid())
          .endsWith(ELSEWHERE);
    }
    Status after = look();
    assertThat(after.found().unanswered()).isEmpty();
  }

  /** Or the page of a collector that was killed would come six seconds late each time. */
  @Test
  void aDeadCollectorsLeaseIsWatchedOnce() throws Exception {
    AtomicInteger looks = new AtomicInteger();
    LakeLease lease =
        new LakeLease(
            lake,
            () -> LakeLease.TERMS.renewed().toNanos() * looks.incrementAndGet(),
            System::currentTimeMillis);
    StatusReader reader =
        new StatusReader(
            lake,
            MarketClock.real(),
            unanswered -> List.of(),
            new DiskBounds(0, 0),
            StatusReader.Around.UNKNOWN,
            lease);
    Files.writeString(
        Files.createDirectories(lake.resolve(".state")).resolve("lease"),
        "writer=job-1 hold=h host=elsewhere locked=true pid=1\n");
    assertThat(reader.look().found().unanswered()).isEmpty();
    int watched = looks.get();
    assertThat(watched).isGreaterThan(1);
    assertThat(reader.look().found().unanswered()).isEmpty();
    assertThat(looks).hasValue(watched);
  }
}
