package dev.candles.job;

import dev.candles.job.config.CollectorConfig;
import dev.candles.job.config.ConfigException;
import dev.candles.job.config.ConfigParser;
import dev.candles.job.config.FileEstimate;
import dev.candles.sources.venue.VenueSettings;
import dev.candles.sources.venue.Venues;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The collector's entry class on a Flink cluster: {@code flink run -c dev.candles.job.CollectorMain
 * candles-cluster.jar --config FILE}. Returns once the job is submitted, or throws; never ends the
 * JVM, which may be a JobManager's.
 */
public final class CollectorMain {
  private static final Logger LOG = LoggerFactory.getLogger(CollectorMain.class);
  private static final String USAGE = "expected --config FILE [--copy-of FILE]";

  private CollectorMain() {}

  /**
   * Submits the job to the cluster that the caller's context names.
   *
   * @param args {@code --config FILE}; the file is read here, in the submitting process. Of a copy
   *     of a file also {@code --copy-of FILE}: messages have that one's name, and relative paths
   *     start in its folder
   * @throws IllegalArgumentException if the arguments are others
   * @throws ConfigException if anything in the configuration is wrong
   * @throws Exception if Flink does not take the job
   */
  public static void main(String[] args) throws Exception {
    boolean isCopy = args.length == 4 && args[2].equals("--copy-of");
    if (!(isCopy || args.length == 2) || !args[0].equals("--config")) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%s, found '%s'", USAGE, String.join(" ", args)));
    }
    Consumer<String> warnings = warning -> LOG.warn("{}", warning);
    Path file = Path.of(args[1]);
    ConfigParser parser = parser(warnings);
    submit(isCopy ? parser.load(file, Path.of(args[3])) : parser.load(file));
  }

  /**
   * Reads a configuration as a cluster needs it.
   *
   * @param warnings is told of keys that mean nothing on a cluster, one line each
   * @throws ConfigException if anything in it is wrong; it lists every problem
   */
  public static CollectorConfig configuration(Path file, Consumer<String> warnings)
      throws ConfigException {
    return parser(warnings).load(file);
  }

  private static ConfigParser parser(Consumer<String> warnings) {
    return new ConfigParser(Venues.profiles(), System::currentTimeMillis).onCluster(warnings);
  }

  /**
   * The name of the job that collects into a lake, like {@code candles /data (coinbase, okx)}:
   * whoever lists jobs can tell them apart.
   */
  public static String jobName(CollectorConfig config) {
    String venues =
        config.markets().venues().stream()
            .map(VenueSettings::name)
            .collect(Collectors.joining(", "));
    return ofLake(config.lake().path()) + " (" + venues + ")";
  }

  /** Whether a job's name is that of a collector of this lake, whatever its venues are. */
  public static boolean collectsInto(String jobName, Path lake) {
    return jobName.replaceFirst(" \\([a-z0-9, ]*\\)$", "").equals(ofLake(lake));
  }

  private static String ofLake(Path lake) {
    return "candles " + lake.toAbsolutePath().normalize();
  }

  /**
   * Submits the job in the environment of the caller's context.
   *
   * @return the job as the cluster knows it
   * @throws Exception if Flink does not take it
   */
  public static JobClient submit(CollectorConfig config) throws Exception {
    FileEstimate files = FileEstimate.of(config);
    if (files.isTooMany()) {
      LOG.warn("Files: {}", files.text());
    }
    Configuration flink = JobSettings.of(config);
    // Readers announce the lake after the first checkpoint: it shall come as soon as all tasks run.
    flink.set(CheckpointingOptions.PAUSE_SOURCES_UNTIL_FIRST_CHECKPOINT, true);
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(flink);
    CollectorJob.build(
        env,
        config,
        new ClusterWriteAccess(
            config.lake().directory(), config.checkpoints().directory() == null));
    return env.executeAsync(jobName(config));
  }
}
