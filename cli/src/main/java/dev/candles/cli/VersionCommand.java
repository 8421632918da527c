package dev.candles.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.flink.runtime.util.EnvironmentInformation;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code version}: what is running here. */
@Command(
    name = "version",
    description = "Prints the versions of the collector, of Flink and of Java.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class,
    footer = {"", "Example:", "  ./candles version"})
final class VersionCommand implements Callable<Integer>, IVersionProvider {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    for (String line : getVersion()) {
      spec.commandLine().getOut().println(line);
    }
    return 0;
  }

  @Override
  public String[] getVersion() {
    return new String[] {
      "candles " + own(),
      "flink " + EnvironmentInformation.getVersion(),
      "java " + Runtime.version() + " (" + System.getProperty("java.vendor") + ")"
    };
  }

  /** The version in the jar's manifest; classes in a folder have none. */
  private static String own() {
    return Optional.ofNullable(Candles.class.getPackage().getImplementationVersion())
        .orElse("development");
  }
}
