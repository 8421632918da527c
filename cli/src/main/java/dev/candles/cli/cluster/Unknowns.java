package dev.candles.cli.cluster;

import dev.candles.cli.embedded.RefusedException;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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
   * @throws RefusedException if there are any; the message says how they are ended
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
   * What they are and how they are ended, for people; empty if there is none.
   *
   * @param known by their numbers
   */
  static Optional<String> line(ClusterFolder folder, Set<Long> known) {
    String prefix = JavaCommand.TEMPORARY + folder.temporary() + File.separator;
    Map<Long, String> roles = new TreeMap<>();
    ProcessHandle.allProcesses()
        .filter(process -> !known.contains(process.pid()))
        .forEach(
            process -> role(process, prefix).ifPresent(role -> roles.put(process.pid(), role)));
    return roles.isEmpty() ? Optional.empty() : Optional.of(line(roles));
  }

  private static String line(Map<Long, String> roles) {
    StringBuilder names = new StringBuilder();
    StringBuilder pids = new StringBuilder();
    roles.forEach(
        (pid, role) -> {
          names.append(role).append(", pid ").append(pid).append("; ");
          pids.append(' ').append(pid);
        });
    return "processes of this cluster run without a pid file, because the command that started them"
        + " was killed: "
        + names
        + "end them: kill"
        + pids;
  }

  private static Optional<String> role(ProcessHandle process, String prefix) {
    List<String> words = OsProcess.words(process);
    return words.stream()
        .filter(word -> word.startsWith(prefix))
        .map(word -> word.substring(prefix.length()))
        .findFirst();
  }
}
