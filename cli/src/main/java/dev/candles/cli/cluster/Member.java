package dev.candles.cli.cluster;

import dev.candles.cli.embedded.RefusedException;
import dev.candles.lake.state.HolderName;
import dev.candles.text.OneLine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A process of a cluster, as its pid file names it.
 *
 * @param role {@code jobmanager-1}, {@code taskmanager-2}, {@code zookeeper}
 * @param process the process
 * @param host the machine it runs on: a folder may be seen by several
 * @param restPort where a JobManager answers on 127.0.0.1; 0 for others
 */
public record Member(String role, OsProcess process, String host, int restPort) {
  static final String JOB_MANAGER = "jobmanager-";
  static final String TASK_MANAGER = "taskmanager-";
  static final String ZOOKEEPER = "zookeeper";

  private static final int MOST_BYTES = 1_024;
  private static final Pattern TEXT =
      Pattern.compile(
          "pid=(\\d{1,18})\nstarted=([\\w:.+-]{1,200})\nhost=(\\S{1,200})\nrest_port=(\\d{1,5})\n");

  /** One of this machine. */
  static Member here(String role, OsProcess process, int restPort) {
    return new Member(role, process, HolderName.host(), restPort);
  }

  public boolean isAlive() {
    return process.state() != OsProcess.State.DEAD;
  }

  public boolean isJobManager() {
    return role.startsWith(JOB_MANAGER);
  }

  public boolean isTaskManager() {
    return role.startsWith(TASK_MANAGER);
  }

  /** What its pid file holds. */
  String text() {
    return String.format(
        Locale.ROOT,
        "pid=%d\nstarted=%s\nhost=%s\nrest_port=%d\n",
        process.pid(),
        process.started(),
        host,
        restPort);
  }

  /**
   * Reads a pid file.
   *
   * @throws RefusedException if it is none, or another machine's: nobody here can say what runs
   */
  static Member read(String role, Path file) throws IOException, RefusedException {
    String text;
    try (InputStream in = Files.newInputStream(file)) {
      text = new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
    }
    Matcher found = TEXT.matcher(text);
    if (!found.matches()) {
      throw new RefusedException(
          "not a pid file: "
              + file
              + "; look for the process yourself, end it and delete the file");
    }
    OsProcess process = new OsProcess(Long.parseLong(found.group(1)), found.group(2));
    String host = found.group(3);
    if (!host.equals(HolderName.host())) {
      throw new RefusedException(
          String.format(
              Locale.ROOT,
              "%s of this cluster runs on %s and this is %s: call the command there, or name another"
                  + " folder: --cluster-dir DIR; if that machine is no more, delete %s",
              role,
              OneLine.of(host),
              HolderName.host(),
              file));
    }
    return new Member(role, process, host, Integer.parseInt(found.group(4)));
  }
}
