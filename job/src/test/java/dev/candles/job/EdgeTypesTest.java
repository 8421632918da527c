package dev.candles.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.candles.core.candle.Timeframe;
import dev.candles.job.config.CollectorConfig;
import dev.candles.sim.Simulator;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamEdge;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every edge of the job has a serializer that was written for it. */
class EdgeTypesTest {
  private static final List<String> VENUES = List.of("coinbase", "okx");

  @TempDir private Path lake = Path.of("");

  @Test
  void everyEdgeIsWrittenByHand() throws Exception {
    StreamGraph graph = graph();
    assertThat(graph.getStreamNodes()).hasSizeGreaterThan(10);
    for (StreamNode node : graph.getStreamNodes()) {
      for (StreamEdge edge : node.getOutEdges()) {
        assertThat(typeOf(node, edge))
            .as("%s to %s", node.getOperatorName(), edge.getTargetId())
            .matches(type -> type.matches(".* v\\d+") || isFlinksOwn(node), "a codec");
      }
    }
  }

  /** However many tasks the others have: one writer knows all venues, and logs them once. */
  @Test
  void theHealthCheckIsOneForAllVenues() throws Exception {
    assertThat(graph().getStreamNodes())
        .filteredOn(node -> node.getOperatorName().startsWith("health"))
        .extracting(StreamNode::getOperatorName, StreamNode::getParallelism)
        .containsExactlyInAnyOrder(tuple("health", 3), tuple("health check: Writer", 1));
  }

  private static String typeOf(StreamNode node, StreamEdge edge) {
    OutputTag<?> side = edge.getOutputTag();
    return String.valueOf(
        side == null
            ? node.getTypeSerializerOut()
            : side.getTypeInfo().createSerializer(new SerializerConfigImpl()));
  }

  /** From a sink's writer to its committer. */
  private static boolean isFlinksOwn(StreamNode node) {
    return node.getOperatorName().endsWith(": Writer");
  }

  private StreamGraph graph() throws Exception {
    try (Simulator simulator = Simulator.start(JobDrill.venues(VENUES, JobDrill.START_MS))) {
      CollectorConfig config =
          JobDrill.config(
              VENUES.stream()
                  .map(v -> JobDrill.settings(v, List.of("BTC-USD"), simulator, simulator.rest(v)))
                  .toList(),
              List.of(Timeframe.M1, Timeframe.M5),
              lake,
              Instant.ofEpochMilli(JobDrill.START_MS),
              simulator);
      StreamExecutionEnvironment env =
          StreamExecutionEnvironment.getExecutionEnvironment(JobSettings.of(config));
      env.setParallelism(3);
      CollectorJob.build(env, config);
      return env.getStreamGraph();
    }
  }
}
