package dev.candles.job.config;

import dev.candles.text.OneLine;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.exceptions.ComposerException;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

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
    return root(text, () -> plain(text));
  }

  /**
   * What {@code reading} gives. Whatever it throws is the text's fault: the parser also stumbles,
   * over some that are cut short.
   */
  Optional<Node> root(String text, Supplier<Optional<Node>> reading) {
    try {
      return reading.get();
    } catch (MarkedYamlEngineException e) {
      YamlFault fault = YamlFault.of(e, text);
      problems.add(fault.line(), "not YAML: " + fault.words());
    } catch (ReaderException e) {
      int line = (int) text.codePoints().limit(e.getPosition()).filter(c -> c == '\n').count() + 1;
      String character = String.format(Locale.ROOT, "U+%04X", e.getCodePoint());
      problems.add(line, "not YAML: found the character " + character + ", expected text");
    } catch (RuntimeException e) {
      problems.add(1, "not YAML: " + OneLine.of(String.valueOf(e.getMessage())));
    }
    return Optional.empty();
  }

  private Optional<Node> plain(String text) {
    PlainEvents events =
        new PlainEvents(new ParserImpl(settings, new StreamReader(settings, text)));
    try {
      Optional<Node> root = new Composer(settings, events).getSingleNode();
      return events.plain ? root : Optional.empty();
    } catch (ComposerException e) {
      if (events.plain) {
        throw e;
      }
      return Optional.empty(); // a name that was refused is missed, or it is too deep
    }
  }

  private static int line(Optional<Mark> mark) {
    return mark.map(Mark::getLine).orElse(0) + 1;
  }

  /** Looks at each event before a node is made of it, so that the text is parsed once. */
  private final class PlainEvents implements Parser {
    private final Parser parser;
    private int depth;
    private boolean plain = true;

    PlainEvents(Parser parser) {
      this.parser = parser;
    }

    @Override
    public Event next() {
      Event event = parser.next();
      depth += event instanceof CollectionStartEvent ? 1 : 0;
      depth -= event instanceof CollectionEndEvent ? 1 : 0;
      if (depth > DEEPEST) {
        refuse(event, "nested deeper than " + DEEPEST + " levels");
        throw new ComposerException("too deep", event.getStartMark());
      }
      if (event instanceof NodeEvent node
          && (event instanceof AliasEvent || node.getAnchor().isPresent())) {
        refuse(event, "anchors and aliases (& and *) are not allowed");
      }
      return event;
    }

    private void refuse(Event event, String why) {
      problems.add(line(event.getStartMark()), why);
      plain = false;
    }

    @Override
    public boolean checkEvent(Event.ID choice) {
      return parser.checkEvent(choice);
    }

    @Override
    public Event peekEvent() {
      return parser.peekEvent();
    }

    @Override
    public boolean hasNext() {
      return parser.hasNext();
    }
  }
}
