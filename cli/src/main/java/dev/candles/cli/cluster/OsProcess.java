package dev.candles.cli.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A process of this machine that is not mistaken for a later one with the same number.
 *
 * @param pid its number
 * @param started when it was started, by what the system calls it and no clock that is set changes:
 *     on Linux the boot and the ticks since
 */
public record OsProcess(long pid, String started) {
  private static final Path PROC = Path.of("/proc");
  private static final Pattern RSS = Pattern.compile("VmRSS:\\s+(\\d{1,15}) kB");
  private static final int TICKS = 19; // field 22, counted from the state, which is field 3

  /** How a process is. */
  public enum State {
    ALIVE,
    /** Stopped by a signal: it is there and does nothing. */
    FROZEN,
    DEAD
  }

  /** The process that has this number now; empty if none has. */
  public static Optional<OsProcess> of(long pid) {
    Optional<String[]> fields = fields(pid);
    if (fields.isPresent()) {
      return Optional.of(of(pid, fields.get()));
    }
    return Files.isDirectory(PROC.resolve("self"))
        ? Optional.empty()
        : ProcessHandle.of(pid)
            .flatMap(handle -> handle.info().startInstant())
            .map(Instant::toString)
            .map(started -> new OsProcess(pid, started));
  }

  private static OsProcess of(long pid, String[] fields) {
    return new OsProcess(pid, boot() + ":" + fields[TICKS]);
  }

  public State state() {
    return state(fields(pid));
  }

  /** How it is, told from one reading: at the next it may be gone, which is not alive. */
  State state(Optional<String[]> fields) {
    if (fields.isEmpty()) {
      return of(pid).filter(this::equals).isPresent() ? State.ALIVE : State.DEAD;
    }
    if (!of(pid, fields.get()).equals(this)) {
      return State.DEAD;
    }
    return switch (fields.get()[0]) {
      case "Z", "X" -> State.DEAD; // it has ended and nobody has asked how
      case "T", "t" -> State.FROZEN;
      default -> State.ALIVE;
    };
  }

  /** SIGTERM; nothing if it is dead. */
  public void end() {
    if (state() != State.DEAD) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
    }
  }

  /** SIGKILL; nothing if it is dead. */
  public void kill() {
    if (state() != State.DEAD) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  /**
   * SIGSTOP: it is there and does nothing until {@link #wake}; nothing if it is dead.
   *
   * @throws IOException if this system cannot
   */
  public void freeze() throws IOException, InterruptedException {
    signal("STOP");
  }

  /**
   * SIGCONT; nothing if it is dead.
   *
   * @throws IOException if this system cannot
   */
  public void wake() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    if (state() == State.DEAD) {
      return;
    }
    int code =
        new ProcessBuilder("kill", "-" + name, Long.toString(pid))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor();
    if (code != 0 && state() != State.DEAD) {
      throw new IOException("SIG" + name + " cannot be sent to pid " + pid + ": exit code " + code);
    }
  }

  /** How much of the machine's memory it holds, bytes; empty where the system does not say. */
  public OptionalLong memory() {
    try (Stream<String> lines = Files.lines(PROC.resolve(Long.toString(pid)).resolve("status"))) {
      return lines
          .map(RSS::matcher)
          .filter(Matcher::matches)
          .mapToLong(found -> Long.parseLong(found.group(1)) * 1_024)
          .findFirst();
    } catch (IOException | UncheckedIOException gone) {
      return OptionalLong.empty();
    }
  }

  /** Its command line; empty if it is gone, or another user's and hidden. */
  static List<String> words(ProcessHandle process) {
    try {
      Path line = PROC.resolve(Long.toString(process.pid())).resolve("cmdline");
      return List.of(new String(Files.readAllBytes(line), StandardCharsets.UTF_8).split("\0"));
    } catch (IOException noLinux) {
      return process.info().arguments().map(List::of).orElse(List.of());
    }
  }

  /** What Linux says of it, from its state on; the name before that may hold anything. */
  static Optional<String[]> fields(long pid) {
    try {
      String stat = Files.readString(PROC.resolve(Long.toString(pid)).resolve("stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
      return fields.length > TICKS ? Optional.of(fields) : Optional.empty();
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  private static String boot() {
    try {
      return Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip();
    } catch (IOException hidden) {
      return "boot";
    }
  }
}
