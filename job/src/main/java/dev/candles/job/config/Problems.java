package dev.candles.job.config;

import dev.candles.text.Cut;
import dev.candles.text.Nearest;
import dev.candles.text.OneLine;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
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

  private record Problem(int line, String text) {}

  private final List<Problem> found = new ArrayList<>();

  /** A value that is not what it should be. */
  void value(Node node, String path, String value, String expected) {
    add(line(node), () -> path + ": found " + quoted(value) + ", expected " + expected);
  }

  /** A word that is not one of those known: says which is nearest, or all where none is near. */
  void unknown(Node node, String path, String what, String value, Collection<String> known) {
    add(
        line(node),
        () -> {
          String hint = Nearest.hint(Nearest.to(value, known));
          String expected = hint.isEmpty() ? ", expected one of " + String.join(" ", known) : hint;
          return path + ": unknown " + what + " " + quoted(value) + expected;
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
   * A value of another kind than was expected, as a message may show it: a word, the first of its
   * keys. An address is not shown, it may be a secret.
   */
  static String found(Node value) {
    if (value instanceof SequenceNode) {
      return "a list";
    }
    if (value instanceof MappingNode mapping) {
      return mapping.getValue().stream()
          .findFirst()
          .map(NodeTuple::getKeyNode)
          .filter(ScalarNode.class::isInstance)
          .map(key -> shown(((ScalarNode) key).getValue() + ":", "keys"))
          .orElse("keys");
    }
    String text = value instanceof ScalarNode scalar ? scalar.getValue() : "";
    return text.isBlank() ? "nothing" : shown(text, "an address");
  }

  private static String shown(String text, String otherwise) {
    return text.contains("//") ? otherwise : quoted(text);
  }

  /** The value as a message may show it: one line, bounded. */
  static String quoted(String value) {
    String shown = OneLine.masked(value, " ");
    return "'"
        + (shown.length() > LONGEST_VALUE ? Cut.to(LONGEST_VALUE, shown) + "…" : shown)
        + "'";
  }
}
