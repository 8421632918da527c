package dev.candles.cli.cluster;

import dev.candles.text.FailureText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The processes of a cluster that is being started. One monitor is around the start of each and the
 * end of all, so that a signal finds none between its start and its pid file, and none is started
 * after it.
 */
final class Started {
  private final ClusterFolder folder;
  private final PrintWriter out;
  private final List<Member> members = new ArrayList<>();
  private boolean ending;

  Started(ClusterFolder folder, PrintWriter out) {
    this.folder = folder;
    this.out = out;
  }

  /**
   * Starts one.
   *
   * @throws IOException if it cannot be started, has ended at once, or all are being ended
   */
  synchronized void start(JavaCommand java, JavaCommand.Planned planned) throws IOException {
    String role = planned.role();
    if (ending) {
      throw new IOException("all are being ended, " + role + " was not started");
    }
    folder.emptyTemporary(role);
    Process process = java.start(role, planned.command());
    OsProcess identity =
        OsProcess.of(process.pid())
            .orElseThrow(() -> new IOException(role + " ended at once: " + said(role)));
    Member member = Member.here(role, identity, planned.restPort());
    members.add(member);
    folder.add(member);
    out.printf(Locale.ROOT, "%s: pid %d, log %s%n", role, process.pid(), folder.log(role));
    out.flush();
  }

  /**
   * Ends all; none is started any more.
   *
   * @return what could not be done; empty if all are ended
   */
  synchronized Optional<String> end() {
    ending = true;
    try {
      new ClusterEnd(folder, out).end(members);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** One that has ended by itself, and the last that it said. */
  synchronized Optional<String> dead() {
    return members.stream()
        .filter(member -> !member.isAlive())
        .findFirst()
        .map(member -> member.role() + " ended: " + said(member.role()));
  }

  /** The last that a process logged or printed, and where there is more. */
  private String said(String role) {
    for (Path file : List.of(folder.log(role), folder.out(role))) {
      try {
        if (Files.isRegularFile(file) && Files.size(file) > 0) {
          return LogTail.last(file) + " (" + file + ")";
        }
      } catch (IOException e) {
        return "its log cannot be read: " + FailureText.of(e);
      }
    }
    return "it said nothing";
  }
}
