package dev.candles.job.config;

import dev.candles.core.time.MarketClock;
import dev.candles.sources.venue.VenueProfile;
import dev.candles.text.FailureText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads a configuration file. Finds every problem before anything connects and says for each the
 * line, the value, what was expected and, for a typo, what was probably meant.
 */
public final class ConfigParser {
  private static final List<Key> KEYS =
      Stream.of(
              MarketsConfig.KEYS,
              LakeConfig.KEYS,
              LoggingConfig.KEYS,
              HistoryConfig.KEYS,
              CheckpointConfig.KEYS,
              CompactionConfig.KEYS,
              DiskConfig.KEYS,
              QualityConfig.KEYS,
              WebUiConfig.KEYS,
              HealthConfig.KEYS,
              AlertConfig.KEYS,
              ClockConfig.KEYS)
          .flatMap(List::stream)
          .toList();
  private static final int MOST_BYTES = 256 << 10;

  private final Map<String, VenueProfile> profiles;
  private final LongSupplier realNowMs;
  private final Optional<ClusterRules> cluster;

  /**
   * @param profiles the venues that are known, by name
   * @param realNowMs this machine's clock, epoch ms, UTC: history does not start after it
   */
  public ConfigParser(Map<String, VenueProfile> profiles, LongSupplier realNowMs) {
    this(profiles, realNowMs, Optional.empty());
  }

  private ConfigParser(
      Map<String, VenueProfile> profiles, LongSupplier realNowMs, Optional<ClusterRules> cluster) {
    this.profiles = new TreeMap<>(profiles);
    this.realNowMs = realNowMs;
    this.cluster = cluster;
  }

  /**
   * The same for a collector on a Flink cluster: a lake that is not named by an absolute path is a
   * problem, because each machine would look for another.
   *
   * @param warnings is told of each key that is given and means nothing there, one line each
   */
  public ConfigParser onCluster(Consumer<String> warnings) {
    return new ConfigParser(profiles, realNowMs, Optional.of(new ClusterRules(warnings)));
  }

  /**
   * Reads a file of at most 256 KiB; relative paths in it start at its folder.
   *
   * @throws ConfigException if anything in it is wrong, or it cannot be read
   */
  public CollectorConfig load(Path file) throws ConfigException {
    return load(file, file);
  }

  /**
   * Reads a copy of a file, of at most 256 KiB.
   *
   * @param given the file as the user knows it; relative paths start at its folder
   * @throws ConfigException if anything in it is wrong, or the copy cannot be read
   */
  public CollectorConfig load(Path copy, Path given) throws ConfigException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(copy)) {
      bytes = in.readNBytes(MOST_BYTES + 1);
    } catch (IOException e) {
      throw new ConfigException(given.toString(), List.of("cannot be read: " + FailureText.of(e)));
    }
    if (bytes.length > MOST_BYTES) {
      throw new ConfigException(
          given.toString(), List.of("too large: expected at most " + MOST_BYTES + " bytes"));
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return parse(given.toString(), text, folder(given));
    } catch (CharacterCodingException e) {
      boolean utf16 = bytes.length > 1 && (bytes[0] & bytes[1] & 0xfe) == 0xfe; // FE FF or FF FE
      throw new ConfigException(
          given.toString(),
          List.of((utf16 ? "UTF-16 text" : "not UTF-8 text") + ": save it as UTF-8"));
    }
  }

  private static Path folder(Path file) {
    Path parent = file.toAbsolutePath().normalize().getParent();
    return parent == null ? Path.of("").toAbsolutePath() : parent;
  }

  /**
   * Reads a text.
   *
   * @param name the text as the user knows it
   * @param folder where relative paths start
   * @throws ConfigException if anything in it is wrong
   */
  public CollectorConfig parse(String name, String text, Path folder) throws ConfigException {
    Problems problems = new Problems();
    Optional<Node> root = new YamlText(problems).root(text);
    if (root.isEmpty() && problems.isEmpty()) {
      problems.add(1, "is empty; expected at least the keys venues and symbols");
    }
    root.ifPresent(node -> cluster.ifPresent(rules -> rules.check(name, node, problems)));
    CollectorConfig config =
        root.map(node -> read(Section.of(node, "", Key.names(KEYS), problems), folder))
            .orElse(null);
    if (config == null || !problems.isEmpty()) {
      throw new ConfigException(name, problems.texts());
    }
    return config;
  }

  /** Every key that may stand at the top. */
  static List<Key> keys() {
    return KEYS;
  }

  private CollectorConfig read(Section root, Path folder) {
    MarketClock clock = ClockConfig.read(root);
    return new CollectorConfig(
        MarketsConfig.read(root, profiles),
        LakeConfig.read(root, folder),
        HistoryConfig.read(root, clock.marketAt(realNowMs.getAsLong())),
        CheckpointConfig.read(root),
        CompactionConfig.read(root),
        DiskConfig.read(root),
        QualityConfig.read(root),
        WebUiConfig.read(root),
        LoggingConfig.read(root),
        HealthConfig.read(root),
        AlertConfig.read(root, folder),
        clock);
  }
}
