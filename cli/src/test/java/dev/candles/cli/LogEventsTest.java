package dev.candles.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** docs/LOG.md names every event that is logged, with its level and keys, and no other. */
class LogEventsTest {
  private static final Path ROOT = Path.of(System.getProperty("repository.root"));
  private static final Map<String, String> LEVELS =
      Map.of(
          "trace", "TRACE",
          "debug", "DEBUG",
          "info", "INFO",
          "warn", "WARNING",
          "error", "ERROR");
  private static final Pattern EVENT = Pattern.compile("event=([a-z_]+)( .*)?");
  private static final Pattern KEY = Pattern.compile("(?:^| )([a-z_0-9]+)=");
  private static final Pattern KEYS = Pattern.compile("( [a-z_0-9]+=([a-z_0-9]+|\\{}s?))*");
  private static final Pattern FILLED = Pattern.compile("([a-z_0-9]+)=\\{}");

  /**
   * What is one word whatever happens: numbers, times, words of ours, and names we have checked.
   */
  private static final Set<String> WORDS =
      Set.of(
          """
          absurd_time all_to attempt attempts budget by_ms candles compacted
          connection coverage_files_fewer date days empty evidence exit_code failures files
          files_fewer forward free_bytes from from_ms gap_minutes id job kept kept_job kind left
          level listed listing looked_at made minutes new_state not_over old_root old_state
          open_time open_time_ms partition parts port refused resumes retry_after retry_ms revised
          revision rows signal silent_ms start_ms status stops stream streams symbol target
          timeframe to to_ms took_ms trades tries unreadable_files venue venues waiting writer\
          """
              .split("\\s+"));

  private static final Pattern SHOWN = Pattern.compile("([A-Z]+): event=([a-z_]+)( .*)");
  private static final Pattern ROW =
      Pattern.compile("\\| `([a-z_]+)` \\| ([A-Z]+) \\| ([a-z_0-9` ]*) ?\\| \\S.* \\|");

  /** A call of a logger: the level, what its text may be, and what is put into it. */
  private record Call(
      String file, String level, String text, List<? extends ExpressionTree> values) {
    boolean isEvent() {
      return EVENT.matcher(text).matches();
    }

    String keys() {
      Matcher event = EVENT.matcher(text);
      return !event.matches() || event.group(2) == null ? "" : event.group(2);
    }

    /** Whether the event or its keys cannot be read from the source. */
    boolean isUnclear() {
      return isEvent()
          ? !KEYS.matcher(keys()).matches()
          : text.contains("event=") || text.contains("={}");
    }

    String row() {
      String keys =
          KEY.matcher(keys())
              .results()
              .map((MatchResult key) -> key.group(1))
              .collect(Collectors.joining(" "));
      return LogEventsTest.row(text.replaceFirst("event=(\\w+).*", "$1"), level, keys);
    }

    /** The values, by key, that may be more than one word. */
    Map<String, String> free() {
      Map<String, String> free = new TreeMap<>();
      Iterator<? extends ExpressionTree> next = values.iterator();
      FILLED
          .matcher(keys())
          .results()
          .map((MatchResult key) -> key.group(1))
          .forEach(key -> free.put(key, next.hasNext() ? next.next().toString() : "nothing"));
      free.keySet().removeAll(WORDS);
      return free;
    }
  }

  @Test
  void everyEventIsDocumentedWithItsLevelAndKeysAndNoOtherIs() throws IOException {
    List<Call> calls = calls();
    assertThat(calls).filteredOn(Call::isUnclear).isEmpty();
    Set<String> logged =
        calls.stream()
            .filter(Call::isEvent)
            .map(Call::row)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(logged).hasSizeGreaterThan(80);
    assertThat(documented()).isEqualTo(logged);
  }

  /** A blank in a path, or {@code status=503} in an error, would be another key to who reads it. */
  @Test
  void whatMayBeMoreThanOneWordIsQuotedWhereItIs() throws IOException {
    List<String> bare = new ArrayList<>();
    int quoted = 0;
    for (Call call : calls()) {
      for (Map.Entry<String, String> value : call.free().entrySet()) {
        if (value.getValue().startsWith("LogValue.of(")) {
          quoted++;
        } else {
          bare.add(call.file() + ": " + call.text() + ": " + value);
        }
      }
    }
    assertThat(bare).as("no word for sure, and not given by LogValue.of").isEmpty();
    assertThat(quoted).isGreaterThan(60);
  }

  /** Those that the pages show have the levels and keys, in their order, of docs/LOG.md. */
  @Test
  void thePagesShowEventsAsTheyAre() throws IOException {
    int shown = 0;
    for (String line : lines(Documents.pages())) {
      Matcher event = SHOWN.matcher(line);
      if (event.matches()) {
        String level = event.group(1);
        String start = event.group(2) + " " + level + " ";
        List<String> keys =
            KEY.matcher(event.group(3)).results().map((MatchResult key) -> key.group(1)).toList();
        assertThat(documented())
            .as(line)
            .filteredOn(row -> row.startsWith(start))
            .map(row -> List.of(row.substring(start.length()).split(" ")))
            .anySatisfy(known -> assertThat(known).containsSubsequence(keys));
        shown++;
      }
    }
    assertThat(shown).isGreaterThan(4);
  }

  private static List<String> lines(List<Path> pages) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Path page : pages) {
      lines.addAll(Files.readAllLines(page));
    }
    return lines;
  }

  private static Set<String> documented() throws IOException {
    Set<String> rows = new TreeSet<>();
    for (String line : Files.readAllLines(ROOT.resolve("docs/LOG.md"))) {
      if (line.startsWith("| `")) {
        Matcher row = ROW.matcher(line);
        assertThat(row.matches()).as(line).isTrue();
        assertThat(rows.add(row(row.group(1), row.group(2), row.group(3).replace("`", ""))))
            .as("twice: " + line)
            .isTrue();
      }
    }
    return rows;
  }

  private static String row(String event, String level, String keys) {
    return event + " " + level + " " + keys.strip();
  }

  private static List<Call> calls() throws IOException {
    List<Call> calls = new ArrayList<>();
    for (CompilationUnitTree unit : sources()) {
      new Logged(unit, calls).scan(unit, null);
    }
    return calls;
  }

  private static List<CompilationUnitTree> sources() throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<Path> files;
    try (Stream<Path> modules = Files.list(ROOT)) {
      files = new ArrayList<>();
      for (Path module : modules.toList()) {
        Path main = module.resolve("src/main/java");
        if (Files.isDirectory(main)) {
          try (Stream<Path> tree = Files.walk(main)) {
            tree.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
          }
        }
      }
    }
    try (var manager = compiler.getStandardFileManager(null, null, null)) {
      var units = manager.getJavaFileObjectsFromPaths(files);
      JavacTask task = (JavacTask) compiler.getTask(null, manager, null, null, null, units);
      List<CompilationUnitTree> parsed = new ArrayList<>();
      task.parse().forEach(parsed::add);
      return parsed;
    }
  }

  /** The calls of loggers in a file: {@code LOG.warn(…)}, or {@code log.log(Level.WARN, …)}. */
  private static final class Logged extends TreeScanner<Void, Void> {
    private final String file;
    private final List<Call> calls;
    private final Map<String, ExpressionTree> values = new HashMap<>();

    Logged(CompilationUnitTree unit, List<Call> calls) {
      this.file = String.valueOf(Path.of(unit.getSourceFile().toUri()).getFileName());
      this.calls = calls;
      new TreeScanner<Void, Void>() {
        @Override
        public Void visitVariable(VariableTree variable, Void nothing) {
          if (variable.getInitializer() != null) {
            values.put(variable.getName().toString(), variable.getInitializer());
          }
          return super.visitVariable(variable, nothing);
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
          if (method.getBody() != null
              && method.getBody().getStatements().size() == 1
              && method.getBody().getStatements().get(0) instanceof ReturnTree only
              && only.getExpression() != null) {
            values.put(method.getName().toString(), only.getExpression());
          }
          return super.visitMethod(method, nothing);
        }
      }.scan(unit, null);
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree call, Void nothing) {
      if (call.getMethodSelect() instanceof MemberSelectTree method) {
        List<? extends ExpressionTree> arguments = call.getArguments();
        String name = method.getIdentifier().toString();
        boolean logs = method.getExpression().toString().equals("LOG") && LEVELS.containsKey(name);
        boolean marked = logs && arguments.get(0).toString().equals("CRITICAL");
        if (logs) {
          take(marked ? "CRITICAL" : LEVELS.get(name), arguments, marked ? 1 : 0);
        } else if (name.equals("log") && arguments.get(0).toString().contains("Level.")) {
          String level = arguments.get(0).toString().replaceFirst(".*\\.", "");
          take(level.replace("WARN", "WARNING"), arguments, 1);
        }
      }
      return super.visitMethodInvocation(call, nothing);
    }

    private void take(String level, List<? extends ExpressionTree> arguments, int text) {
      List<? extends ExpressionTree> values = arguments.subList(text + 1, arguments.size());
      if (values.size() == 1
          && this.values.get(values.get(0).toString()) instanceof NewArrayTree array) {
        values = array.getInitializers();
      }
      for (String one : texts(arguments.get(text))) {
        calls.add(new Call(file, level, one, values));
      }
    }

    /** What an expression may be; what only a run can tell is a question mark. */
    private List<String> texts(Tree tree) {
      if (tree instanceof LiteralTree literal) {
        return List.of(String.valueOf(literal.getValue()));
      } else if (tree instanceof ParenthesizedTree inner) {
        return texts(inner.getExpression());
      } else if (tree instanceof ConditionalExpressionTree either) {
        return Stream.of(either.getTrueExpression(), either.getFalseExpression())
            .flatMap(one -> texts(one).stream())
            .toList();
      } else if (tree instanceof BinaryTree sum && sum.getKind() == Tree.Kind.PLUS) {
        List<String> ends = texts(sum.getRightOperand());
        return texts(sum.getLeftOperand()).stream()
            .flatMap(start -> ends.stream().map(end -> start + end))
            .toList();
      } else if (tree instanceof SwitchExpressionTree chosen) {
        return chosen.getCases().stream().flatMap(one -> texts(one.getBody()).stream()).toList();
      } else if (tree instanceof MethodInvocationTree call) {
        return named(call.getMethodSelect());
      }
      return named(tree);
    }

    /** Of a constant, or of a method that only returns, of this file. */
    private List<String> named(Tree tree) {
      String name = tree instanceof IdentifierTree known ? known.getName().toString() : "";
      ExpressionTree value = values.remove(name); // none refers to itself
      if (value == null) {
        return List.of("?");
      }
      List<String> texts = texts(value);
      values.put(name, value);
      return texts;
    }
  }
}
