package dev.candles.cli.embedded;

import dev.candles.core.candle.StreamKey;
import dev.candles.lake.layout.Folder;
import dev.candles.lake.layout.Folders;
import dev.candles.lake.layout.LakeLayout;
import dev.candles.text.FailureText;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What this process may do with files, asked before any work begins and without a trace: what would
 * fail in the middle is said at once, with its path and what helps.
 */
public final class Access {
  /** What lies below a folder of data; anything else is not ours. */
  private static final Pattern OURS = Pattern.compile("(venue|symbol|timeframe|date)=.*");

  private static final String DAY = "date=";

  /** The lake's folders; what else lies beside them is not ours. */
  private static final List<String> WRITTEN =
      List.of("candles", "coverage", "revisions", "rejects", "certificates", "reports");

  private Access() {}

  /**
   * A lake into which this process will write, whether it is there or will be made.
   *
   * @throws RefusedException if something of it cannot be written; the message says what helps
   */
  public static void requireLake(LakeLayout lake) throws RefusedException {
    require(lake, ofLake(lake));
  }

  /**
   * The same for a process that writes these streams only.
   *
   * @throws RefusedException if something of them cannot be written; the message says what helps
   */
  static void requireLake(LakeLayout lake, Collection<StreamKey> streams) throws RefusedException {
    require(lake, ofLake(lake, streams));
  }

  private static void require(LakeLayout lake, Optional<String> fault) throws RefusedException {
    if (fault.isPresent()) {
      throw new RefusedException("cannot write the lake " + lake.root() + ": " + fault.get());
    }
  }

  /**
   * A folder in which this process will make files, whether it is there or will be made.
   *
   * @param what it is for people, like {@code the folder of logs}
   * @throws RefusedException if it cannot; the message says what helps
   */
  public static void requireFolder(String what, Path folder) throws RefusedException {
    Optional<String> fault = ofFolder(folder);
    if (fault.isPresent()) {
      throw new RefusedException(
          String.format(Locale.ROOT, "cannot write %s %s: %s", what, folder, fault.get()));
    }
  }

  /**
   * A file that this process will write, over one that is there or beside others.
   *
   * @param what it is for people
   * @throws RefusedException if it cannot; the message says what helps
   */
  public static void requireWritable(String what, Path file) throws RefusedException {
    Path folder = file.toAbsolutePath().normalize().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new RefusedException(what + ": there is no such folder: " + folder);
    }
    if (!Files.exists(file)) {
      requireFolder(what + ":", folder);
    } else if (!Files.isWritable(file)) {
      throw new RefusedException(
          String.format(Locale.ROOT, "cannot write %s: %s: %s", what, file, denied(file, "u+rw")));
    }
  }

  /**
   * The file of a log, whose folder may have to be made.
   *
   * @throws RefusedException if it cannot be written; the message says what helps
   */
  public static void requireLog(Path file) throws RefusedException {
    requireFolder("the folder of logs", file.toAbsolutePath().resolveSibling(""));
    if (Files.exists(file) && !Files.isWritable(file)) {
      throw new RefusedException("cannot write the log " + file + ": " + denied(file, "u+rw"));
    }
  }

  /**
   * A file or folder that this process will read.
   *
   * @param what it is for people
   * @throws RefusedException if it is there and cannot be read; the message says what helps
   */
  public static void requireReadable(String what, Path file) throws RefusedException {
    Path there = nearest(file);
    boolean hidden = !there.equals(file.toAbsolutePath().normalize()) && !Files.notExists(file);
    boolean folder = Files.isDirectory(there);
    boolean denied = !Files.isReadable(there) || (folder && !Files.isExecutable(there));
    if (hidden || (denied && Files.exists(file))) {
      throw new RefusedException(
          String.format(
              Locale.ROOT,
              "cannot read %s %s: %s",
              what,
              file,
              denied(there, folder ? "u+rx" : "u+r")));
    }
  }

  /** What the system has refused, in one line; with what helps if it is a permission. */
  public static String line(FileSystemException refused) {
    Path file = Path.of(refused.getFile() == null ? "" : refused.getFile());
    String why =
        refused instanceof AccessDeniedException
            ? denied(nearest(file), "u+rwX")
            : refused.getReason() == null ? FailureText.kind(refused) : refused.getReason();
    return "cannot use " + file + ": " + why;
  }

  /**
   * Why this process cannot write a lake, with what helps; empty if it can. Of each stream's days
   * only the newest is looked at: what another user has made lately is what is met.
   */
  public static Optional<String> ofLake(LakeLayout lake) {
    return ofLake(lake, path -> true);
  }

  /** The same for a process that writes these streams only. */
  static Optional<String> ofLake(LakeLayout lake, Collection<StreamKey> streams) {
    Set<Path> folders = new HashSet<>();
    for (Folder folder : List.of(Folder.CANDLES, Folder.REVISIONS)) {
      streams.forEach(stream -> folders.add(lake.stream(folder, stream)));
    }
    return ofLake(
        lake,
        path ->
            (!path.startsWith(lake.folder(Folder.CANDLES))
                    && !path.startsWith(lake.folder(Folder.REVISIONS)))
                || folders.stream().anyMatch(f -> f.startsWith(path) || path.startsWith(f)));
  }

  private static Optional<String> ofLake(LakeLayout lake, Predicate<Path> concerned) {
    Optional<String> fault = ofFolder(lake.root());
    if (fault.isPresent() || !Files.isDirectory(lake.root())) {
      return fault;
    }
    try {
      fault = ofState(lake);
      for (String name : WRITTEN) {
        Path folder = lake.root().resolve(name);
        if (fault.isEmpty() && Files.isDirectory(folder)) {
          fault = below(folder, concerned);
        }
      }
      return fault;
    } catch (IOException e) {
      return Optional.of(FailureText.of(e));
    }
  }

  /** Locks and notes lie directly in it; a report is replaced, whoever wrote the last. */
  private static Optional<String> ofState(LakeLayout lake) throws IOException {
    Path state = lake.state();
    Optional<String> fault = ofFolder(state);
    if (fault.isPresent() || !Files.isDirectory(state)) {
      return fault;
    }
    try (var entries = Files.list(state)) {
      return entries
          .filter(file -> Files.isRegularFile(file) && !Files.isWritable(file))
          .filter(file -> !file.equals(lake.qaOfWhole()))
          .findFirst()
          .map(file -> denied(file, "u+rw"));
    }
  }

  private static Optional<String> below(Path folder, Predicate<Path> concerned) throws IOException {
    Optional<String> fault = ofFolder(folder);
    if (fault.isPresent() || Folders.name(folder).startsWith(DAY)) {
      return fault;
    }
    List<Path> inner =
        Folders.in(folder).stream()
            .filter(path -> OURS.matcher(Folders.name(path)).matches() && concerned.test(path))
            .toList();
    boolean days = !inner.isEmpty() && Folders.name(inner.get(0)).startsWith(DAY);
    for (Path next : days ? inner.subList(inner.size() - 1, inner.size()) : inner) {
      fault = below(next, concerned);
      if (fault.isPresent()) {
        return fault;
      }
    }
    return Optional.empty();
  }

  /** Why files cannot be made in a folder, with what helps; empty if they can. */
  public static Optional<String> ofFolder(Path folder) {
    Path there = nearest(folder);
    if (!Files.isDirectory(there)) {
      return Optional.of(there + " is no folder; name another, or move it away");
    }
    return Files.isReadable(there) && Files.isWritable(there) && Files.isExecutable(there)
        ? Optional.empty()
        : Optional.of(denied(there, "u+rwx"));
  }

  /** The path, or what of it is there and can be seen. */
  private static Path nearest(Path path) {
    Path there = path.toAbsolutePath().normalize();
    Path above = there.getParent();
    while (above != null && !Files.exists(there, LinkOption.NOFOLLOW_LINKS)) {
      there = above;
      above = there.getParent();
    }
    return there;
  }

  private static String denied(Path path, String mode) {
    if (isReadOnly(path)) {
      return path + " is on a file system that is read-only; mount it for writing, or name another";
    }
    String user = System.getProperty("user.name");
    return String.format(
        Locale.ROOT,
        "no permission for %s (%s), this is user %s; chown -R %s %s, chmod %s %s, or name another",
        path,
        facts(path),
        user,
        user,
        path,
        mode,
        path);
  }

  private static boolean isReadOnly(Path path) {
    try {
      return Files.getFileStore(path).isReadOnly();
    } catch (IOException e) {
      return false; // where nobody can tell, the permissions are what is told
    }
  }

  private static String facts(Path path) {
    try {
      return "owner "
          + Files.getOwner(path)
          + ", "
          + PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    } catch (IOException | UnsupportedOperationException e) {
      return "owner unknown"; // not of this file system, or not for us to see
    }
  }
}
