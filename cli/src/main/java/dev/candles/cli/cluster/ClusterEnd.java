package dev.candles.cli.cluster;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Ends processes of a cluster: SIGTERM, and SIGKILL for those that do not heed it in time. */
final class ClusterEnd {
  private static final Duration HEED = Duration.ofSeconds(20);
  private static final Duration GONE = Duration.ofSeconds(10);
  private static final Duration LOOK = Duration.ofMillis(100);

  private final ClusterFolder folder;
  private final PrintWriter out;

  ClusterEnd(ClusterFolder folder, PrintWriter out) {
    this.folder = folder;
    this.out = out;
  }

  /**
   * Ends them, ZooKeeper last because JobManagers say to it that they go; pid files go too.
   *
   * @throws StillAliveException if one is alive after all, or lives that is not known
   */
  void end(List<Member> members) throws IOException {
    List<Member> flinks = members.stream().filter(each -> !isZookeeper(each)).toList();
    List<Member> others = members.stream().filter(ClusterEnd::isZookeeper).toList();
    for (List<Member> group : List.of(flinks, others)) {
      endAll(group);
    }
    if (folder.isDeserted()) {
      requireNoUnknown(folder);
      folder.deleteTemporary();
    }
  }

  /**
   * Where all that are known have ended.
   *
   * @throws StillAliveException if one lives that is not known
   */
  static void requireNoUnknown(ClusterFolder folder) throws StillAliveException {
    Optional<String> unknown = Unknowns.line(folder, Set.of());
    if (unknown.isPresent()) {
      throw new StillAliveException(unknown.get());
    }
  }

  private static boolean isZookeeper(Member member) {
    return member.role().equals(Member.ZOOKEEPER);
  }

  private void endAll(List<Member> group) throws IOException {
    // a frozen one hears nothing but SIGKILL
    living(group)
        .filter(each -> each.process().state() == OsProcess.State.FROZEN)
        .forEach(this::kill);
    living(group).forEach(each -> each.process().end());
    await(group, HEED);
    living(group).forEach(this::kill);
    await(group, GONE);
    List<String> left = new ArrayList<>();
    for (Member member : group) {
      if (member.isAlive()) {
        left.add(member.role() + ", pid " + member.process().pid());
      } else {
        folder.remove(member);
      }
    }
    if (!left.isEmpty()) {
      throw new StillAliveException("cannot be ended: " + String.join("; ", left));
    }
  }

  private void kill(Member member) {
    out.println(member.role() + ": killed, pid " + member.process().pid());
    out.flush();
    member.process().kill();
  }

  private static Stream<Member> living(List<Member> group) {
    return group.stream().filter(Member::isAlive);
  }

  private static void await(List<Member> group, Duration within) throws IOException {
    long deadline = System.nanoTime() + within.toNanos();
    try {
      while (living(group).findAny().isPresent() && System.nanoTime() < deadline) {
        TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while processes end", e);
    }
  }
}
