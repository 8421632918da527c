package dev.candles.cli;

import dev.candles.cli.advice.Advice;
import dev.candles.cli.embedded.Access;
import dev.candles.cli.embedded.LastingException;
import dev.candles.cli.embedded.PassingException;
import dev.candles.cli.embedded.RefusedException;
import dev.candles.cli.embedded.Remedy;
import dev.candles.job.config.PathText;
import dev.candles.text.Nearest;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The command line's entry. Exit codes: 0 done, 1 failed, 2 refused before anything was started
 * (wrong usage, wrong configuration, another writer, a port in use), 3 out of memory, which the JVM
 * itself ends with too, 4 nothing runs ({@code status} only).
 */
@Command(
    name = "candles",
    description = "Collects candles from several venues into a lake of Parquet files.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class,
    subcommands = {
      BootstrapCommand.class,
      RunCommand.class,
      ClusterCommand.class,
      SubmitCommand.class,
      StatusCommand.class,
      StopCommand.class,
      DemoCommand.class,
      DrillCommand.class,
      SimCommand.class,
      ReplayCommand.class,
      CompactCommand.class,
      ArchiveCommand.class,
      ForgetCommand.class,
      CoverageCommand.class,
      GapsCommand.class,
      ExplainCommand.class,
      QaCommand.class,
      VersionCommand.class,
      CommandLine.HelpCommand.class
    },
    footer = {
      "",
      "Example:",
      "  ./candles demo",
      "",
      "Exit codes: 0 done, 1 failed, 2 refused (usage, configuration, another writer, port in"
          + " use),",
      "3 out of memory, whatever the command, 4 nothing runs (status only)"
    })
public final class Candles implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  /** Runs a command and exits with its code. */
  public static void main(String[] args) {
    Locale.setDefault(Locale.ROOT); // the same texts, also of libraries, on every machine
    System.exit(run(commandLine(), args));
  }

  /** picocli hands on exceptions, not errors. */
  static int run(CommandLine command, String... args) {
    try {
      return command.execute(args);
    } catch (LinkageError | OutOfMemoryError error) {
      return failed(error, command.getErr());
    }
  }

  static CommandLine commandLine() {
    return new CommandLine(new Candles())
        .registerConverter(Path.class, Candles::path)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpWidth(100)
        .setParameterExceptionHandler(Candles::misused)
        .setExecutionExceptionHandler(
            (error, command, parsed) -> failed(error, command.getErr(), advice(command)));
  }

  /** What was given to name the lake. */
  static Advice advice(CommandLine command) {
    return Advice.of(given(command, "--config"), given(command, "--data-dir"));
  }

  private static @Nullable String given(CommandLine command, String option) {
    ParseResult parsed = command.getParseResult();
    List<String> values =
        parsed != null && parsed.hasMatchedOption(option)
            ? parsed.matchedOption(option).originalStringValues()
            : List.of();
    return values.isEmpty() ? null : values.get(values.size() - 1);
  }

  private static Path path(String text) {
    try {
      return PathText.parse(text);
    } catch (InvalidPathException e) {
      throw new TypeConversionException(
          String.format(Locale.ROOT, "found '%s', expected %s", e.getInput(), e.getReason()));
    }
  }

  /** Says what is wrong and what was probably meant; the whole usage would bury it. */
  private static int misused(ParameterException error, String[] args) {
    CommandLine command = error.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(error.getMessage());
    if (error instanceof UnmatchedArgumentException unmatched) {
      String word = unmatched.getUnmatched().get(0).replaceFirst("=.*", "");
      Nearest.to(word, known(command.getCommandSpec(), word))
          .ifPresent(near -> err.println("Did you mean '" + near + "'?"));
    }
    err.println("Try './" + command.getCommandSpec().qualifiedName() + " --help'.");
    return CommandLine.ExitCode.USAGE;
  }

  private static Collection<String> known(CommandSpec command, String word) {
    return word.startsWith("-") ? command.optionsMap().keySet() : command.subcommands().keySet();
  }

  /** Prints what a person needs of an error, and chooses the exit code. */
  static int failed(Throwable error, PrintWriter err) {
    return failed(error, err, Advice.PLAIN);
  }

  private static int failed(Throwable error, PrintWriter err, Advice advice) {
    if (error instanceof LastingException lasting) {
      err.println(advice.in(String.valueOf(lasting.getMessage())));
      return lasting.exitCode();
    }
    if (error instanceof PassingException) {
      err.println(advice.in(String.valueOf(error.getMessage())));
      return CommandLine.ExitCode.SOFTWARE;
    }
    Optional<String> remedy = Remedy.of(error);
    if (remedy.isPresent()) {
      err.println(advice.in(remedy.get()));
      return Remedy.exitCode(error);
    }
    if (error instanceof RefusedException) {
      err.println(advice.in(String.valueOf(error.getMessage())));
      return CommandLine.ExitCode.USAGE;
    }
    if (error instanceof FileSystemException refused) {
      err.println(Access.line(refused));
      return CommandLine.ExitCode.SOFTWARE;
    }
    error.printStackTrace(err);
    return CommandLine.ExitCode.SOFTWARE;
  }

  /** Without a command: which there are. */
  @Override
  public Integer call() {
    return whichThereAre(spec);
  }

  /** A command that has commands and was given none. */
  static int whichThereAre(CommandSpec spec) {
    spec.commandLine().usage(spec.commandLine().getErr());
    return CommandLine.ExitCode.USAGE;
  }
}
