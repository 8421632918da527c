package dev.candles.cli.cluster;

import dev.candles.job.CollectorMain;
import dev.candles.job.config.CollectorConfig;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.lake.state.LakeLease;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A lake of a job, as a command that speaks with a cluster sees it. */
record JobLake(Path root, CollectorConfig config) {
  /** Of a configuration in a folder; the lake in it is not made. */
  static JobLake in(Path folder) throws Exception {
    return in(folder, "");
  }

  /** The same, with more lines of configuration. */
  static JobLake in(Path folder, String more) throws Exception {
    Path root = folder.resolve("lake");
    Path file =
        Files.writeString(
            folder.resolve("c.yaml"),
            "venues: [okx]\nsymbols: [BTC-USDT]\ndata_dir: "
                + root
                + "\nkeep_savepoints: 1\n"
                + more);
    return new JobLake(root, CollectorMain.configuration(file, warning -> {}));
  }

  String jobName() {
    return CollectorMain.jobName(config);
  }

  /** Whose process ended without giving the lease back, or is another machine's. */
  void leaseOf(String job) throws Exception {
    Files.createDirectories(state());
    Files.writeString(
        state().resolve("lease"), "writer=" + job + " hold=h host=elsewhere locked=false pid=1\n");
  }

  /** The lease by a clock that makes 8 s of each look: what waits for it need not wait long. */
  LakeLease lease() {
    AtomicLong nanos = new AtomicLong();
    return new LakeLease(
        root, () -> nanos.addAndGet(TimeUnit.SECONDS.toNanos(8)), System::currentTimeMillis);
  }

  /** A complete savepoint of this name. */
  Path savepoint(String name) throws Exception {
    Path folder = Files.createDirectories(state().resolve("savepoints").resolve(name));
    Files.writeString(folder.resolve("_metadata"), "x");
    return folder;
  }

  /** What a collector has not finished. */
  Path unfinished() throws Exception {
    Path day = root.resolve("candles/venue=okx/symbol=BTC-USDT/timeframe=1m/date=2026-01-09");
    return Files.writeString(
        Files.createDirectories(day).resolve(".c-1-0.parquet.inprogress.9"), "x");
  }

  private Path state() {
    return new LakeLayout(root).state();
  }
}
