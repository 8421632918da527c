package dev.candles.cli.cluster;

import dev.candles.cli.embedded.RefusedException;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Processes of a cluster that have no pid file: the command that started one was killed before it
 * wrote that. They are known by their folder of temporary files, which the next of their role would
 * empty.
 */
final class Unknowns {
  private Unknowns() {}

  /**
   * To be called by the holder of the folder's lock: whoever starts one meanwhile is not killed.
   *
   * @throws RefusedException if there is one; the message says how it is ended
   */
  static void requireNone(ClusterFolder folder) throws IOException, RefusedException {
    Set<Long> known =
        folder.members().stream()
            .filter(Member::isAlive)
            .map(member -> member.process().pid())
            .collect(Collectors.toSet());
    Optional<String> line = line(folder, known);
    if (line.isPresent()) {
      throw new RefusedException(line.get());
    }
  }

  /**
   * What one of them is and how it is ended, for people; empty if there is none.
   *
   * @param known by their numbers
   */
  static Optional<String> line(ClusterFolder folder, Set<Long> known) {
    String prefix = JavaCommand.TEMPORARY + folder.temporary() + File.separator;
    return ProcessHandle.allProcesses()
        .filter(process -> !known.contains(process.pid()))
        .flatMap(process -> role(process, prefix).map(role -> line(role, process.pid())).stream())
        .findFirst();
  }

  private static String line(String role, long pid) {
    return String.format(
        Locale.ROOT,
        "a process of this cluster runs that has no pid file, because the command that started it"
            + " was killed: %s, pid %d; end it: kill %d",
        role,
        pid,
        pid);
  }

  private static Optional<String> role(ProcessHandle process, String prefix) {
    List<String> words = OsProcess.words(process);
    return words.stream()
        .filter(word -> word.startsWith(prefix))
        .map(word -> word.substring(prefix.length()))
        .findFirst();
  }
}
