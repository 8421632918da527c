package dev.candles.cli.cluster;

import dev.candles.cli.embedded.Access;
import dev.candles.cli.embedded.RefusedException;
import dev.candles.lake.disk.Durable;
import dev.candles.lake.disk.Trees;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The folder of a cluster of this machine: {@code conf/} is Flink's configuration as it was
 * started, {@code log/} its logs, {@code pid/} its processes, {@code tmp/} its temporary files,
 * {@code ha/} and {@code zookeeper/} what a standby needs.
 */
public final class ClusterFolder {
  private static final String PID = ".pid";
  private static final String WHAT = "the folder of the cluster";

  private final Path root;

  /**
   * @throws RefusedException if Flink could not name it
   */
  public ClusterFolder(Path root) throws RefusedException {
    this.root = root.toAbsolutePath().normalize();
    String text = this.root.toString();
    if (text.contains(",") || text.contains(File.pathSeparator)) {
      throw new RefusedException(
          String.format(
              Locale.ROOT,
              "--cluster-dir: found '%s', expected a path without ',' and '%s', which separate"
                  + " Flink's folders",
              text,
              File.pathSeparator));
    }
  }

  Path root() {
    return root;
  }

  Path conf() {
    return root.resolve("conf");
  }

  Path log(String role) {
    return root.resolve("log").resolve(role + ".log");
  }

  /** What a process printed: what its JVM says before there is a log. */
  Path out(String role) {
    return root.resolve("log").resolve(role + ".out");
  }

  Path highAvailability() {
    return root.resolve("ha");
  }

  Path zookeeper() {
    return root.resolve("zookeeper");
  }

  Path temporary() {
    return root.resolve("tmp");
  }

  /** Those of one process. */
  Path temporary(String role) {
    return temporary().resolve(role);
  }

  /** For a process that is about to start: what the one before it has left, a killed one all. */
  void emptyTemporary(String role) throws IOException {
    delete(temporary(role));
    Files.createDirectories(temporary(role));
  }

  private Path pids() {
    return root.resolve("pid");
  }

  /** Makes what is missing, with an empty folder of temporary files. */
  void prepare() throws IOException {
    for (String folder : List.of("conf", "log", "pid")) {
      Files.createDirectories(root.resolve(folder));
    }
    restrict(conf(), "rwx------");
    deleteTemporary();
    Files.createDirectories(temporary());
  }

  /** Writes a file of the configuration, which may hold passwords: for its owner only. */
  void write(Path file, String text) throws IOException {
    Files.writeString(file, text);
    restrict(file, "rw-------");
  }

  private static void restrict(Path path, String permissions) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    if (view != null) { // none on Windows
      view.setPermissions(PosixFilePermissions.fromString(permissions));
    }
  }

  void deleteTemporary() throws IOException {
    delete(temporary());
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      Trees.delete(folder);
    }
  }

  /**
   * Those that were started and not stopped, by role; they may be dead.
   *
   * @throws RefusedException if it cannot be read, a file in it is no pid file, or another
   *     machine's
   */
  public List<Member> members() throws IOException, RefusedException {
    Access.requireReadable(WHAT, root);
    Access.requireReadable(WHAT, pids());
    List<Member> members = new ArrayList<>();
    if (Files.isDirectory(pids())) {
      List<Path> files;
      try (var listed = Files.list(pids())) {
        files = listed.filter(file -> file.toString().endsWith(PID)).sorted().toList();
      }
      for (Path file : files) {
        String name = String.valueOf(file.getFileName());
        members.add(Member.read(name.substring(0, name.length() - PID.length()), file));
      }
    }
    return members;
  }

  /** Whether nothing is left that was started and not stopped. */
  boolean isDeserted() throws IOException {
    if (!Files.isDirectory(pids())) {
      return true;
    }
    try (var files = Files.list(pids())) {
      return files.noneMatch(file -> file.toString().endsWith(PID));
    }
  }

  void add(Member member) throws IOException {
    Durable.write(
        pids().resolve(member.role() + PID), member.text().getBytes(StandardCharsets.UTF_8));
  }

  void remove(Member member) throws IOException {
    Files.deleteIfExists(pids().resolve(member.role() + PID));
  }

  /**
   * Keeps other commands that start or stop this cluster away.
   *
   * @return to be closed
   * @throws RefusedException if one is at work, or the folder cannot be written
   */
  FileChannel lock() throws IOException, RefusedException {
    Access.requireFolder(WHAT, root);
    for (Path folder : List.of(conf(), pids(), root.resolve("log"), temporary())) {
      Access.requireFolder(WHAT, folder);
    }
    Files.createDirectories(root);
    Path file = root.resolve("lock");
    Access.requireWritable("the lock of the cluster", file);
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException ours) {
      channel.close();
      throw busy();
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    channel.close();
    throw busy();
  }

  private RefusedException busy() {
    return new RefusedException("another command is starting or stopping the cluster in " + root);
  }
}
