package dev.candles.cli.cluster;

import dev.candles.cli.embedded.RefusedException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.apache.flink.client.program.StreamContextEnvironment;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.core.execution.DefaultExecutorServiceLoader;
import org.apache.flink.runtime.messages.webmonitor.ClusterOverview;
import org.jspecify.annotations.Nullable;

/**
 * Makes this JVM the client of a cluster, as {@code flink run} is one: whatever job is built until
 * {@link #close} runs there, with the jar that it is sent. The job's classes are this program's
 * own, which are those of the jar: in a loader of their own they would meet the Flink that this
 * program has beside them.
 */
public final class ClientContext implements AutoCloseable {
  private static final int ANY = Integer.MAX_VALUE;

  private ClientContext() {}

  /**
   * Opens it.
   *
   * @param parallelism of the jobs
   * @param settings more of Flink's, for the job
   * @throws RefusedException if the cluster cannot be reached, has too few free slots or another
   *     Flink, or there is no jar, or another build's
   */
  public static ClientContext open(Target target, int parallelism, @Nullable Configuration settings)
      throws IOException, RefusedException, InterruptedException {
    try (FlinkRest rest = target.connect()) {
      return open(target, rest, parallelism, settings);
    }
  }

  static ClientContext open(
      Target target, FlinkRest rest, int parallelism, @Nullable Configuration settings)
      throws IOException, RefusedException, InterruptedException {
    requireSlots(rest, parallelism);
    ClusterJar jar = ClusterJar.of(FlinkHome.here().jar());
    Configuration flink = FlinkRest.settings(target.flink(), rest.address());
    flink.set(DeploymentOptions.TARGET, "remote");
    flink.set(DeploymentOptions.ATTACHED, true);
    flink.set(CoreOptions.DEFAULT_PARALLELISM, parallelism);
    flink.set(PipelineOptions.JARS, List.of(jar.address()));
    if (settings != null) {
      flink.addAll(settings);
    }
    StreamContextEnvironment.setAsContext(
        new DefaultExecutorServiceLoader(),
        flink,
        ClientContext.class.getClassLoader(),
        ANY,
        ANY,
        true,
        null,
        null,
        List.of());
    return new ClientContext();
  }

  private static void requireSlots(FlinkRest rest, int parallelism)
      throws RefusedException, UnreachableException, InterruptedException {
    if (parallelism < 1) {
      throw new RefusedException("--parallelism: found '" + parallelism + "', expected 1 or more");
    }
    ClusterOverview now = rest.overview();
    if (now.getNumSlotsAvailable() < parallelism) {
      throw new RefusedException(
          String.format(
              Locale.ROOT,
              "too few free slots at %s: %d of %d are free, %d are needed; --parallelism says how"
                  + " many",
              rest.address(),
              now.getNumSlotsAvailable(),
              now.getNumSlotsTotal(),
              parallelism));
    }
  }

  @Override
  public void close() {
    StreamContextEnvironment.unsetAsContext();
  }
}
