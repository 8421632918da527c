package dev.candles.batch;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.flink.client.deployment.executors.LocalExecutor;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.PipelineExecutor;
import org.apache.flink.core.execution.PipelineExecutorFactory;
import org.apache.flink.core.execution.PipelineExecutorServiceLoader;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Starts a Flink in this JVM for each job, as Flink's own local environment does, and waits at its
 * end until they have ended. Flink's own ends them behind the job: a JVM that has gone on to its
 * exit meanwhile, its temporary folder deleted, prints stack traces of classes not found.
 */
final class FlinkOfProcess extends StreamExecutionEnvironment {
  private final Clusters clusters;

  FlinkOfProcess(Configuration flink) {
    this(new Clusters(), flink);
  }

  private FlinkOfProcess(Clusters clusters, Configuration flink) {
    super(clusters, flink, FlinkOfProcess.class.getClassLoader());
    this.clusters = clusters;
  }

  /** Flinks that have not ended yet. */
  long running() {
    return clusters.started.stream().filter(MiniCluster::isRunning).count();
  }

  /**
   * Ends what still runs, and waits for it.
   *
   * @throws Exception if a Flink could not end in order
   */
  @Override
  public void close() throws Exception {
    super.close();
    for (MiniCluster cluster : clusters.started) {
      cluster.closeAsync().get();
    }
  }

  private static final class Clusters
      implements PipelineExecutorServiceLoader, PipelineExecutorFactory {
    private final List<MiniCluster> started = new CopyOnWriteArrayList<>();

    @Override
    public PipelineExecutorFactory getExecutorFactory(Configuration flink) {
      return this;
    }

    @Override
    public Stream<String> getExecutorNames() {
      return Stream.of(getName());
    }

    @Override
    public String getName() {
      return LocalExecutor.NAME;
    }

    @Override
    public boolean isCompatibleWith(Configuration flink) {
      return true;
    }

    @Override
    public PipelineExecutor getExecutor(Configuration flink) {
      return LocalExecutor.createWithFactory(flink, this::cluster);
    }

    private MiniCluster cluster(MiniClusterConfiguration configuration) {
      MiniCluster cluster = new MiniCluster(configuration);
      started.add(cluster);
      return cluster;
    }
  }
}
