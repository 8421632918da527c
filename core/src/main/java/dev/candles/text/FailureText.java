package dev.candles.text;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a failure is, in words for people: without the name of a class, which says nothing to them.
 * Pure. A failure that says nothing itself is told by what is behind it.
 */
public final class FailureText {
  /** A host name has no address, and which one is not known here. */
  public static final String UNRESOLVED = "the host name cannot be resolved";

  /** A chain that has no end is cut. */
  private static final int DEEPEST = 50;

  /** What a cause's {@code toString} begins with, as wrappers repeat it. */
  private static final Pattern CLASS_BEFORE =
      Pattern.compile("^(?:[a-z_]\\w*\\.)+[A-Z][\\w$]*(?:Exception|Error|Throwable)(?:: |$)");

  /**
   * What a kind of failure is.
   *
   * @param alone without its message
   * @param with with its message, which names a file or a host; empty if that says nothing
   */
  private record Kind(String alone, String with) {}

  private static final Map<String, Kind> KINDS = new HashMap<>();

  static {
    KINDS.put("java.net.UnknownHostException", new Kind(UNRESOLVED, unresolved("%s")));
    alone("java.nio.channels.UnresolvedAddressException", UNRESOLVED);
    alone("java.util.concurrent.TimeoutException", "no answer in time");
    alone("java.net.SocketTimeoutException", "no answer in time");
    alone("java.net.http.HttpTimeoutException", "no answer in time");
    alone("java.net.http.HttpConnectTimeoutException", "no connection in time");
    alone("java.util.concurrent.CancellationException", "it was cancelled");
    alone("java.lang.InterruptedException", "it was interrupted");
    alone("java.nio.channels.ClosedChannelException", "the connection was closed");
    alone("java.nio.charset.CharacterCodingException", "not UTF-8 text");
    KINDS.put("java.io.EOFException", new Kind("it ended too early", "it ended too early: %s"));
    KINDS.put("java.net.ConnectException", new Kind("cannot connect", "cannot connect: %s"));
    KINDS.put("javax.net.ssl.SSLException", new Kind("TLS failed", "TLS failed: %s"));
    KINDS.put("java.lang.OutOfMemoryError", new Kind("out of memory", "out of memory: %s"));
    KINDS.put(
        "java.lang.LinkageError",
        new Kind("a part of the program cannot be loaded", "cannot be loaded: %s"));
    KINDS.put("java.nio.file.InvalidPathException", new Kind("no path that can be used", "%s"));
    KINDS.put(
        "java.nio.file.NoSuchFileException", new Kind("there is no such file", "no such file: %s"));
    KINDS.put("java.io.FileNotFoundException", new Kind("there is no such file", "%s"));
    KINDS.put(
        "java.nio.file.AccessDeniedException", new Kind("no permission", "no permission for %s"));
    KINDS.put(
        "java.nio.file.FileAlreadyExistsException",
        new Kind("it is there already", "it is there already: %s"));
    KINDS.put("java.nio.file.NotDirectoryException", new Kind("no folder", "no folder: %s"));
    KINDS.put(
        "java.nio.file.DirectoryNotEmptyException",
        new Kind("a folder that is not empty", "a folder that is not empty: %s"));
  }

  private FailureText() {}

  private static void alone(String name, String words) {
    KINDS.put(name, new Kind(words, ""));
  }

  /** A host name has no address. */
  public static String unresolved(String host) {
    return "host name " + host + " cannot be resolved";
  }

  /** What a failure is and of what: a file, a host, or whatever its message says. */
  public static String of(Throwable failure) {
    Throwable cause = failure;
    for (int deep = 0; deep < DEEPEST; deep++) {
      Throwable next = cause.getCause();
      Optional<String> said = said(cause);
      if (said.isPresent() && !repeats(cause, next)) {
        return said.get();
      }
      if (next == null || next == cause) {
        break;
      }
      cause = next;
    }
    return kind(failure);
  }

  /** What a failure is, without anything that it names, which may be a secret. */
  public static String kind(Throwable failure) {
    Kind found = null;
    Throwable cause = failure;
    for (int deep = 0; deep < DEEPEST && cause != null; deep++) {
      Kind kind = kindOf(cause);
      boolean resolves = kind != null && kind.alone.equals(UNRESOLVED);
      if (kind != null && (found == null || resolves)) {
        found = kind;
      }
      cause = cause.getCause();
    }
    return found == null ? "unexpected " + failure.getClass().getSimpleName() : found.alone;
  }

  /** What the failure itself says, in words; empty if only what is behind it can tell. */
  private static Optional<String> said(Throwable failure) {
    String message = message(failure);
    Kind kind = kindOf(failure);
    if (kind == null) {
      return Optional.of(message).filter(text -> !text.isEmpty());
    }
    boolean alone = kind.with.isEmpty() || message.isEmpty();
    if (kind.alone.equals(UNRESOLVED)) {
      message = message.replaceFirst(": .*", ""); // a system adds what it says of it
    }
    return Optional.of(alone ? kind(failure) : kind.with.replace("%s", message));
  }

  private static boolean repeats(Throwable failure, @Nullable Throwable cause) {
    return cause != null && cause.toString().equals(failure.getMessage());
  }

  /** Its message without the names of classes that it begins with. */
  private static String message(Throwable failure) {
    String message = String.valueOf(failure.getMessage() == null ? "" : failure.getMessage());
    String shorter = CLASS_BEFORE.matcher(message).replaceFirst("");
    while (!shorter.equals(message)) {
      message = shorter;
      shorter = CLASS_BEFORE.matcher(message).replaceFirst("");
    }
    return message.strip();
  }

  private static @Nullable Kind kindOf(Throwable failure) {
    Class<?> type = failure.getClass();
    while (type != null) {
      Kind kind = KINDS.get(type.getName());
      if (kind != null) {
        return kind;
      }
      type = type.getSuperclass();
    }
    return null;
  }
}
