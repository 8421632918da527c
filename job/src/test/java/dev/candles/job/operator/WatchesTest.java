package dev.candles.job.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.core.watch.CheckpointFailures;
import dev.candles.core.watch.DiskBounds;
import dev.candles.core.watch.DiskRule;
import dev.candles.core.watch.DiskStanding;
import dev.candles.core.watch.VenueGaps;
import dev.candles.core.watch.WatchNews;
import dev.candles.job.alert.AlertDelivery;
import dev.candles.job.alert.LogLines;
import dev.candles.job.alert.Notice;
import dev.candles.job.alert.WebhookReceiver;
import dev.candles.job.config.AlertConfig;
import dev.candles.job.config.AlertConfig.Webhook;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.state.ToldAlerts;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** What is watched, told to a real receiver, in attempts that are killed and begin again. */
@Isolated("jobs of other tests log the same")
class WatchesTest {
  private static final long T0 = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();
  private static final long H = 3_600_000;
  private static final long MB = 1_000_000;

  @TempDir private Path lake;
  private WebhookReceiver receiver;
  private AlertDelivery delivery;
  private final CheckpointFailures checkpoints = new CheckpointFailures(3);
  private DiskRule disk;
  private Watches watches;
  private int toldLast;

  @BeforeEach
  void open() throws Exception {
    receiver = new WebhookReceiver();
    start(T0);
  }

  @AfterEach
  void close() {
    delivery.close();
    receiver.close();
  }

  private void start(long nowMs) throws Exception {
    Webhook hook = new Webhook("ops", true, null, receiver.addressIn(lake).toString());
    ToldAlerts told = new ToldAlerts(new LakeLayout(lake), () -> nowMs);
    delivery = AlertDelivery.of(AlertConfig.to(List.of(hook)), told);
    disk = new DiskRule(new DiskBounds(100 * MB, 0));
    watches =
        new Watches(Map.of("okx", new VenueGaps("okx", 1, H, 0, nowMs)), checkpoints, this::tell);
  }

  private CompletableFuture<Boolean> tell(Notice notice) {
    CompletableFuture<Boolean> told = delivery.tellAll(notice);
    WebhookReceiver.await("handed over", told::isDone);
    return told;
  }

  private void killAndStart(long nowMs) throws Exception {
    delivery.close();
    start(nowMs);
  }

  private void look(long freeMb, long nowMs) {
    watches.look(disk.take(freeMb * MB, 9_000 * MB, nowMs), nowMs);
  }

  /** The kinds that the receiver was told since the last call. */
  private List<String> told() {
    List<String> kinds =
        receiver.bodies.subList(toldLast, receiver.bodies.size()).stream()
            .map(body -> body.replaceFirst(".*ALERT (\\[[A-Z]+] [a-z_]+): .*", "$1"))
            .toList();
    toldLast = receiver.bodies.size();
    return kinds;
  }

  @Test
  void eachStandOfTheDiskIsToldOnceAlsoAcrossRestarts() throws Exception {
    look(5_000, T0);
    assertThat(told()).as("without trouble nothing is well again").isEmpty();
    look(499, T0 + 1);
    look(450, T0 + 2);
    look(250, T0 + 3);
    assertThat(told()).containsExactly("[WARNING] disk_nearly_full");
    killAndStart(T0 + 4);
    look(250, T0 + 5);
    assertThat(told()).as("the restart").isEmpty();
    look(20, T0 + 6);
    look(10, T0 + 7);
    assertThat(told()).containsExactly("[CRITICAL] disk_full");
    killAndStart(T0 + 8);
    watches.look(DiskStanding.UNKNOWN, T0 + 9);
    look(10, T0 + 10);
    assertThat(told()).as("the restart").isEmpty();
    killAndStart(T0 + 11);
    look(5_000, T0 + 12);
    look(5_000, T0 + 13);
    assertThat(told()).as("room came while nobody ran").containsExactly("[INFO] disk_well");
    killAndStart(T0 + 14);
    look(5_000, T0 + 15);
    assertThat(told()).isEmpty();
  }

  @Test
  void checkpointsThatFailAreToldOnceAndNotThoseThatAFullDiskStops() throws Exception {
    look(10, T0);
    for (int n = 0; n < 10; n++) {
      watches.checkpointFailed();
    }
    look(10, T0 + 1);
    look(5_000, T0 + 2);
    assertThat(told()).containsExactly("[CRITICAL] disk_full", "[INFO] disk_well");
    for (int n = 0; n < 5; n++) {
      watches.checkpointFailed();
      look(5_000, T0 + 3 + n);
    }
    assertThat(told()).containsExactly("[WARNING] checkpoints_fail");
    killAndStart(T0 + 10);
    look(5_000, T0 + 11);
    assertThat(told()).as("counted on").isEmpty();
    watches.checkpointCompleted();
    look(5_000, T0 + 12);
    look(5_000, T0 + 13);
    assertThat(told()).containsExactly("[INFO] checkpoints_well");
  }

  @Test
  void aClockThatDiffersIsToldOncePerVenueThatIsCollected() throws Exception {
    watches.clock(new WatchNews.Clock("okx", 0, 0));
    look(5_000, T0);
    watches.clock(new WatchNews.Clock("okx", 0, 90_000));
    watches.clock(new WatchNews.Clock("kraken", 0, 90_000));
    look(5_000, T0 + 1);
    watches.clock(new WatchNews.Clock("okx", 0, 95_000));
    look(5_000, T0 + 2);
    assertThat(told()).containsExactly("[WARNING] clock_off");
    killAndStart(T0 + 3);
    watches.clock(new WatchNews.Clock("okx", 0, 95_000));
    look(5_000, T0 + 4);
    assertThat(told()).isEmpty();
    watches.clock(new WatchNews.Clock("okx", 0, -4_000_000));
    look(5_000, T0 + 5);
    watches.clock(new WatchNews.Clock("okx", 0, 0));
    look(5_000, T0 + 6);
    assertThat(told()).containsExactly("[CRITICAL] clock_far_off", "[INFO] clock_right");
  }

  @Test
  void aClockIsRightWhenItAgreesOnEveryMachine() throws Exception {
    watches.clock(new WatchNews.Clock("okx", 1, -90_000));
    watches.clock(new WatchNews.Clock("okx", 0, 0));
    look(5_000, T0);
    assertThat(told()).containsExactly("[WARNING] clock_off");
    watches.clock(new WatchNews.Clock("okx", 0, 5_000));
    look(5_000, T0 + 1);
    watches.clock(new WatchNews.Clock("okx", 1, 0));
    look(5_000, T0 + 2);
    assertThat(told()).as("one of them is off all the time").isEmpty();
    watches.clock(new WatchNews.Clock("okx", 0, 0));
    look(5_000, T0 + 3);
    assertThat(told()).containsExactly("[INFO] clock_right");
  }

  @Test
  void whatWasGivenUpIsHandedOverAgainAfterAWhile() {
    List<CompletableFuture<Boolean>> ends = new ArrayList<>();
    Watches some =
        new Watches(
            Map.of(),
            checkpoints,
            notice -> {
              ends.add(new CompletableFuture<>());
              return ends.get(ends.size() - 1);
            });
    DiskStanding full = disk.take(10 * MB, 9_000 * MB, T0);
    some.look(full, T0);
    some.look(full, T0 + Watches.AGAIN_MS);
    assertThat(ends).as("still being told").hasSize(1);
    ends.get(0).complete(false);
    some.look(full, T0 + Watches.AGAIN_MS - 1);
    assertThat(ends).as("it was only just given up").hasSize(1);
    some.look(full, T0 + Watches.AGAIN_MS);
    assertThat(ends).hasSize(2);
    ends.get(1).complete(false);
    some.look(full, T0 - 5 * Watches.AGAIN_MS);
    assertThat(ends).as("the clock was set back").hasSize(3);
    ends.get(2).complete(true);
    some.look(full, T0 + 5 * Watches.AGAIN_MS);
    assertThat(ends).as("told").hasSize(3);
  }

  @Test
  void anOldGapIsToldOnceAndARestartNeitherTakesItBackNorTellsItAgain() throws Exception {
    long none = WatchNews.Gaps.NONE;
    watches.gaps(new WatchNews.Gaps("okx", "okx/A/1m", none, none, 0, T0, T0));
    look(5_000, T0 + H - 1);
    assertThat(told()).isEmpty();
    look(5_000, T0 + H);
    look(5_000, T0 + H + 1);
    assertThat(told()).containsExactly("[WARNING] gap_old");
    long restartMs = T0 + 2 * H;
    killAndStart(restartMs);
    watches.gaps(new WatchNews.Gaps("okx", "okx/A/1m", T0, restartMs, restartMs, none, none));
    look(5_000, restartMs + 1);
    look(5_000, restartMs + H);
    assertThat(told()).isEmpty();
    watches.gaps(new WatchNews.Gaps("okx", "okx/A/1m", none, none, restartMs + H, none, none));
    look(5_000, restartMs + H + 1);
    assertThat(told()).as("not at once").isEmpty();
    look(5_000, restartMs + 2 * H);
    assertThat(told()).containsExactly("[INFO] gap_closed");
  }

  @Test
  void eachStepOfADiskIsLoggedOnceOnItsWayDownAndUp() {
    try (LogLines log = new LogLines(LakeDisk.class.getName(), "event=disk_")) {
      LakeDisk steps = new LakeDisk();
      for (long free : new long[] {5_000, 450, 450, 50, 40, 130, 700}) {
        steps.log(disk.take(free * MB, 9_000 * MB, T0));
      }
      assertThat(log.lines)
          .extracting(line -> line.replaceFirst(" free_bytes=.*", ""))
          .containsExactly(
              "WARN: event=disk_short level=SHORT stops=nothing",
              "WARN: event=disk_short level=NO_REPORTS stops=reports",
              "WARN: event=disk_short level=NO_COMPACTION stops=compaction",
              "WARN: event=disk_short level=NO_REJECTS stops=rejects",
              "WARN: event=disk_short level=NO_CHECKPOINTS stops=checkpoints",
              "INFO: event=disk_roomier level=NO_CHECKPOINTS resumes=checkpoints",
              "INFO: event=disk_roomier level=NO_REJECTS resumes=rejects",
              "INFO: event=disk_roomier level=NO_COMPACTION resumes=compaction",
              "INFO: event=disk_roomier level=NO_REPORTS resumes=reports",
              "INFO: event=disk_roomier level=SHORT resumes=nothing");
    }
  }
}
