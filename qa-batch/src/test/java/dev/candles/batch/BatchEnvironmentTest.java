package dev.candles.batch;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

class BatchEnvironmentTest {
  @Test
  void withoutAClientTheJobRunsInThisJvm() {
    StreamExecutionEnvironment env = BatchEnvironment.create(2);

    assertThat(BatchEnvironment.onCluster()).isFalse();
    assertThat(env.getConfiguration().get(DeploymentOptions.TARGET)).isEqualTo("local");
    assertThat(env.getParallelism()).isEqualTo(2);
  }

  @Test
  void theFlinkOfAJobHasEndedWhenItsEnvironmentIsClosed() throws Exception {
    try (FlinkOfProcess env = (FlinkOfProcess) BatchEnvironment.create(1)) {
      var forever =
          env.fromSource(
                  new NumberSequenceSource(0, Long.MAX_VALUE), // never comes to its end
                  WatermarkStrategy.noWatermarks(),
                  "forever")
              .executeAndCollect("forever");
      assertThat(forever.next()).isZero();
      assertThat(env.running()).isOne();

      env.close();

      assertThat(env.running()).isZero();
    }
  }

  @Test
  void aClientsClusterAndParallelismAreLeftToIt() {
    ClientEnvironment.setAsContext();
    try {
      StreamExecutionEnvironment env = BatchEnvironment.create(2);

      assertThat(BatchEnvironment.onCluster()).isTrue();
      assertThat(env.getConfiguration().get(DeploymentOptions.TARGET)).isEqualTo("remote");
      assertThat(env.getParallelism()).isEqualTo(3);
    } finally {
      ClientEnvironment.unsetAsContext();
    }
  }

  /** The context that a client sets: what the program configures wins over the client's. */
  private static final class ClientEnvironment extends StreamExecutionEnvironment {
    private ClientEnvironment(Configuration configuration) {
      super(configuration);
    }

    static void setAsContext() {
      initializeContextEnvironment(
          program -> {
            Configuration merged = new Configuration();
            merged.set(DeploymentOptions.TARGET, "remote");
            merged.set(CoreOptions.DEFAULT_PARALLELISM, 3);
            merged.addAll(program);
            return new ClientEnvironment(merged);
          });
    }

    static void unsetAsContext() {
      resetContextEnvironment();
    }
  }
}
