package dev.candles.job.config;

import java.nio.file.InvalidPathException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** What a configuration may say on a Flink cluster, where others than the launcher do the work. */
final class ClusterRules {
  private static final String LAKE = LakeConfig.DIRECTORY.name();

  /** Keys that only the collector in one JVM heeds, and what does their work on a cluster. */
  private static final Map<String, String> IGNORED =
      Map.of(
          WebUiConfig.PORT.key().name(), "the web UI has the cluster's rest.port",
          WebUiConfig.PAGE_PORT.key().name(), "./candles status --serve shows the page there",
          WebUiConfig.PROMETHEUS_PORT.key().name(), "reporters are Flink's own settings there",
          LoggingConfig.LEVEL.name(), "the cluster has its own log4j2 configuration",
          CompactionConfig.INTERVAL.key().name(), "compaction is a job of its own there",
          QualityConfig.QA.name(), "the daily checks are a job of their own there",
          CompactionConfig.KEPT_REJECTS.key().name(), "rejects are not deleted there");

  private final Consumer<String> warnings;

  /**
   * @param warnings is told of each key that means nothing, one line each
   */
  ClusterRules(Consumer<String> warnings) {
    this.warnings = warnings;
  }

  /** Reports what is wrong on a cluster only; what is no mapping is reported elsewhere. */
  void check(String name, Node root, Problems problems) {
    boolean named = false;
    if (root instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
        named |= key.equals(LAKE);
        check(name, key, tuple, problems);
      }
    }
    if (!named) {
      problems.add(1, LAKE + ": is missing, expected " + expected());
    }
  }

  private void check(String name, String key, NodeTuple tuple, Problems problems) {
    String instead = IGNORED.get(key);
    if (instead != null) {
      int line = Problems.line(tuple.getKeyNode());
      warnings.accept(
          name + ": line " + line + ": " + key + " means nothing on a cluster: " + instead);
    }
    if (key.equals(LAKE)
        && tuple.getValueNode() instanceof ScalarNode value
        && isRelative(value.getValue()).orElse(false)) {
      problems.value(value, LAKE, value.getValue(), expected());
    }
  }

  private static String expected() {
    return "an absolute path on a cluster, because every machine of it looks there";
  }

  /** Empty for what is no path at all, which is reported where it is read. */
  private static Optional<Boolean> isRelative(String text) {
    try {
      return Optional.of(!PathText.parse(text).isAbsolute());
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
