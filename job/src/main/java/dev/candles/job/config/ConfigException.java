package dev.candles.job.config;

import java.util.List;

/** The configuration is wrong; lists every problem found, not only the first. */
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  /**
   * @param name the file as the user knows it
   * @param problems one line each, ascending by line number; not empty
   */
  public ConfigException(String name, List<String> problems) {
    super(message(name, problems));
    this.problems = List.copyOf(problems);
  }

  /** One line per problem, ascending by line number. */
  public List<String> problems() {
    return problems;
  }

  private static String message(String name, List<String> problems) {
    String count = problems.size() == 1 ? "1 problem" : problems.size() + " problems";
    return "configuration " + name + ": " + count + "\n  " + String.join("\n  ", problems);
  }
}
