#!/usr/bin/env bash
# Guess: a trade that is too late for a window, which has been handed on, is too late also if the job was stopped with
# a savepoint and restored in between; in any case Flink's two ways to say "one minute" agree on it.
#
# Seen with Flink 2.3.0: a window of the DataStream API forgets, one of Flink SQL does not. A watermark is no part of a
# savepoint or checkpoint; after each restore it begins at the beginning of time, and until the first trade of now has
# come, nothing is late. Trades of 00:00 that are left out in one go, three minutes later, make a second candle of
# 00:00 after a restore, of the late trades only: a high of 99.0 behind one of 159.0, which overwrites the right one
# wherever the newest row counts. Flink SQL's windows keep the watermark in a state of their own and leave the trades
# out. Who takes up the last trades of a venue again at each start meets it each time. With the DataStream API keep the
# end of the last candle in keyed state, and compare.
#
# Exits 0 while it is so, 1 when it has changed, 77 where a JDK, Maven or the packages cannot be had.
set -euo pipefail

command -v javac >/dev/null && command -v mvn >/dev/null || { echo 'skipped: no javac or no mvn'; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat >"$work/pom.xml" <<'P'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion><groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.apache.flink</groupId><artifactId>flink-table-api-java-bridge</artifactId><version>2.3.0</version></dependency>
    <dependency><groupId>org.apache.flink</groupId><artifactId>flink-table-planner-loader</artifactId><version>2.3.0</version></dependency>
    <dependency><groupId>org.apache.flink</groupId><artifactId>flink-table-runtime</artifactId><version>2.3.0</version></dependency>
    <dependency><groupId>org.apache.flink</groupId><artifactId>flink-clients</artifactId><version>2.3.0</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>1.7.36</version></dependency>
  </dependencies>
</project>
P
mvn -q -B -f "$work/pom.xml" org.apache.maven.plugins:maven-dependency-plugin:3.11.0:build-classpath \
  -Dmdep.outputFile="$work/classpath" || { echo 'skipped: packages cannot be had'; exit 77; }

cat >"$work/Finding.java" <<'J'
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;

public class Finding {
  static final Instant MIDNIGHT = Instant.parse("2026-01-01T00:00:00Z");
  /** Whose candle it is, and its high, in the order in which they came. */
  static final ConcurrentLinkedQueue<String> HIGHS = new ConcurrentLinkedQueue<>();
  static final AtomicLong NEWEST = new AtomicLong();
  static volatile boolean stopping;

  public static void main(String[] args) throws Exception {
    List<String> seen = new ArrayList<>();
    run(args[0], null, false);
    report("in one go", seen);
    run(args[0], run(args[0], null, true), false);
    report("restored", seen);
    boolean same =
        seen.equals(
            List.of(
                "in one go, DataStream: [159.0, 219.0, 279.0, 499.0]",
                "in one go, SQL: [159.0, 219.0, 279.0, 499.0]",
                "restored, DataStream: [159.0, 219.0, 279.0, 99.0, 499.0]",
                "restored, SQL: [159.0, 219.0, 279.0, 499.0]"));
    System.out.println(same ? "as written down" : "this has changed");
    System.exit(same ? 0 : 1);
  }

  static void report(String how, List<String> seen) {
    for (String of : List.of("DataStream", "SQL")) {
      List<String> highs =
          HIGHS.stream().filter(high -> high.startsWith(of)).map(high -> high.split(" ")[1]).toList();
      seen.add(how + ", " + of + ": " + highs);
      System.out.println(seen.get(seen.size() - 1));
    }
    HIGHS.clear();
  }

  /** 400 trades of four minutes, the 200 before the last ten of the first minute; the savepoint, if any. */
  static String run(String folder, String from, boolean stops) throws Exception {
    NEWEST.set(0);
    stopping = stops;
    Configuration flink = new Configuration();
    flink.set(RestOptions.PORT, 0);
    flink.set(RestOptions.BIND_PORT, "0");
    StreamExecutionEnvironment env = new StreamExecutionEnvironment(flink);
    env.setParallelism(1);
    DataStream<Row> trades =
        env.fromSequence(0, 399)
            .map(Finding::trade)
            .returns(Types.ROW_NAMED(new String[] {"traded_at", "price"}, Types.INSTANT, Types.DOUBLE))
            .assignTimestampsAndWatermarks(
                WatermarkStrategy.<Row>forGenerator(context -> new InOrder())
                    .withTimestampAssigner((trade, before) -> ((Instant) trade.getField(0)).toEpochMilli()));
    keep("DataStream",
        trades.windowAll(TumblingEventTimeWindows.of(Duration.ofMinutes(1)))
            .reduce((a, b) -> ((Double) a.getField(1)).compareTo((Double) b.getField(1)) > 0 ? a : b)
            .map(trade -> (Double) trade.getField(1)));
    StreamTableEnvironment tables = StreamTableEnvironment.create(env);
    tables.getConfig().setLocalTimeZone(ZoneId.of("UTC"));
    tables.createTemporaryView(
        "trades",
        trades,
        Schema.newBuilder()
            .column("traded_at", DataTypes.TIMESTAMP_LTZ(3))
            .column("price", DataTypes.DOUBLE())
            .watermark("traded_at", "SOURCE_WATERMARK()")
            .build());
    keep("SQL",
        tables.toDataStream(
                tables.sqlQuery(
                    "SELECT MAX(price) FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(traded_at), INTERVAL '1' MINUTE))"
                        + " GROUP BY window_start, window_end"))
            .map(row -> (Double) row.getField(0)));
    MiniClusterConfiguration one =
        new MiniClusterConfiguration.Builder()
            .setConfiguration(flink)
            .setNumTaskManagers(1)
            .setNumSlotsPerTaskManager(1)
            .build();
    try (MiniCluster cluster = new MiniCluster(one)) {
      cluster.start();
      JobGraph job = env.getStreamGraph().getJobGraph();
      if (from != null) {
        job.setSavepointRestoreSettings(SavepointRestoreSettings.forPath(from));
      }
      JobID id = cluster.submitJob(job).get().getJobID();
      if (!stops) {
        cluster.requestJobResult(id).get().toJobExecutionResult(Finding.class.getClassLoader());
        return null;
      }
      long deadline = System.nanoTime() + Duration.ofMinutes(5).toNanos();
      while (NEWEST.get() < 200) {
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException("no trades come");
        }
        Thread.sleep(5);
      }
      return cluster.stopWithSavepoint(id, folder, false, SavepointFormatType.CANONICAL).get();
    }
  }

  static void keep(String of, DataStream<Double> highs) {
    highs.map(high -> HIGHS.add(of + " " + high)).sinkTo(new DiscardingSink<>());
  }

  static Row trade(Long number) throws InterruptedException {
    boolean late = number >= 190 && number < 390;
    if (late && stopping) {
      Thread.sleep(100); // time to take the savepoint in
    }
    NEWEST.set(number);
    return late
        ? Row.of(MIDNIGHT.plusSeconds(30), 99.0)
        : Row.of(MIDNIGHT.plusSeconds(number < 190 ? number : number - 200), 100.0 + number);
  }

  /** A watermark behind each trade: what is older than a trade before it is late. */
  static final class InOrder implements WatermarkGenerator<Row> {
    @Override
    public void onEvent(Row trade, long at, WatermarkOutput output) {
      output.emitWatermark(new Watermark(at - 1));
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {}
  }
}
J
mkdir "$work/classes"
javac -nowarn -d "$work/classes" -cp "$(cat "$work/classpath")" "$work/Finding.java"
java --add-opens=java.base/java.util=ALL-UNNAMED --add-opens=java.base/java.lang=ALL-UNNAMED \
  -cp "$work/classes:$(cat "$work/classpath")" Finding "$work/savepoints"
