package dev.candles.job.config;

import dev.candles.core.candle.Meant;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.text.TypedTime;
import dev.candles.core.time.MarketClock;
import dev.candles.job.config.CollectorConfig.History;
import dev.candles.job.config.CollectorConfig.History.Since;
import dev.candles.job.config.CollectorConfig.Keep;
import dev.candles.sources.venue.VenueProfile;
import dev.candles.sources.venue.VenueSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads a configuration file. Finds every problem before anything connects and says for each the
 * line, the value, what was expected and, for a typo, what was probably meant.
 */
public final class ConfigParser {
  private static final List<String> KEYS =
      List.of(
          "venues",
          "symbols",
          "timeframes",
          "data_dir",
          "log_level",
          "history",
          "checkpoint_interval",
          "checkpoint_dir",
          "compaction_interval",
          "keep_rejects",
          "keep_savepoints",
          "ui_port",
          "clock");
  private static final List<String> LEVELS =
      List.of("TRACE", "DEBUG", "INFO", "WARNING", "WARN", "ERROR");
  private static final Pattern OBJECT_STORE = Pattern.compile("(?i)s3[an]?:.*");
  private static final Pattern BUCKET =
      Pattern.compile("s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[A-Za-z0-9._=-]+)*/?");
  private static final int MOST_BYTES = 256 << 10;
  private static final long MOST_MS = Instant.parse("2200-01-01T00:00:00Z").toEpochMilli();
  private static final Instant EARLIEST = Instant.parse("2009-01-01T00:00:00Z");

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
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MOST_BYTES + 1);
    } catch (IOException e) {
      throw new ConfigException(file.toString(), List.of("cannot be read: " + e));
    }
    if (bytes.length > MOST_BYTES) {
      throw new ConfigException(
          file.toString(), List.of("too large: expected at most " + MOST_BYTES + " bytes"));
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return parse(file.toString(), text, folder(file));
    } catch (CharacterCodingException e) {
      boolean utf16 = bytes.length > 1 && (bytes[0] & bytes[1] & 0xfe) == 0xfe; // FE FF or FF FE
      throw new ConfigException(
          file.toString(),
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
        root.map(node -> read(Section.of(node, "", KEYS, problems), problems, folder)).orElse(null);
    if (config == null || !problems.isEmpty()) {
      throw new ConfigException(name, problems.texts());
    }
    return config;
  }

  private CollectorConfig read(Section root, Problems problems, Path folder) {
    MarketClock clock = clock(root, problems);
    return new CollectorConfig(
        venues(root, problems),
        timeframes(root, problems),
        dataDir(root, folder),
        level(root, problems),
        history(root, clock.marketAt(realNowMs.getAsLong())),
        root.duration("checkpoint_interval", Duration.ofSeconds(1), Duration.ofHours(1))
            .orElse(Defaults.CHECKPOINT_INTERVAL),
        checkpointDir(root),
        root.duration("compaction_interval", Duration.ZERO, Duration.ofDays(1))
            .orElse(Defaults.COMPACTION_INTERVAL),
        keep(root),
        root.whole("ui_port", 0, 65_535).map(Long::intValue).orElse(Defaults.UI_PORT),
        clock);
  }

  private static Keep keep(Section root) {
    return new Keep(
        root.duration("keep_rejects", Duration.ofDays(1), Duration.ofDays(3_650))
            .orElse(Defaults.KEEP.rejects()),
        root.whole("keep_savepoints", 1, 1_000)
            .map(Long::intValue)
            .orElse(Defaults.KEEP.savepoints()));
  }

  private List<VenueSettings> venues(Section root, Problems problems) {
    List<String> symbols = VenueParser.symbols(root, problems).orElse(List.of());
    if (root.node("venues").isEmpty()) {
      problems.add(1, "venues: is missing, expected a list of venues");
    }
    return root.list("venues", "venues")
        .map(nodes -> new VenueParser(profiles, problems).venues(nodes, symbols))
        .orElse(List.of());
  }

  private static List<Timeframe> timeframes(Section root, Problems problems) {
    List<Timeframe> configured =
        WordList.read(
                root,
                problems,
                "timeframes",
                "timeframes like 1m",
                (node, word) -> {
                  Optional<Timeframe> timeframe = Timeframe.of(word);
                  if (timeframe.isEmpty()) {
                    String expected = "one of " + Timeframe.labels() + Meant.timeframe(word);
                    problems.value(node, "timeframes", word, expected);
                  }
                  return timeframe;
                })
            .orElse(Defaults.TIMEFRAMES);
    return Stream.concat(Stream.of(Timeframe.BASE), configured.stream())
        .distinct()
        .sorted(Comparator.naturalOrder())
        .toList();
  }

  private static String dataDir(Section root, Path folder) {
    String text = root.text("data_dir").orElse(Defaults.DATA_DIR);
    try {
      return PathText.resolve(folder, text).toString();
    } catch (InvalidPathException e) {
      boolean bucket = OBJECT_STORE.matcher(e.getInput()).matches();
      String hint = bucket ? "; only checkpoint_dir may be in an object store" : "";
      root.refused("data_dir", e.getInput(), e.getReason() + hint);
      return text;
    }
  }

  /** Whether something runs that can use it, is said where something is run. */
  private static @Nullable String checkpointDir(Section root) {
    Optional<String> text = root.text("checkpoint_dir");
    if (text.isPresent() && !BUCKET.matcher(text.get()).matches()) {
      String expected =
          "s3://BUCKET or s3://BUCKET/FOLDER, keys are Flink's configuration;"
              + " without it checkpoints are in the lake";
      root.refused("checkpoint_dir", text.get(), expected);
    }
    return text.map(dir -> dir.replaceFirst("/$", "")).orElse(null);
  }

  private static String level(Section root, Problems problems) {
    Optional<String> text = root.text("log_level");
    if (text.isPresent() && !LEVELS.contains(text.get())) {
      Node node = root.node("log_level").orElseThrow();
      problems.unknown(node, "log_level", "level", text.get(), LEVELS);
    }
    return text.map(level -> level.equals("WARNING") ? "WARN" : level).orElse(Defaults.LOG_LEVEL);
  }

  private static History history(Section root, long nowMs) {
    String form =
        Durations.FORM
            + " up to 7300d, or a UTC date or time like 2026-01-31 or 2026-01-31T06:00:00Z";
    Optional<String> text = root.scalar("history", form);
    Optional<History> read = text.flatMap(ConfigParser::history);
    boolean future =
        read.filter(h -> h instanceof Since s && s.instant().toEpochMilli() > nowMs).isPresent();
    String hint = future ? "; that is in the future" : text.map(TypedTime::hint).orElse("");
    return root.checked("history", text, read.filter(h -> !future), form + hint)
        .orElse(Defaults.HISTORY);
  }

  private static Optional<History> history(String text) {
    Optional<History> back =
        Durations.parse(text)
            .filter(d -> d.compareTo(Duration.ofDays(7_300)) <= 0)
            .map(History.Back::new);
    return back.isPresent()
        ? back
        : TypedTime.parse(text)
            .filter(since -> !since.isBefore(EARLIEST) && since.toEpochMilli() <= MOST_MS)
            .map(Since::new);
  }

  private static MarketClock clock(Section root, Problems problems) {
    Optional<Node> node = root.node("clock");
    if (node.isEmpty()) {
      return MarketClock.real();
    }
    List<String> keys = List.of("real_ms", "market_ms", "speed");
    Section section = Section.of(node.get(), "clock", keys, problems);
    for (String key : keys) {
      if (section.node(key).isEmpty()) {
        problems.add(section.line(), "clock." + key + ": is missing; a clock needs all three");
      }
    }
    return new MarketClock(
        section.whole("real_ms", 0, MOST_MS).orElse(0L),
        section.whole("market_ms", 0, MOST_MS).orElse(0L),
        section.positive("speed", 10_000).orElse(1.0));
  }
}
