package dev.candles.cli.advice;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Has every command that a text tells to type repeat the options that named the lake of the command
 * which prints it: without them it would be about another lake. Pure.
 *
 * @param config as the words of {@code --config}, quoted, or empty
 * @param dataDir as the words of {@code --data-dir}, quoted, or empty
 */
public record Advice(String config, String dataDir) {
  /** Of a command that was given neither. */
  public static final Advice PLAIN = new Advice("", "");

  /** Commands that take both options, or the first only. */
  private static final Pattern COMMAND =
      Pattern.compile(
          "\\./candles (?:(run|status|coverage|gaps|explain|qa|compact|archive|forget)|stop"
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
    return COMMAND
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(command(found.group(), found.group(1))));
  }

  private String command(String command, @Nullable String takesBoth) {
    List<String> words = new ArrayList<>(List.of(command, config));
    words.add(takesBoth == null ? "" : dataDir);
    words.removeIf(String::isEmpty);
    return String.join(" ", words);
  }
}
