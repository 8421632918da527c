package dev.candles.lake.state;

import dev.candles.core.feed.OneLine;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Names this process for people: process id, host, start, and the first words of its command. */
final class HolderName {
  private static final int WORDS = 2;
  private static final int MAX_CHARS = 120;

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

  /** One word. */
  static String host() {
    try {
      return clean(InetAddress.getLocalHost().getHostName());
    } catch (UnknownHostException e) {
      return "unknown"; // a name for people: none is no reason to refuse the lock
    }
  }

  /** Main class and sub-command; what follows may hold anything. */
  private static String command() {
    String[] words = System.getProperty("sun.java.command", "unknown").split("\\s+", WORDS + 1);
    return clean(Arrays.stream(words).limit(WORDS).collect(Collectors.joining(" ")));
  }

  private static String clean(String text) {
    String line = OneLine.masked(text, "?");
    return line.length() <= MAX_CHARS ? line : line.substring(0, MAX_CHARS);
  }
}
