package dev.candles.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Walks the repository: nothing too long, nothing left behind, everything with its package page.
 */
class TidyTest {
  private static final Path ROOT = Path.of(System.getProperty("repository.root"));
  private static final Set<String> SKIPPED =
      Set.of("target", ".git", "data", "logs", ".cluster", "node_modules", ".idea");
  private static final Set<String> TEXTS =
      Set.of("java", "md", "xml", "yaml", "yml", "sh", "cmd", "jvmargs", "json", "jsonl", "config");
  private static final int LONGEST_FILE = 400;
  private static final int LONGEST_METHOD = 60;

  /** Written in two halves, so that this file does not hold what it looks for. */
  private static final Pattern LEFT_BEHIND =
      Pattern.compile("\\b(TO" + "DO|FIX" + "ME|X" + "XX)\\b");

  private static final Pattern MACHINE =
      Pattern.compile(
          "(^|[^\\w.])/(wo"
              + "rk|ro"
              + "ot|ho"
              + "me|far"
              + "m)/\\w|bash_"
              + "jobs"
              + "|https?://[\\w.:-]*(nex"
              + "us|artifac"
              + "tory|mir"
              + "ror)");

  /**
   * Names that said little to who knows Flink or market data; docs/GLOSSARY.md has the words in
   * use.
   */
  private static final Pattern RETIRED =
      Pattern.compile(
          "(Announcement|Arbiter|Armed|Beginnings|Doubt|Edges|Fold|FrameMeaning|Heard|Hole"
              + "|Holdings|HttpAnswer|HttpQuestion|Kind|KindCount|Leftovers|Line|Link|LinkMark"
              + "|Oddity|OpenBorders|OpenGap|Outlet|PageWidth|Quiet|Recheck|RestFront|ScanNews"
              + "|\\w*Surroundings|Through|TradeFold|TradeFolder|TradeHole|TradeSpan|Unit|UnitPlan"
              + "|UnitScan|Visit|\\w*Desk|\\w*Keeper|\\w*Nonsense)(Codec|Test|IT)?\\.java");

  private static final List<Path> FILES = new ArrayList<>();

  @BeforeAll
  static void walk() throws IOException {
    FILES.clear();
    Files.walkFileTree(
        ROOT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            boolean skipped = SKIPPED.contains(String.valueOf(folder.getFileName()));
            return skipped && !folder.equals(ROOT) && !folder.toString().contains("/src/")
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            FILES.add(file);
            return FileVisitResult.CONTINUE;
          }
        });
    assertThat(javaFiles("/src/main/")).hasSizeGreaterThan(50);
  }

  @Test
  void noFileIsTooLong() throws IOException {
    List<String> tooLong = new ArrayList<>();
    for (Path file : javaFiles("")) {
      int lines = Files.readAllLines(file).size();
      if (lines > LONGEST_FILE) {
        tooLong.add(name(file) + ": " + lines + " lines");
      }
    }
    assertThat(tooLong).isEmpty();
  }

  @Test
  void noMethodIsTooLong() throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      var units = files.getJavaFileObjectsFromPaths(javaFiles(""));
      JavacTask task = (JavacTask) compiler.getTask(null, files, null, null, null, units);
      List<String> tooLong = new ArrayList<>();
      for (CompilationUnitTree unit : task.parse()) {
        addLongMethods(unit, Trees.instance(task).getSourcePositions(), tooLong);
      }
      assertThat(tooLong).isEmpty();
    }
  }

  private static void addLongMethods(
      CompilationUnitTree unit, SourcePositions positions, List<String> tooLong) {
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitMethod(MethodTree method, Void nothing) {
        long from = unit.getLineMap().getLineNumber(positions.getStartPosition(unit, method));
        long to = unit.getLineMap().getLineNumber(positions.getEndPosition(unit, method));
        if (to - from + 1 > LONGEST_METHOD) {
          String file = name(Path.of(unit.getSourceFile().toUri()));
          tooLong.add(file + " " + method.getName() + ": " + (to - from + 1) + " lines");
        }
        return super.visitMethod(method, nothing);
      }
    }.scan(unit, null);
  }

  @Test
  void everyPackageSaysWhatItIsFor() throws IOException {
    List<String> silent = new ArrayList<>();
    for (Path file : javaFiles("/src/main/")) {
      Path page = file.resolveSibling("package-info.java");
      String text = Files.exists(page) ? Files.readString(page) : "";
      if (!text.startsWith("/**") || !text.contains("@NullMarked")) {
        silent.add(name(page));
      }
    }
    assertThat(silent).isEmpty();
  }

  @Test
  void everyMarkdownFileHasOneTitle() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Path file : files(f -> f.toString().endsWith(".md"))) {
      boolean code = false;
      int titles = 0;
      for (String line : Files.readAllLines(file)) {
        code ^= line.startsWith("```");
        titles += !code && line.startsWith("# ") ? 1 : 0;
      }
      if (titles != 1) {
        wrong.add(name(file) + ": " + titles + " titles");
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void everyVenueHasAPageAndFixtures() throws IOException {
    Path venues = ROOT.resolve("sources/src/main/java/dev/candles/sources/venue");
    Path fixtures = ROOT.resolve("sources/src/test/resources/dev/candles/sources/venue");
    List<String> missing = new ArrayList<>();
    try (var folders = Files.list(venues)) {
      for (Path folder : folders.filter(Files::isDirectory).toList()) {
        String venue = String.valueOf(folder.getFileName());
        for (Path page :
            List.of(folder.resolve("README.md"), fixtures.resolve(venue).resolve("fixtures.md"))) {
          if (!Files.exists(page)) {
            missing.add(name(page));
          }
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void nothingIsLeftBehind() throws IOException {
    assertThat(matching(javaFiles(""), LEFT_BEHIND)).isEmpty();
  }

  @Test
  void noTypeHasARetiredName() {
    List<String> retired = new ArrayList<>();
    for (Path file : javaFiles("")) {
      if (RETIRED.matcher(String.valueOf(file.getFileName())).matches()) {
        retired.add(name(file));
      }
    }
    assertThat(retired).isEmpty();
  }

  @Test
  void noTestWaitsByTheClock() throws IOException {
    Pattern sleep = Pattern.compile("Thread" + "\\.sleep");
    assertThat(matching(javaFiles("/src/test/"), sleep)).isEmpty();
  }

  @Test
  void nothingNamesTheMachineItWasWrittenOn() throws IOException {
    assertThat(matching(files(TidyTest::isText), MACHINE)).isEmpty();
  }

  private static boolean isText(Path file) {
    String name = String.valueOf(file.getFileName());
    boolean bare = !name.contains(".") && !name.equals("_metadata"); // a savepoint's
    return bare || TEXTS.contains(name.substring(name.lastIndexOf('.') + 1));
  }

  private static List<String> matching(List<Path> files, Pattern pattern) throws IOException {
    List<String> found = new ArrayList<>();
    for (Path file : files) {
      int number = 0;
      for (String line : Files.readAllLines(file)) {
        number++;
        if (pattern.matcher(line).find()) {
          found.add(name(file) + ":" + number + ": " + line.strip());
        }
      }
    }
    return found;
  }

  private static List<Path> javaFiles(String within) {
    return files(f -> f.toString().endsWith(".java") && f.toString().contains(within));
  }

  private static List<Path> files(Predicate<Path> wanted) {
    return FILES.stream().filter(wanted).sorted().toList();
  }

  private static String name(Path file) {
    return ROOT.relativize(file).toString();
  }
}
