package dev.candles.job.config;

import dev.candles.text.Nearest;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * The keys of one YAML mapping and their typed values. A value that is not what it should be is
 * reported and read as absent.
 */
final class Section {
  private static final Node NOWHERE = new ScalarNode(Tag.NULL, "", ScalarStyle.PLAIN);

  /** What may be the words of a list whose brackets were forgotten. */
  private static final String WORDS = "\\s*[A-Za-z0-9_-]{1,20}(?:[,\\s]+[A-Za-z0-9_-]{1,20}){0,9}";

  private final Map<String, Node> values = new LinkedHashMap<>();
  private final Node node;
  private final String path;
  private final Problems problems;

  private Section(Node node, String path, Problems problems) {
    this.node = node;
    this.path = path;
    this.problems = problems;
  }

  /** A section that is not there: every key is absent. */
  static Section none() {
    return new Section(NOWHERE, "", new Problems());
  }

  /** Reads the mapping {@code node}; keys outside of {@code known} and repeated keys are wrong. */
  static Section of(Node node, String path, Collection<String> known, Problems problems) {
    Section section = new Section(node, path, problems);
    if (!(node instanceof MappingNode mapping)) {
      String where = path.isEmpty() ? "configuration" : path;
      problems.add(
          Problems.line(node),
          where
              + (": found " + Problems.found(node, path))
              + (", expected keys: " + String.join(" ", known)));
      return section;
    }
    for (NodeTuple tuple : mapping.getValue()) {
      String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
      if (!known.contains(key)) {
        String where = path.isEmpty() ? "configuration" : path;
        problems.unknown(tuple.getKeyNode(), where, "key", key, known);
        continue;
      }
      Node first = section.values.putIfAbsent(key, tuple.getValueNode());
      if (first != null) {
        String twice = ": given twice, first in line " + Problems.line(first);
        problems.add(Problems.line(tuple.getKeyNode()), section.path(key) + twice);
      }
    }
    return section;
  }

  /** The mapping under a key, which has no keys but {@code parts}; with none if it is absent. */
  Section under(Key key, List<Key> parts) {
    return node(key.name())
        .map(value -> of(value, path(key.name()), Key.names(parts), problems))
        .orElseGet(Section::none);
  }

  /** Whether it is a mapping at all; what else it is has been reported. */
  boolean hasKeys() {
    return node instanceof MappingNode;
  }

  /** Where what is wrong is gathered. */
  Problems problems() {
    return problems;
  }

  int line() {
    return Problems.line(node);
  }

  /** The value under {@code key}, whatever it is. */
  Optional<Node> node(String key) {
    return Optional.ofNullable(values.get(key));
  }

  /** The full name of a key, as messages show it. */
  String path(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  /** The text of a scalar that is present and not empty; {@code expected} is said otherwise. */
  Optional<String> scalar(String key, String expected) {
    return node(key).flatMap(value -> scalar(value, path(key), expected, problems));
  }

  static Optional<String> scalar(Node value, String path, String expected, Problems problems) {
    if (value instanceof ScalarNode scalar) {
      if (!scalar.getTag().equals(Tag.NULL) && !scalar.getValue().isBlank()) {
        return Optional.of(scalar.getValue());
      }
      problems.add(Problems.line(value), path + ": is empty, expected " + expected);
    } else {
      String found = ": found " + Problems.found(value, path);
      problems.add(Problems.line(value), path + found + ", expected " + expected);
    }
    return Optional.empty();
  }

  /** Text; a number or a boolean is not text. */
  Optional<String> text(String key) {
    return scalar(key, "text").filter(text -> isText(key, text));
  }

  private boolean isText(String key, String text) {
    boolean good = node(key).filter(n -> n.getTag().equals(Tag.STR)).isPresent();
    return good || refused(key, text, "text; put it in quotes if it is meant so");
  }

  /** A whole number within bounds. */
  Optional<Long> whole(String key, long least, long most) {
    String expected = "a whole number from " + least + " to " + most;
    Optional<String> text = scalar(key, expected);
    Optional<Long> number =
        text.filter(t -> t.matches("-?\\d{1,18}"))
            .map(Long::valueOf)
            .filter(n -> n >= least && n <= most);
    String hint = text.map(t -> Numbers.hint(key, t, least, most)).orElse("");
    return checked(key, text, number, expected + hint);
  }

  /** A decimal number above zero. */
  Optional<Double> positive(String key, double most) {
    String expected = "a number above 0, at most " + most;
    Optional<String> text = scalar(key, expected);
    Optional<Double> number =
        text.filter(t -> t.matches("\\d{1,9}(\\.\\d{1,9})?"))
            .map(Double::valueOf)
            .filter(n -> n > 0 && n <= most);
    return checked(key, text, number, expected);
  }

  /**
   * A duration within bounds.
   *
   * @param byDefault its unit is the one of a number without
   */
  Optional<Duration> duration(
      String key, Duration least, Duration most, Optional<Duration> byDefault) {
    String range = " from " + Durations.text(least) + " to " + Durations.text(most);
    Optional<String> text = scalar(key, Durations.FORM + range);
    String hint = text.map(t -> Durations.hint(t, least, most, byDefault)).orElse("");
    Optional<Duration> duration =
        text.flatMap(Durations::parse)
            .filter(d -> d.compareTo(least) >= 0 && d.compareTo(most) <= 0);
    return checked(key, text, duration, Durations.FORM + range + hint);
  }

  /** An absolute address with a host and one of two schemes. */
  Optional<URI> uri(String key, String scheme, String secure) {
    String expected = "an address like " + secure + "://host:port";
    Optional<String> text = scalar(key, expected);
    return checked(key, text, text.flatMap(t -> uri(t, List.of(scheme, secure))), expected);
  }

  private static Optional<URI> uri(String text, List<String> schemes) {
    try {
      URI uri = new URI(text);
      boolean good = uri.getHost() != null && uri.getScheme() != null && uri.getUserInfo() == null;
      return good && schemes.contains(uri.getScheme()) ? Optional.of(uri) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty(); // the caller reports the text and what was expected
    }
  }

  /** The elements of a list that is present and not empty. */
  Optional<List<Node>> list(String key, String of) {
    Optional<Node> value = node(key);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (value.get() instanceof SequenceNode sequence && !sequence.getValue().isEmpty()) {
      return Optional.of(sequence.getValue());
    }
    boolean empty = value.get() instanceof SequenceNode;
    problems.add(
        Problems.line(value.get()),
        path(key)
            + (": found " + (empty ? "an empty list" : Problems.found(value.get(), path(key))))
            + (", expected a list of " + of)
            + (Problems.isOfAlerts(path(key)) ? "" : listMeant(value.get())));
    return Optional.empty();
  }

  /** Ends a message about words that are no list. */
  private static String listMeant(Node value) {
    boolean words = value instanceof ScalarNode s && s.getValue().matches(WORDS);
    return words
        ? Nearest.hint(
            Optional.of(
                "[" + ((ScalarNode) value).getValue().strip().replaceAll("[,\\s]+", ", ") + "]"))
        : "";
  }

  /** {@code parsed}, reported if there is a text but nothing could be read from it. */
  <T> Optional<T> checked(String key, Optional<String> text, Optional<T> parsed, String expected) {
    if (parsed.isEmpty()) {
      text.ifPresent(t -> refused(key, t, expected));
    }
    return parsed;
  }

  /** Reports the value {@code text} of a key; always false. */
  boolean refused(String key, String text, String expected) {
    problems.value(values.getOrDefault(key, node), path(key), text, expected);
    return false;
  }
}
