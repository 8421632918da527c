package dev.candles.lake.state;

import dev.candles.text.OneLine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads and writes a lake's lease. A sign of life is a new modification time, which needs no space
 * on a full disk; a new holder is a new file that takes the name in one step.
 */
final class LeaseFile {
  private static final int MAX_BYTES = 1_024;
  private static final String NAME = "lease";
  private static final Pattern TEXT =
      Pattern.compile("writer=(\\S+) hold=(\\S+) host=(\\S+) locked=(true|false) (.*)");

  private final Path file;

  /**
   * @param state folder of the lake's state
   */
  LeaseFile(Path state) {
    this.file = state.resolve(NAME);
  }

  /**
   * Who writes.
   *
   * @param writer the job, the same for all its processes
   * @param hold this hold of it
   * @param host the machine it is on, since it was started
   * @param locked whether the holder also holds the operating system's lock of that machine
   * @param name for people
   */
  record Holder(String writer, String hold, String host, boolean locked, String name) {
    /** Whether the other one is dead if this one has the operating system's lock. */
    boolean provesDead(Holder other) {
      return locked && other.locked && host.equals(other.host);
    }
  }

  /**
   * What the file said.
   *
   * @param holder empty if it cannot be read as a lease: somebody's all the same
   */
  record Content(Optional<Holder> holder, FileTime atTime) {}

  /** Empty if there is none. */
  Optional<Content> read() throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new IOException("not a regular file: " + file); // a pipe would be waited for
    }
    // opened before its time is asked for: a network file system looks at the server then
    try (InputStream in = Files.newInputStream(file)) {
      String text = new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8).strip();
      return Optional.of(
          new Content(parse(OneLine.masked(text, "?")), Files.getLastModifiedTime(file)));
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    }
  }

  private static Optional<Holder> parse(String text) {
    Matcher parts = TEXT.matcher(text);
    return parts.matches()
        ? Optional.of(
            new Holder(
                parts.group(1),
                parts.group(2),
                parts.group(3),
                Boolean.parseBoolean(parts.group(4)),
                parts.group(5)))
        : Optional.empty();
  }

  void write(Holder holder) throws IOException {
    String text =
        "writer="
            + holder.writer
            + " hold="
            + holder.hold
            + " host="
            + holder.host
            + " locked="
            + holder.locked
            + " "
            + holder.name
            + "\n";
    Path next = file.resolveSibling("." + NAME + "-" + holder.hold);
    try {
      Files.writeString(next, text);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(next); // a full disk and many starts would leave many
    }
  }

  /**
   * @param nowMs real time, epoch ms: another one than last time
   */
  void touch(long nowMs) throws IOException {
    Files.setLastModifiedTime(file, FileTime.fromMillis(nowMs));
  }

  void delete() throws IOException {
    Files.deleteIfExists(file);
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
