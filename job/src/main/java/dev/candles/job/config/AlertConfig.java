package dev.candles.job.config;

import java.io.Serializable;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Who is told of alerts besides the log, and when. Addresses are secrets: only where they are is
 * said here.
 *
 * @param webhooks at most {@link #MOST_WEBHOOKS}, with names of their own
 * @param gapAfter for how long a gap is open that people are told of, market time
 * @param checkpointFailures so many in a row are told
 */
public record AlertConfig(List<Webhook> webhooks, Duration gapAfter, int checkpointFailures)
    implements Serializable {
  static final Key ALERTS =
      new Key("alerts", "{webhooks, gap_after, checkpoint_failures}", "the log alone");
  static final List<Key> KEYS = List.of(ALERTS);

  static final Key WEBHOOKS = new Key("webhooks", "list of objects", "none");
  static final Setting<Duration> GAP_AFTER =
      Setting.duration(
          "gap_after", Duration.ofMinutes(1), Duration.ofDays(30), Duration.ofHours(1));
  static final Setting<Integer> CHECKPOINT_FAILURES =
      Setting.whole("checkpoint_failures", 1, 1_000, 3);
  static final List<Key> PARTS = List.of(WEBHOOKS, GAP_AFTER.key(), CHECKPOINT_FAILURES.key());

  static final Key NAME = new Key("name", "name in a-z, 0-9 and hyphens", "required");
  static final Key FORMAT = new Key("format", "json slack", "json");
  static final Key ENVIRONMENT = new Key("url_env", "name of a variable", "required");
  static final Key FILE = new Key("url_file", "path", "required");
  static final List<Key> OF_WEBHOOK = List.of(NAME, FORMAT, ENVIRONMENT, FILE);

  /** More are refused: each has a thread. */
  static final int MOST_WEBHOOKS = 8;

  /** The name of the log among the targets of alerts. */
  public static final String LOG = "log";

  private static final Pattern NAMES = Pattern.compile("[a-z0-9][a-z0-9-]{0,30}");
  private static final Pattern VARIABLES = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,100}");
  private static final List<String> FORMATS = List.of("json", "slack");

  /**
   * An address that alerts are posted to. Exactly one of the two places is set.
   *
   * @param slack whether as a message for people, {@code {"text": …}}, else with all fields
   * @param variable the environment variable that holds the address
   * @param file the file that holds the address, absolute
   */
  public record Webhook(
      String name, boolean slack, @Nullable String variable, @Nullable String file)
      implements Serializable {}

  /** Copies the list. */
  public AlertConfig {
    webhooks = List.copyOf(webhooks);
  }

  /** The log alone. */
  public static AlertConfig none() {
    return to(List.of());
  }

  /** Webhooks too; what else holds where the configuration says nothing. */
  public static AlertConfig to(List<Webhook> webhooks) {
    return new AlertConfig(
        webhooks, GAP_AFTER.in(Section.none()), CHECKPOINT_FAILURES.in(Section.none()));
  }

  /**
   * @param start the folder at which a relative path starts
   */
  static AlertConfig read(Section root, Path start) {
    Section section = root.under(ALERTS, PARTS);
    List<Node> nodes =
        section
            .list(WEBHOOKS.name(), "objects like {name: ops, url_env: OPS_URL}")
            .orElse(List.of());
    List<Webhook> webhooks = new ArrayList<>();
    Set<String> names = new HashSet<>(Set.of(LOG));
    for (Node one : nodes) {
      webhook(Section.of(one, "alerts.webhooks", Key.names(OF_WEBHOOK), root.problems()), start)
          .filter(hook -> isNew(hook, names, one, root.problems()))
          .ifPresent(webhooks::add);
    }
    if (nodes.size() > MOST_WEBHOOKS) {
      root.problems()
          .add(
              section.line(),
              "alerts.webhooks: found " + nodes.size() + ", expected at most " + MOST_WEBHOOKS);
    }
    return new AlertConfig(webhooks, GAP_AFTER.in(section), CHECKPOINT_FAILURES.in(section));
  }

  private static boolean isNew(Webhook hook, Set<String> names, Node node, Problems problems) {
    boolean added = names.add(hook.name());
    if (!added) {
      String expected = "a name that no other webhook has, and not " + LOG;
      problems.value(node, "alerts.webhooks.name", hook.name(), expected);
    }
    return added;
  }

  private static Optional<Webhook> webhook(Section section, Path start) {
    Optional<String> name = matching(section, NAME, NAMES);
    Optional<String> variable = variable(section);
    Optional<String> file = file(section, start);
    Optional<String> format = section.text(FORMAT.name());
    format
        .filter(text -> !FORMATS.contains(text))
        .ifPresent(text -> section.refused(FORMAT.name(), text, "json or slack"));
    if (section.node(NAME.name()).isEmpty()) {
      section.problems().add(section.line(), "alerts.webhooks: expected the key name");
    }
    if (section.node(ENVIRONMENT.name()).isPresent() == section.node(FILE.name()).isPresent()) {
      section
          .problems()
          .add(section.line(), "alerts.webhooks: expected one of the keys url_env and url_file");
    }
    return name.map(
        n ->
            new Webhook(
                n,
                format.filter("slack"::equals).isPresent(),
                variable.orElse(null),
                file.orElse(null)));
  }

  private static Optional<String> matching(Section section, Key key, Pattern pattern) {
    Optional<String> text = section.text(key.name());
    return section.checked(
        key.name(), text, text.filter(t -> pattern.matcher(t).matches()), "a " + key.values());
  }

  /** A value that is no name is not repeated: it may be the secret itself. */
  private static Optional<String> variable(Section section) {
    Optional<String> text = section.text(ENVIRONMENT.name());
    Optional<String> name = text.filter(t -> VARIABLES.matcher(t).matches());
    if (text.isPresent() && name.isEmpty()) {
      section
          .problems()
          .add(section.line(), "alerts.webhooks.url_env: expected the name of a variable");
    }
    return name;
  }

  /** As with a variable: what is no path may be the secret itself. */
  private static Optional<String> file(Section section, Path start) {
    Optional<String> text = section.text(FILE.name());
    try {
      return text.map(path -> PathText.resolve(start, path).toString());
    } catch (InvalidPathException e) {
      section
          .problems()
          .add(section.line(), "alerts.webhooks.url_file: expected a path, " + e.getReason());
      return Optional.empty();
    }
  }
}
