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
import java.util.List;
import java.util.Map;
import java.util.Set;
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
  private static final Pattern KEYS =
      Pattern.compile("( [a-z_0-9]+=([a-z_0-9]+|\\{}s?|\"\\{}\"))*");
  private static final Pattern ROW =
      Pattern.compile("\\| `([a-z_]+)` \\| ([A-Z]+) \\| ([a-z_0-9` ]*) ?\\| \\S.* \\|");

  @Test
  void everyEventIsDocumentedWithItsLevelAndKeysAndNoOtherIs() throws IOException {
    Set<String> logged = new TreeSet<>();
    Set<String> unclear = new TreeSet<>();
    for (CompilationUnitTree unit : sources()) {
      new Logged(unit, logged, unclear).scan(unit, null);
    }
    assertThat(unclear).as("where the event or its keys cannot be read from the source").isEmpty();
    assertThat(logged).hasSizeGreaterThan(80);
    assertThat(documented()).isEqualTo(logged);
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
    private final Set<String> logged;
    private final Set<String> unclear;
    private final Map<String, ExpressionTree> values = new HashMap<>();

    Logged(CompilationUnitTree unit, Set<String> logged, Set<String> unclear) {
      this.file = String.valueOf(Path.of(unit.getSourceFile().toUri()).getFileName());
      this.logged = logged;
      this.unclear = unclear;
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
          String level = marked ? "CRITICAL" : LEVELS.get(name);
          take(level, texts(arguments.get(marked ? 1 : 0)));
        } else if (name.equals("log") && arguments.get(0).toString().contains("Level.")) {
          String level = arguments.get(0).toString().replaceFirst(".*\\.", "");
          take(level.replace("WARN", "WARNING"), texts(arguments.get(1)));
        }
      }
      return super.visitMethodInvocation(call, nothing);
    }

    private void take(String level, List<String> texts) {
      for (String text : texts) {
        Matcher event = EVENT.matcher(text);
        if (!event.matches()) {
          if (text.contains("event=") || text.contains("={}")) {
            unclear.add(file + ": " + text);
          }
          continue;
        }
        String keys = event.group(2) == null ? "" : event.group(2);
        if (!KEYS.matcher(keys).matches()) {
          unclear.add(file + ": " + text);
        }
        logged.add(row(event.group(1), level, keysOf(keys)));
      }
    }

    private static String keysOf(String keys) {
      return KEY.matcher(keys)
          .results()
          .map((MatchResult key) -> key.group(1))
          .collect(Collectors.joining(" "));
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
