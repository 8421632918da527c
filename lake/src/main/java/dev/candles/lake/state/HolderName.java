package dev.candles.lake.state;

import dev.candles.text.Cut;
import dev.candles.text.OneLine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Names this process for people: process id, host, start, and the first words of its command. */
public final class HolderName {
  private static final int WORDS = 2;
  private static final int MAX_CHARS = 120;
  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

  private static final Pattern NAME =
      Pattern.compile("pid=(\\d{1,18}) host=(\\S+) started=(\\S+) .*");

  /** A system's clock may be set, and with it what it says of a process's start. */
  private static final Duration SAME_START = Duration.ofMinutes(1);

  private HolderName() {}

  static String own() {
    ProcessHandle process = ProcessHandle.current();
    String started = process.info().startInstant().map(Instant::toString).orElse("unknown");
    return "pid="
        + process.pid()
        + " host="
        + host()
        + " started="
        + started
        + " command="
        + command();
  }

  /** Whether whom a name names is a process that lives here, as far as can be told. */
  static boolean livesHere(String name) {
    Matcher parts = NAME.matcher(name);
    return parts.matches()
        && parts.group(2).equals(host())
        && ProcessHandle.of(Long.parseLong(parts.group(1)))
            .filter(process -> mayHaveStarted(process, parts.group(3)) && !hasEnded(process))
            .isPresent();
  }

  /** Linux keeps the number of a process that has ended until its parent asks how it did. */
  private static boolean hasEnded(ProcessHandle process) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
      return stat.substring(stat.lastIndexOf(')') + 1).strip().startsWith("Z");
    } catch (IOException gone) {
      return !process.isAlive(); // or the system has no such file
    }
  }

  /** Another process may have the same id by now. */
  private static boolean mayHaveStarted(ProcessHandle process, String started) {
    try {
      Instant named = Instant.parse(started);
      return process
          .info()
          .startInstant()
          .map(now -> Duration.between(named, now).abs().compareTo(SAME_START) < 0)
          .orElse(true);
    } catch (DateTimeParseException unknown) {
      return true;
    }
  }

  /** The name of this machine, one word; {@code unknown} if it has none. */
  public static String host() {
    try {
      return clean(InetAddress.getLocalHost().getHostName());
    } catch (UnknownHostException e) {
      return "unknown"; // a name for people: none is no reason to refuse the lock
    }
  }

  /**
   * One word for this machine since it was started, so that two of the same name are told apart: on
   * Linux with the kernel's id of its start, which containers of one machine share, as they share
   * its locks; elsewhere its name alone.
   */
  static String machine() {
    try {
      return host() + "/" + clean(Files.readString(BOOT).strip());
    } catch (IOException e) {
      return host();
    }
  }

  /** Main class and sub-command; what follows may hold anything. */
  private static String command() {
    String[] words = System.getProperty("sun.java.command", "unknown").split("\\s+", WORDS + 1);
    return clean(Arrays.stream(words).limit(WORDS).collect(Collectors.joining(" ")));
  }

  private static String clean(String text) {
    return Cut.to(MAX_CHARS, OneLine.masked(text, "?"));
  }
}
