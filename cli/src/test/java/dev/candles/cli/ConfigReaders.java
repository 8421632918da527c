package dev.candles.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;

/**
 * Runs every command that takes a configuration and is not to write one with {@code --config
 * config.yaml}, in a folder that has none. Exit code 0 if all refuse it as they should.
 */
final class ConfigReaders {
  private static final Set<String> WRITERS = Set.of("bootstrap", "sim");

  /** What else they need. */
  private static final Map<String, List<String>> MORE =
      Map.of(
          "explain", List.of("okx/BTC-USDT/1m", "2026-01-01T00:00:00Z"),
          "forget", List.of("okx/BTC-USDT"),
          "archive", List.of("--before=2026-01-01", "--to=x"),
          "compact", List.of("--all"));

  private ConfigReaders() {}

  public static void main(String[] args) {
    System.exit(run(List.of(), Candles.commandLine()) ? 0 : 1);
  }

  private static boolean run(List<String> path, CommandLine command) {
    boolean good = true;
    String name = String.join(" ", path);
    if (command.getCommandSpec().findOption("--config") != null && !WRITERS.contains(name)) {
      List<String> words = new ArrayList<>(path);
      words.addAll(List.of("--config", "config.yaml"));
      words.addAll(MORE.getOrDefault(name, List.of()));
      Commands.Result said = Commands.run(words.toArray(new String[0]));
      good = said.code() == 2 && said.err().startsWith("no configuration at config.yaml");
      System.out.println((good ? "refused " : "NOT REFUSED ") + words + ": " + said);
    }
    for (Map.Entry<String, CommandLine> inner : command.getSubcommands().entrySet()) {
      List<String> longer = new ArrayList<>(path);
      longer.add(inner.getKey());
      good &= run(longer, inner.getValue());
    }
    return good;
  }
}
