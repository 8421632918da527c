package dev.candles.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A process that answers each line with one line. */
final class Child implements AutoCloseable {
  private static final int PATIENCE_S = 20;

  private final Process process;
  private final BufferedReader out;
  private final PrintStream in;

  private Child(Path folder, List<String> command) throws IOException {
    process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    out = process.inputReader(StandardCharsets.UTF_8);
    in = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
  }

  /** This program in another JVM, with the flags of {@code ./candles run}. */
  static Child java(String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-Xms64m",
            "-Xmx1g",
            "-Xss512k",
            "-Dpekko.scheduler.tick-duration=100ms"));
    for (String open :
        List.of("java.util", "java.lang", "java.time", "java.util.concurrent", "java.nio")) {
      command.add("--add-opens=java.base/" + open + "=ALL-UNNAMED");
    }
    String level = System.getProperty("bench.level");
    if (level != null) {
      command.add("-Dbench.level=" + level);
    }
    String profile = System.getProperty("bench.profile");
    if (profile != null && List.of("job", "socket").contains(args[0])) {
      command.add(
          "-XX:StartFlightRecording=settings=profile,dumponexit=true,filename="
              + profile
              + "."
              + args[0]
              + ".jfr");
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Bench.class.getName()));
    command.addAll(List.of(args));
    return new Child(Path.of("").toAbsolutePath(), command);
  }

  /** A program of Node, where ccxt is installed. */
  static Child node(Path program, String... args) throws IOException {
    List<String> command = new ArrayList<>(List.of("node", program.toAbsolutePath().toString()));
    command.addAll(List.of(args));
    return new Child(new File(System.getProperty("bench.ccxt", "target/ccxt")).toPath(), command);
  }

  /** The next line it says, leaving out the greeting of a flight recording. */
  String line() throws IOException {
    String line = out.readLine();
    while (line != null && line.startsWith("[")) {
      line = out.readLine();
    }
    if (line == null) {
      throw new IOException("process ended: exit=" + process.onExit().join().exitValue());
    }
    return line;
  }

  /** Its answer to a line. */
  String ask(String line) throws IOException {
    in.println(line);
    return line();
  }

  /** Ends it: asked first, so that a recording of it is written, then by force. */
  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      process.onExit().get(PATIENCE_S, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      process.destroyForcibly().onExit().join();
    }
    out.close();
    in.close();
  }
}
