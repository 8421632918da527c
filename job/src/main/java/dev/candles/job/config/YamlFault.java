package dev.candles.job.config;

import dev.candles.text.OneLine;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/**
 * What a text is not YAML for, in words for whoever typed it: the parser speaks of its own insides,
 * and names the line where it stumbled, which may come after the one that is wrong.
 *
 * @param line counted from 1
 */
record YamlFault(int line, String words) {
  private static final Pattern CHARACTER = Pattern.compile("found character '(.)'.*");

  private static final Pattern BEGIN = Pattern.compile("(?:- +)?[^\\s:/]*:?");

  private static final char NO_BREAK = '\u00a0';

  /**
   * @param text what was parsed
   */
  static YamlFault of(MarkedYamlEngineException error, String text) {
    String problem = String.valueOf(error.getProblem());
    int line = line(error.getProblemMark());
    int began = error.getContextMark().isPresent() ? line(error.getContextMark()) : line;
    Matcher character = CHARACTER.matcher(problem);
    if (problem.contains("TAB")) {
      return new YamlFault(line, "found a tab, expected blanks");
    }
    if (problem.contains("expected <block end>")) {
      return new YamlFault(
          line,
          found(text, line)
              + (", indented by " + indent(text, line))
              + ", expected the indentation of a line above");
    }
    if (problem.startsWith("mapping values are not allowed")) {
      return new YamlFault(
          line,
          String.format(
              Locale.ROOT,
              "%s, indented by %d, expected the indentation of a line above, or quotes"
                  + " around a value in which a colon stands",
              found(text, line),
              indent(text, line)));
    }
    if (problem.startsWith("could not find expected ':'")) {
      return new YamlFault(
          began, found(text, began) + ", expected 'key: value' with a blank after the colon");
    }
    if (problem.startsWith("expected ',' or")) {
      String end = problem.contains("']'") ? "]" : "}";
      return new YamlFault(began, found(text, began) + ", expected '" + end + "' at its end");
    }
    if (problem.contains("unexpected end of stream")) {
      return new YamlFault(began, found(text, began) + ", expected a second quote at its end");
    }
    if (character.matches()) {
      return new YamlFault(
          line,
          "found a value that begins with '" + character.group(1) + "', expected quotes around it");
    }
    if (problem.contains("escape")) {
      return new YamlFault(
          line, "found a backslash in double quotes, expected single quotes around such a value");
    }
    if (problem.contains("another document")) {
      return new YamlFault(line, "found '---', expected no second document");
    }
    if (problem.contains("expected '<document start>'")) {
      return new YamlFault(line, found(text, line) + ", expected 'key: value'");
    }
    return new YamlFault(line, OneLine.of(problem));
  }

  private static int line(Optional<Mark> mark) {
    return mark.map(Mark::getLine).orElse(0) + 1;
  }

  /** A line up to its first colon, blank or slash: what comes after may be a secret. */
  private static String found(String text, int line) {
    String typed = typed(text, line);
    String odd = typed.indexOf(NO_BREAK) < 0 ? "" : " and a no-break space, U+00A0";
    Matcher begin = BEGIN.matcher(typed.replace(NO_BREAK, ' ').strip());
    return "found " + Problems.quoted(begin.lookingAt() ? begin.group() : "") + odd;
  }

  private static int indent(String text, int line) {
    String typed = typed(text, line);
    return typed.length() - typed.stripLeading().length();
  }

  private static String typed(String text, int line) {
    return text.lines().skip(line - 1L).findFirst().orElse("");
  }
}
