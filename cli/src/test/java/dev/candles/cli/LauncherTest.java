package dev.candles.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Starts the real launcher, copied with a jar of its own to a folder whose name has a space. */
class LauncherTest {
  private static final Path ROOT = Path.of(System.getProperty("repository.root"));
  private static final Path BASH = Path.of("/bin/bash");

  @TempDir private Path temporary;
  private Path folder;

  private record Outcome(int code, long pid, String out) {}

  @BeforeEach
  void copyTheLauncher() throws IOException {
    assumeTrue(Files.exists(BASH), "skipped: there is no /bin/bash here");
    folder = Files.createDirectories(temporary.resolve("a folder"));
    Files.copy(ROOT.resolve("candles"), folder.resolve("candles"));
  }

  @Test
  void itBecomesTheJvmAndPassesEveryArgumentAsItIs() throws Exception {
    copyOfTheBuiltFolder();

    Outcome outcome = launch(Map.of(), "sim", "a b", "$HOME", "*");

    assertThat(outcome.code()).isEqualTo(7);
    assertThat(outcome.out())
        .contains("pid=" + outcome.pid(), "args=sim|a b|$HOME|*", "home=" + folder.toRealPath());
  }

  @Test
  void onlyTheCollectorGetsItsSmallHeap() throws Exception {
    copyOfTheBuiltFolder();

    assertThat(heap(launch(Map.of(), "run", "--config", "x"))).isBetween(120, 170);
    assertThat(heap(launch(Map.of(), "demo"))).isGreaterThan(400);
    assertThat(heap(launch(Map.of(), "help", "run"))).isGreaterThan(400);
  }

  @Test
  void glibcKeepsLittleForTheCollectorUnlessToldOtherwise() throws Exception {
    copyOfTheBuiltFolder();

    assertThat(launch(Map.of(), "run").out()).contains("arenas=2");
    assertThat(launch(Map.of("MALLOC_ARENA_MAX", "8"), "run").out()).contains("arenas=8");
    assertThat(launch(Map.of(), "qa").out()).contains("arenas=null");
  }

  @Test
  void onlyWhatEndsSoonIsCompiledInAHurry() throws Exception {
    copyOfTheBuiltFolder();
    String hurry = "-XX:TieredStopAtLevel=1";

    assertThat(launch(Map.of(), "qa", "--days", "7").out()).contains(hurry);
    assertThat(launch(Map.of(), "qa", "--days", "7", "--deep").out()).doesNotContain(hurry);
    assertThat(launch(Map.of(), "run").out()).doesNotContain(hurry);
  }

  /** Also where it does not do on a thread that nobody waits for. */
  @ParameterizedTest
  @CsvSource({"run, run", "sim, long", "qa --deep, long", "qa, tool", "status, tool"})
  void whereMemoryDoesNotDoEveryCommandEndsWithThree(String words, String flags) throws Exception {
    copyOfTheBuiltFolder();
    List<String> command = new ArrayList<>(List.of(words.split(" ")));
    command.add(LauncherEcho.FILL);

    Outcome outcome = launch(Map.of(), command.toArray(new String[0]));

    assertThat(outcome.code()).as("%s.jvmargs\n%s", flags, outcome.out()).isEqualTo(3);
    assertThat(outcome.out()).contains("java.lang.OutOfMemoryError").doesNotContain("filled=");
  }

  @Test
  void anOldJavaIsRefusedWithTheWayToANewOne() throws Exception {
    Path home = Files.createDirectories(temporary.resolve("jdk-11"));
    executable(home.resolve("bin/java"), "exit 99");
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"11.0.2\"\n");
    copyOfTheBuiltFolder();

    Outcome outcome = launch(Map.of("JAVA_HOME", home.toString()), "version");

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.out()).contains("Java 11 found", "17 or later", "https://adoptium.net");
  }

  @Test
  void withoutMavenItSaysHowToGetIt() throws Exception {
    Files.writeString(folder.resolve("pom.xml"), "<project/>");
    Path tools = Files.createDirectories(temporary.resolve("tools"));
    for (String tool : List.of("dirname", "readlink", "mkdir", "find")) {
      executable(tools.resolve(tool), "PATH=/usr/bin:/bin exec " + tool + " \"$@\"");
    }

    Outcome outcome =
        launch(
            Map.of("PATH", tools.toString(), "JAVA_HOME", System.getProperty("java.home")),
            "version");

    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.out()).contains("no Maven found", "apt install maven");
  }

  /** Maven's own words are many and say nothing of how long it takes. */
  @Test
  void whoWaitsForABuildSeesHowFarItIs() throws Exception {
    Map<String, String> tools =
        maven(
            """
            echo '[INFO] Building candles-core 0.1.0-SNAPSHOT                        [1/2]'
            echo '[INFO] --- compiler:3.16.0:compile ---'
            echo '[INFO] Building candles-cli 0.1.0-SNAPSHOT                         [2/2]'
            echo 'a word of a compiler'\
            """);

    Outcome first = launch(tools, "version");
    assertThat(first.code()).as(first.out()).isEqualTo(7);
    assertThat(first.out())
        .contains("candles: building; the first time Maven also downloads")
        .containsPattern("candles:   \\[1/2] candles-core, after \\d+ s\n")
        .containsPattern("candles:   \\[2/2] candles-cli, after \\d+ s\na word of a compiler\n")
        .containsPattern("candles: built in \\d+ s\n")
        .doesNotContain("compiler:3");

    Files.delete(folder.resolve("cli/target/candles/candles.jar"));
    assertThat(launch(tools, "version").out())
        .containsPattern("candles: building; the last time that took \\d+ s\n");
  }

  /** Some of it may have been read before it was edited. */
  @Test
  void whatIsEditedWhileItIsBuiltIsBuiltByTheNextStart() throws Exception {
    Path source = folder.resolve("core/src/main/java/A.java");
    Files.createDirectories(source.resolveSibling(""));
    Files.writeString(source, "class A {}");
    Path edited = temporary.resolve("edited");
    Map<String, String> tools =
        maven("[[ -e '%s' ]] || { touch '%s' '%s'; }".formatted(edited, edited, source));

    assertThat(launch(tools, "version").out()).contains("candles: built in ");
    assertThat(edited).exists();
    assertThat(launch(tools, "version").out()).contains("candles: built in ");
    assertThat(launch(tools, "version").out()).doesNotContain("candles: building");
  }

  /** One that makes the program, and then does what a test wants; with it on the path. */
  private Map<String, String> maven(String more) throws IOException {
    Path built = Files.createDirectories(temporary.resolve("built"));
    EchoProgram.write(built);
    Files.copy(ROOT.resolve("candles"), built.resolve("candles"));
    Files.writeString(folder.resolve("pom.xml"), "<project/>");
    executable(
        temporary.resolve("tools/mvn"),
        """
        for word in "$@"; do
          [[ $word != -Dcandles.dist=* ]] || cp -r '%s' "${word#*=}"
        done
        %s\
        """
            .formatted(built, more));
    return Map.of("PATH", temporary.resolve("tools") + ":" + System.getenv("PATH"));
  }

  @Test
  void umlautsReachTheProgramWithoutALocaleToo() throws Exception {
    copyOfTheBuiltFolder();
    Process locales = new ProcessBuilder(BASH.toString(), "-c", "locale -a").start();
    String known = new String(locales.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assumeTrue(known.contains("C.utf8") || known.contains("C.UTF-8"), "no such locale: " + known);

    Map<String, String> posix = Map.of("LC_ALL", "C", "LC_CTYPE", "C", "LANG", "C");
    assertThat(launch(posix, "coverage", "Müll ✓").out()).contains("args=coverage|Müll ✓");
  }

  private static int heap(Outcome outcome) {
    String line =
        outcome.out().lines().filter(l -> l.startsWith("heap=")).findFirst().orElseThrow();
    return Integer.parseInt(line.substring("heap=".length()));
  }

  private void copyOfTheBuiltFolder() throws IOException {
    EchoProgram.write(folder);
  }

  private static void executable(Path file, String line) throws IOException {
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.writeString(file, "#!/bin/bash\n" + line + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Outcome launch(Map<String, String> environment, String... args) throws Exception {
    List<String> command = new ArrayList<>(List.of(BASH.toString(), folder + "/candles"));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    builder.environment().remove("CANDLES_JAVA_OPTS");
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Outcome(process.exitValue(), process.pid(), out);
  }
}
