package dev.candles.cli.advice;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Has every command that a text tells to type repeat the options that named the lake of the command
 * which prints it: without them it would be about another lake. A command that works by a
 * configuration does not go by the lake alone, or it would take {@code config.yaml}, which may be
 * of another: it asks for the file. Pure.
 *
 * @param config as the words of {@code --config}, quoted, or empty
 * @param dataDir as the words of {@code --data-dir}, quoted, or empty
 */
public record Advice(String config, String dataDir) {
  /** Of a command that was given neither. */
  public static final Advice PLAIN = new Advice("", "");

  private static final String ASKED = "--config FILE";
  private static final String ASKED_WHICH = " (FILE: the configuration of that lake)";

  /** Commands that go by the lake alone, that need its configuration too, or know nothing else. */
  private static final Pattern COMMAND =
      Pattern.compile(
          "\\./candles (?:(status|coverage|gaps|explain|qa|compact|archive)|(run|forget)|stop"
              + "|submit (?:run|qa|compact))\\b(?! --config)");

  private static final Pattern PLAIN_WORD = Pattern.compile("[\\w./:@%+=,~-]+");

  /** Of what was given. */
  public static Advice of(@Nullable String config, @Nullable String dataDir) {
    return new Advice(option("--config", config), option("--data-dir", dataDir));
  }

  private static String option(String name, @Nullable String value) {
    return value == null ? "" : name + " " + quoted(value);
  }

  /** As a shell reads it back as one word. */
  public static String quoted(String word) {
    return PLAIN_WORD.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  /** The text, its commands with the options. */
  public String in(String text) {
    String told =
        COMMAND.matcher(text).replaceAll(found -> Matcher.quoteReplacement(command(found)));
    return told.contains(ASKED) && !text.contains(ASKED) ? told + ASKED_WHICH : told;
  }

  private String command(MatchResult found) {
    boolean byLake = found.group(1) != null;
    boolean asks = !byLake && config.isEmpty() && !dataDir.isEmpty();
    List<String> words = new ArrayList<>(List.of(found.group(), asks ? ASKED : config));
    words.add(byLake || found.group(2) != null ? dataDir : "");
    words.removeIf(String::isEmpty);
    return String.join(" ", words);
  }
}
