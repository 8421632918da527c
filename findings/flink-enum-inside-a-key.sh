#!/usr/bin/env bash
# Guess: a record of an enum and a text, such as (venue, symbol), is as good a key for Flink as one of two texts: it
# has equals and hashCode, keyBy takes it, and Flink refuses keys that will not do. A test that restores a savepoint
# shows that the state is found again.
#
# Seen with Flink 2.3.0 (JDK 17, heap state, one task): the state is lost at a restart, without an error. Which of the
# key groups a key belongs to is told by its hashCode, a record's is made of its parts', and an enum's is another in
# each JVM. keyBy refuses the enum itself ("cannot be used as key") and not the record around it. Restored in the JVM
# that took the savepoint, as a test does, counts go on; restored in a new JVM, as after a deployment, streams
# begin at 1. With name() instead of the enum it goes on.
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
    <dependency><groupId>org.apache.flink</groupId><artifactId>flink-streaming-java</artifactId><version>2.3.0</version></dependency>
    <dependency><groupId>org.apache.flink</groupId><artifactId>flink-clients</artifactId><version>2.3.0</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>1.7.36</version></dependency>
  </dependencies>
</project>
P
mvn -q -B -f "$work/pom.xml" org.apache.maven.plugins:maven-dependency-plugin:3.11.0:build-classpath \
  -Dmdep.outputFile="$work/classpath" || { echo 'skipped: packages cannot be had'; exit 77; }

cat >"$work/Finding.java" <<'J'
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.InvalidProgramException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;

public class Finding {
  public enum Venue { COINBASE, KRAKEN, OKX }
  public record ByEnum(Venue venue, String symbol) {}
  public record ByText(String venue, String symbol) {}
  public record Trade(Venue venue, String symbol) {}

  /** Of each kind of key and venue, the first count of a run. */
  static final Map<String, Long> FIRST = new ConcurrentHashMap<>();
  static final Map<String, Long> LAST = new ConcurrentHashMap<>();

  /** Arguments: a folder for savepoints, and the savepoint to begin with, if any. */
  public static void main(String[] args) throws Exception {
    Path told = Path.of(args[0], "newest");
    if (args.length == 1) {
      System.out.println("the enum itself as a key: " + keyByEnum());
      String first = run(args[0], null);
      System.out.println("same JVM: " + goesOn());
      Files.writeString(told, run(args[0], first));
      System.out.println("same JVM, restored: " + goesOn());
    } else {
      for (int i = 0; i < 10; i++) {
        System.identityHashCode(new Object()); // as any program does that starts otherwise
      }
      run(args[0], Files.readString(told));
      System.out.println("another JVM, restored: " + goesOn());
    }
    System.exit(0);
  }

  static String goesOn() {
    return "key with an enum " + goesOn("enum") + ", key of texts " + goesOn("text");
  }

  static String goesOn(String kind) {
    return FIRST.entrySet().stream()
            .filter(first -> first.getKey().startsWith(kind))
            .allMatch(first -> first.getValue() > 1)
        ? "goes on"
        : "begins at 1";
  }

  static String keyByEnum() {
    try {
      new StreamExecutionEnvironment(new Configuration()).fromData(Venue.OKX).keyBy(new KeySelector<Venue, Venue>() {
        @Override public Venue getKey(Venue venue) { return venue; }
      });
      return "accepted";
    } catch (InvalidProgramException refused) {
      return "refused";
    }
  }

  /** Counts trades until each stream has some, and stops; the savepoint. */
  static String run(String folder, String from) throws Exception {
    FIRST.clear();
    LAST.clear();
    Configuration flink = new Configuration();
    flink.set(RestOptions.PORT, 0);
    flink.set(RestOptions.BIND_PORT, "0");
    StreamExecutionEnvironment env = new StreamExecutionEnvironment(flink);
    env.setParallelism(1);
    DataStream<Trade> trades = env.fromSequence(0, Long.MAX_VALUE).map(Finding::trade).uid("trades");
    count(trades, "enum", new KeySelector<Trade, ByEnum>() {
      @Override public ByEnum getKey(Trade trade) { return new ByEnum(trade.venue, trade.symbol); }
    }, TypeInformation.of(ByEnum.class));
    count(trades, "text", new KeySelector<Trade, ByText>() {
      @Override public ByText getKey(Trade trade) { return new ByText(trade.venue.name(), trade.symbol); }
    }, TypeInformation.of(ByText.class));
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
      long deadline = System.nanoTime() + Duration.ofMinutes(5).toNanos();
      while (LAST.size() < 6 || LAST.values().stream().anyMatch(count -> count < 10)) {
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException("the job does not count");
        }
        Thread.sleep(20);
      }
      return cluster.stopWithSavepoint(id, folder, false, SavepointFormatType.CANONICAL).get();
    }
  }

  static <K> void count(DataStream<Trade> trades, String kind, KeySelector<Trade, K> key, TypeInformation<K> type) {
    trades.keyBy(key, type).process(new Count<K>(kind)).uid(kind).sinkTo(new DiscardingSink<>()).uid(kind + "-sink");
  }

  static Trade trade(Long number) throws InterruptedException {
    Thread.sleep(2);
    return new Trade(Venue.values()[(int) (number % 3)], "BTC-USD");
  }

  static final class Count<K> extends KeyedProcessFunction<K, Trade, Long> {
    final String kind;
    transient ValueState<Long> count;

    Count(String kind) {
      this.kind = kind;
    }

    @Override
    public void open(OpenContext context) {
      count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Long.class));
    }

    @Override
    public void processElement(Trade trade, Context context, Collector<Long> out) throws Exception {
      long next = count.value() == null ? 1 : count.value() + 1;
      count.update(next);
      FIRST.putIfAbsent(kind + " " + trade.venue, next);
      LAST.put(kind + " " + trade.venue, next);
    }
  }
}
J
mkdir "$work/classes" "$work/savepoints"
javac -nowarn -cp "$(cat "$work/classpath")" -d "$work/classes" "$work/Finding.java"
run=(java --add-opens=java.base/java.util=ALL-UNNAMED --add-opens=java.base/java.lang=ALL-UNNAMED
  -cp "$work/classes:$(cat "$work/classpath")" Finding "$work/savepoints")
{ "${run[@]}" && "${run[@]}" restored; } | tee "$work/seen"
cat >"$work/written" <<'W'
the enum itself as a key: refused
same JVM: key with an enum begins at 1, key of texts begins at 1
same JVM, restored: key with an enum goes on, key of texts goes on
another JVM, restored: key with an enum begins at 1, key of texts goes on
W
cmp -s "$work/seen" "$work/written" || { echo 'this has changed'; exit 1; }
echo 'as written down'
