package dev.candles.cli.classes;

import dev.candles.cli.embedded.ProgramCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How this program starts itself: by the same Java, the same jar and the flags of the launcher. */
public final class OwnCommand {
  private static final List<String> OPENED =
      List.of("lang", "nio", "time", "util", "util.concurrent");

  private static final String TEMPORARY = "java.io.tmpdir";

  private OwnCommand() {}

  /**
   * The words of a process. Its temporary files are where this one's are: whoever had to name
   * another folder had to because no library can be loaded from the usual one.
   *
   * @param more flags of the JVM after those of the family
   * @param words of its command line
   */
  public static List<String> of(Family family, List<String> more, List<String> words)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(program(family.label() + ".jvmargs", more));
    command.addAll(words);
    return command;
  }

  private static List<String> program(String flagsFile, List<String> more) throws IOException {
    Path code = ProgramCode.here();
    if (Files.isRegularFile(code)) {
      List<String> words = new ArrayList<>(List.of("@" + code.resolveSibling(flagsFile)));
      words.add(temporary());
      words.addAll(more);
      words.addAll(List.of("-jar", code.toString()));
      return words;
    }
    // run from folders of classes: what the jar's manifest says has to be said here
    List<String> words = new ArrayList<>();
    Path flags = code.resolve("../../src/main/dist/" + flagsFile).normalize();
    if (Files.isRegularFile(flags)) {
      words.add("@" + flags);
    }
    words.add(temporary());
    words.addAll(more);
    for (String opened : OPENED) {
      words.add("--add-opens=java.base/java." + opened + "=ALL-UNNAMED");
    }
    words.add("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.candles.cli.Candles"));
    return words;
  }

  private static String temporary() {
    return "-D" + TEMPORARY + "=" + System.getProperty(TEMPORARY);
  }
}
