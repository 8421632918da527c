package dev.candles.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What people are told of a venue that falls ill and recovers, and whether they were. */
final class HealthAlerts {
  /** Those of {@link AlertReceiver}, and the log. */
  private static final List<String> TARGETS = List.of("log", "ops", "chat");

  private HealthAlerts() {}

  /** The three alerts, in the runbook's words. */
  static List<String> of(String venue, String why) {
    String start = venue + ": State transition: ";
    return List.of(
        "ALERT [WARNING] "
            + start
            + "HEALTHY → DEGRADED | Failures: 3/10 in 60m window | Reason: "
            + why,
        "ALERT [CRITICAL] "
            + start
            + "DEGRADED → DOWN | Failures: 10/10 in 60m window | Reason: "
            + why,
        "ALERT [INFO] "
            + start
            + "DOWN → HEALTHY | Failures: 0/10 in 60m window | Reason: 3 consecutive successes");
  }

  /** Whether every target was told, and that was noted: from then on nobody is told again. */
  static boolean areTold(Path lake, String venue, String state) {
    return TARGETS.stream().allMatch(target -> isNoted(lake, venue + "-" + target, state));
  }

  private static boolean isNoted(Path lake, String name, String state) {
    Path note = lake.resolve(".state/alerts").resolve(name);
    try {
      return Files.exists(note) && Files.readString(note).contains("what=" + state);
    } catch (IOException e) {
      throw new AssertionError("unreadable: " + note, e);
    }
  }
}
