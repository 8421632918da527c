package dev.candles.job.config;

import dev.candles.text.Cut;
import dev.candles.text.Nearest;
import dev.candles.text.OneLine;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Gathers what is wrong with a configuration, each with its line. Bounded, in work as well: what is
 * not shown is not put into words, because a text of nothing but unknown keys has thousands.
 */
final class Problems {
  private static final int MOST = 50;
  private static final int LONGEST_VALUE = 60;

  private static final String WORD = "[A-Za-z0-9_.:+-]{1,20}";

  /** What a person types who mistook what a key takes: words, numbers, durations. */
  private static final Pattern WORDS = Pattern.compile(WORD + "(?:[,\\s]+" + WORD + "){0,9}");

  private record Problem(int line, String text) {}

  private final List<Problem> found = new ArrayList<>();

  /** A value that is not what it should be. */
  void value(Node node, String path, String value, String expected) {
    add(line(node), () -> path + ": found " + told(path, value) + ", expected " + expected);
  }

  /** A word that is not one of those known: says which is nearest, or all where none is near. */
  void unknown(Node node, String path, String what, String value, Collection<String> known) {
    add(
        line(node),
        () -> {
          String hint = Nearest.hint(Nearest.to(value, known));
          String expected = hint.isEmpty() ? ", expected one of " + String.join(" ", known) : hint;
          return path + ": unknown " + what + " " + told(path, value) + expected;
        });
  }

  /** Anything else, at a line counted from 1. */
  void add(int line, String text) {
    add(line, () -> text);
  }

  private void add(int line, Supplier<String> text) {
    if (found.size() < MOST) {
      found.add(new Problem(line, text.get()));
    } else if (found.size() == MOST) {
      found.add(new Problem(Integer.MAX_VALUE, "and more; only the first " + MOST + " are shown"));
    }
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /** One text per problem, ascending by line. */
  List<String> texts() {
    return found.stream()
        .sorted(Comparator.comparingInt(Problem::line))
        .map(p -> p.line() == Integer.MAX_VALUE ? p.text() : "line " + p.line() + ": " + p.text())
        .toList();
  }

  static int line(Node node) {
    return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
  }

  /**
   * A value of another kind than was expected, as a message may show it: words, the first of its
   * keys. An address is not shown, it may be a secret; nor is anything of alerts, where one may be
   * typed without its scheme.
   */
  static String found(Node value, String path) {
    if (value instanceof SequenceNode) {
      return "a list";
    }
    if (value instanceof MappingNode mapping) {
      return mapping.getValue().stream()
          .findFirst()
          .map(NodeTuple::getKeyNode)
          .filter(ScalarNode.class::isInstance)
          .map(key -> ((ScalarNode) key).getValue() + ":")
          .filter(key -> WORDS.matcher(key).matches() && !isOfAlerts(path))
          .map(Problems::quoted)
          .orElse("keys");
    }
    String text = value instanceof ScalarNode scalar ? scalar.getValue() : "";
    if (text.isBlank()) {
      return "nothing";
    }
    return isOfAlerts(path) ? hidden(text) : shown(text);
  }

  /** Whether a key is one of those among which a secret may stand by mistake. */
  static boolean isOfAlerts(String path) {
    return path.equals("alerts") || path.startsWith("alerts.");
  }

  private static String told(String path, String value) {
    return isOfAlerts(path) ? shown(value) : quoted(value);
  }

  private static String shown(String text) {
    return WORDS.matcher(text).matches() ? quoted(text) : hidden(text);
  }

  private static String hidden(String text) {
    return text.contains("//") ? "an address" : "text";
  }

  /** The value as a message may show it: one line, bounded. */
  static String quoted(String value) {
    String shown = OneLine.masked(value, " ");
    return "'"
        + (shown.length() > LONGEST_VALUE ? Cut.to(LONGEST_VALUE, shown) + "…" : shown)
        + "'";
  }
}
