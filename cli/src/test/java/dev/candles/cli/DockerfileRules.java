package dev.candles.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.runtime.util.EnvironmentInformation;

/** What the Dockerfile must keep; each rule says what breaks it. */
final class DockerfileRules {
  private static final String BUILT = "cli/target/candles";

  private DockerfileRules() {}

  /** What is wrong with a Dockerfile of the repository at {@code root}. */
  static List<String> problems(Path root, String text) throws IOException {
    List<String> problems = new ArrayList<>();
    List<String> let =
        Files.readAllLines(root.resolve(".dockerignore")).stream()
            .filter(line -> line.startsWith("!"))
            .map(line -> line.substring(1))
            .toList();
    List<String> taken = new ArrayList<>();
    String user = "none";
    for (String line : text.replace("\\\n", " ").split("\n", -1)) {
      String[] words = line.strip().split("\\s+");
      switch (words[0]) {
        case "", "#" -> {}
        case "FROM" -> from(words, problems);
        case "USER" -> user = words[1];
        case "RUN" -> run(line, problems);
        case "COPY" -> copy(root, words, let, taken, problems);
        default -> problems.add("not one of the words that are used here: " + words[0]);
      }
    }
    if (!user.equals("9999:9999")) {
      problems.add("its user is " + user);
    }
    for (String needed :
        List.of(
            BUILT,
            BUILT + "/candles-cluster.jar",
            BUILT + "/plugins/metrics-prometheus",
            "deploy/compose/answers",
            "deploy/compose/own-job",
            "deploy/compose/repeat",
            "flink-conf/config.yaml",
            "flink-conf/log4j.properties")) {
      if (!taken.contains(needed)) {
        problems.add("not copied: " + needed);
      }
    }
    return problems;
  }

  private static void from(String[] words, List<String> problems) {
    String expected = "flink:" + EnvironmentInformation.getVersion() + "-java17";
    if (!words[1].equals(expected)) {
      problems.add("not the Flink of this program: " + words[1] + ", expected " + expected);
    }
  }

  private static void run(String line, List<String> problems) {
    if (line.matches(".*\\b(curl|wget|apt-get|apk|pip)\\b.*")) {
      problems.add("takes from the network what may be another thing tomorrow: " + line);
    }
  }

  private static void copy(
      Path root, String[] words, List<String> let, List<String> taken, List<String> problems) {
    for (String source : Arrays.copyOfRange(words, 1, words.length - 1)) {
      if (source.startsWith("--")) {
        continue;
      }
      taken.add(source);
      boolean built = source.equals(BUILT) || source.startsWith(BUILT + "/");
      if (!built && !Files.exists(root.resolve(source))) {
        problems.add("not in the repository: " + source);
      }
      if (let.stream().noneMatch(l -> source.equals(l) || source.startsWith(l + "/"))) {
        problems.add("kept out by .dockerignore: " + source);
      }
    }
  }
}
