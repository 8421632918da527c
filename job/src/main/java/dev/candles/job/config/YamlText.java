package dev.candles.job.config;

import dev.candles.text.OneLine;
import java.util.Optional;
import java.util.function.Supplier;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Turns text into YAML nodes with line numbers; refuses what could grow while it is read. */
final class YamlText {
  /** Nothing in a configuration is nested deeper. */
  private static final int DEEPEST = 8;

  private final LoadSettings settings =
      LoadSettings.builder().setLabel("configuration").setUseMarks(true).build();
  private final Problems problems;

  YamlText(Problems problems) {
    this.problems = problems;
  }

  /** The root node, or empty if there is none or the text is refused. */
  Optional<Node> root(String text) {
    return root(() -> plain(text) ? new Compose(settings).composeString(text) : Optional.empty());
  }

  /**
   * What {@code reading} gives. Whatever it throws is the text's fault: the parser also stumbles,
   * over some that are cut short.
   */
  Optional<Node> root(Supplier<Optional<Node>> reading) {
    try {
      return reading.get();
    } catch (MarkedYamlEngineException e) {
      problems.add(line(e.getProblemMark()), "not YAML: " + OneLine.of(e.getProblem()));
    } catch (RuntimeException e) {
      problems.add(1, "not YAML: " + OneLine.of(String.valueOf(e.getMessage())));
    }
    return Optional.empty();
  }

  private boolean plain(String text) {
    int depth = 0;
    boolean plain = true;
    for (Event event : new Parse(settings).parseString(text)) {
      depth += event instanceof CollectionStartEvent ? 1 : 0;
      depth -= event instanceof CollectionEndEvent ? 1 : 0;
      if (depth > DEEPEST) {
        problems.add(line(event.getStartMark()), "nested deeper than " + DEEPEST + " levels");
        return false;
      }
      if (event instanceof NodeEvent node
          && (event instanceof AliasEvent || node.getAnchor().isPresent())) {
        problems.add(line(event.getStartMark()), "anchors and aliases (& and *) are not allowed");
        plain = false;
      }
    }
    return plain;
  }

  private static int line(Optional<Mark> mark) {
    return mark.map(Mark::getLine).orElse(0) + 1;
  }
}
