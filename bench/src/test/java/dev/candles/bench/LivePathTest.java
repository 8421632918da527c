package dev.candles.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The graph of a benchmark, which the build does not run, is one that Flink takes. */
class LivePathTest {
  @Test
  void everyEdgeHasASerializer(@TempDir Path lake) {
    StreamExecutionEnvironment env = new StreamExecutionEnvironment(Settings.flink(lake));

    LivePath.build(env, lake, "127.0.0.1:9", List.of("BTC-USDT"));

    assertThat(env.getStreamGraph().getJobGraph().getVertices())
        .extracting(JobVertex::getName)
        .hasSize(3)
        .anySatisfy(name -> assertThat(name).contains("Map"));
  }
}
