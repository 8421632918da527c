package dev.candles.sim.fault;

import dev.candles.core.candle.Meant;
import dev.candles.core.candle.Names;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Reads faults from YAML: a list of maps with {@code kind}, {@code venue} and one of {@code at}
 * (instant, epoch ms, or {@code +10m} after the start), {@code every} and {@code probability};
 * optional {@code symbol duration by until rest}. Durations are {@code 250ms 30s 5m 1h 2d}; that by
 * which a clock is off may be negative.
 */
public final class FaultsFile {
  private static final Set<String> KEYS =
      Set.of(
          "kind",
          "venue",
          "symbol",
          "at",
          "every",
          "probability",
          "duration",
          "by",
          "until",
          "rest");
  private static final Set<FaultKind> EVERY = EnumSet.allOf(FaultKind.class);
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
  private static final int MAX_FAULTS = 1_000;
  private static final int MAX_BYTES = 1 << 20;

  private final long startMs;
  private final Map<String, Set<FaultKind>> possible;
  private final List<String> problems = new ArrayList<>();
  private String where = "";

  private FaultsFile(long startMs, Map<String, Set<FaultKind>> possible) {
    this.startMs = startMs;
    this.possible = possible;
  }

  /**
   * Reads a file.
   *
   * @param startMs market time of the start, epoch ms, UTC
   * @param possible the venues that are simulated, and what can happen to each
   * @throws IOException if it cannot be read or is larger than 1 MB
   * @throws FaultsFileException naming the file and listing all that is wrong
   */
  public static List<Fault> read(Path file, long startMs, Map<String, Set<FaultKind>> possible)
      throws IOException, FaultsFileException {
    if (Files.notExists(file)) {
      throw new IOException("there is no file of faults: " + file);
    }
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException("faults file is larger than " + MAX_BYTES + " bytes: file=" + file);
    }
    return parse(file.toString(), Files.readString(file), startMs, possible);
  }

  /**
   * Reads a text.
   *
   * @param name of the text, for messages
   * @param startMs market time of the start, epoch ms, UTC
   * @param possible as of {@link #read}
   * @throws FaultsFileException listing all that is wrong
   */
  public static List<Fault> parse(
      String name, String yaml, long startMs, Map<String, Set<FaultKind>> possible)
      throws FaultsFileException {
    FaultsFile parser = new FaultsFile(startMs, possible);
    List<Fault> faults = new ArrayList<>();
    LoadSettings noCycles =
        LoadSettings.builder().setMaxAliasesForCollections(0).setUseMarks(true).build();
    @Nullable Object root = root(name, () -> new Load(noCycles).loadFromString(yaml));
    if (!(root instanceof List<?> list) || list.size() > MAX_FAULTS) {
      throw new FaultsFileException(
          name, List.of("must be a list of at most " + MAX_FAULTS + " faults"));
    }
    List<Integer> lines = root(name, () -> lines(new Compose(noCycles).composeString(yaml)));
    for (int i = 0; i < list.size(); i++) {
      parser.where = "line " + lines.get(i) + ", fault " + (i + 1);
      parser.fault(list.get(i)).ifPresent(faults::add);
    }
    if (!parser.problems.isEmpty()) {
      throw new FaultsFileException(name, parser.problems);
    }
    return faults;
  }

  /** On which line each one begins, from 1 on. */
  private static List<Integer> lines(Optional<Node> root) {
    return root.filter(SequenceNode.class::isInstance).map(SequenceNode.class::cast).stream()
        .flatMap(list -> list.getValue().stream())
        .map(fault -> fault.getStartMark().map(mark -> mark.getLine() + 1).orElse(0))
        .toList();
  }

  /**
   * What {@code reading} gives. Whatever it throws is the text's fault: the parser also stumbles,
   * over some that are cut short, and over those that are nested thousands of levels deep.
   */
  static <T extends @Nullable Object> T root(String name, Supplier<T> reading)
      throws FaultsFileException {
    try {
      return reading.get();
    } catch (RuntimeException | StackOverflowError e) {
      throw new FaultsFileException(name, List.of("not YAML: " + e.getMessage()));
    }
  }

  private Optional<Fault> fault(@Nullable Object node) {
    if (!(node instanceof Map<?, ?> map)) {
      problem("must be a map", node);
      return Optional.empty();
    }
    int before = problems.size();
    for (Object key : map.keySet()) {
      if (!KEYS.contains(String.valueOf(key))) {
        problem("unknown key, known are " + names(KEYS), key);
      }
    }
    Optional<FaultKind> kind = kind(map.get("kind"));
    String venue = text(map.get("venue"));
    if (!possible.containsKey(venue)) {
      problem("venue is not simulated, these are " + names(possible.keySet()), venue);
    }
    kind.filter(k -> !possible.getOrDefault(venue, EVERY).contains(k))
        .ifPresent(k -> problem("kind cannot happen at " + venue, k.label()));
    String symbol = text(map.get("symbol"));
    if (!symbol.isEmpty() && !Names.isSymbol(symbol)) {
      problem("symbol not allowed", symbol + Meant.symbol(symbol));
    }
    Optional<Long> at = value(map, "at", this::instant);
    Optional<Duration> every = value(map, "every", FaultsFile::duration);
    Optional<Double> chance = value(map, "probability", Double::valueOf);
    Optional<Duration> lasting = value(map, "duration", FaultsFile::duration);
    Optional<Duration> by = value(map, "by", FaultsFile::signedDuration);
    Optional<Long> until = value(map, "until", this::instant);
    Optional<Boolean> rest = value(map, "rest", FaultsFile::truth);
    if (problems.size() > before || kind.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Fault(
              kind.get(),
              venue,
              symbol.isEmpty() ? null : symbol,
              at.orElse(null),
              every.orElse(null),
              chance.orElse(null),
              lasting.orElse(Fault.defaultDuration(kind.get())),
              by.orElse(Fault.defaultBy(kind.get())),
              until.orElse(Long.MAX_VALUE),
              rest.orElse(false)));
    } catch (IllegalArgumentException e) {
      problems.add(where + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  private static String names(Set<String> words) {
    return words.stream().sorted().collect(Collectors.joining(" "));
  }

  private Optional<FaultKind> kind(@Nullable Object value) {
    Optional<FaultKind> kind = FaultKind.of(text(value));
    if (kind.isEmpty()) {
      String known =
          Arrays.stream(FaultKind.values()).map(FaultKind::label).collect(Collectors.joining(" "));
      problem("unknown kind, known are " + known, value);
    }
    return kind;
  }

  private <T> Optional<T> value(Map<?, ?> map, String key, Function<String, T> parser) {
    Object value = map.get(key);
    if (value == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(parser.apply(text(value)));
    } catch (IllegalArgumentException | DateTimeParseException | ArithmeticException e) {
      problem(key + " is not understood", value);
      return Optional.empty();
    }
  }

  private Long instant(String text) {
    if (text.startsWith("+")) {
      return startMs + duration(text.substring(1)).toMillis();
    }
    return text.matches("\\d{1,15}") ? Long.parseLong(text) : Instant.parse(text).toEpochMilli();
  }

  private static Duration signedDuration(String text) {
    return text.startsWith("-") ? duration(text.substring(1)).negated() : duration(text);
  }

  private static Duration duration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("no duration: " + text);
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }

  private static Boolean truth(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("neither true nor false: " + text);
    };
  }

  private static String text(@Nullable Object value) {
    return value == null ? "" : String.valueOf(value);
  }

  private void problem(String what, @Nullable Object found) {
    problems.add(where + ": " + what + ": found=" + found);
  }
}
