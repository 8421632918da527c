package dev.candles.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the units of systemd must keep; each rule says what breaks it. */
final class UnitRules {
  private static final String SERVICE = "Service";
  private static final String PROGRAM = "/opt/candles/candles ";
  private static final Pattern SECONDS = Pattern.compile("(\\d+)s");

  /** What a service that reads the internet may not do to the machine. */
  private static final List<String> SHUT =
      List.of(
          "NoNewPrivileges",
          "ProtectHome",
          "PrivateTmp",
          "PrivateDevices",
          "ProtectClock",
          "ProtectControlGroups",
          "ProtectHostname",
          "ProtectKernelLogs",
          "ProtectKernelModules",
          "ProtectKernelTunables",
          "RestrictNamespaces",
          "RestrictRealtime",
          "RestrictSUIDSGID",
          "LockPersonality");

  private static final Map<String, String> EXACTLY =
      Map.of(
          "CapabilityBoundingSet", "",
          "ProtectSystem", "strict",
          "SystemCallFilter", "@system-service",
          "SystemCallArchitectures", "native",
          "UMask", "0027",
          "SuccessExitStatus", "143",
          "StateDirectory", "candles",
          "WorkingDirectory", "/var/lib/candles");

  /** What has to be added for a lake elsewhere: commented out, and the same in each unit. */
  private static final String ELSEWHERE =
      """
      #   [Unit]
      #   RequiresMountsFor=/srv/candles
      #   [Service]
      #   ReadWritePaths=/srv/candles
      """;

  /** What makes time-sync.target wait; without, it is reached at once. */
  static final String TIME = "systemctl enable systemd-time-wait-sync";

  private final String text;
  private final UnitFile unit;
  private final List<String> problems = new ArrayList<>();

  private UnitRules(String text) {
    this.text = text;
    unit = new UnitFile(text);
  }

  /** Of a service that runs this program. */
  static List<String> ofService(String text) {
    UnitRules rules = new UnitRules(text);
    rules.service();
    return rules.problems;
  }

  /**
   * Of the collector's besides.
   *
   * @param stopSeconds that it may need to stop
   */
  static List<String> ofCollector(String text, int stopSeconds) {
    UnitRules rules = new UnitRules(text);
    rules.service();
    rules.exactly("Restart", "on-failure");
    rules.exactly("RestartPreventExitStatus", "2");
    rules.exactly("KillSignal", "SIGTERM");
    rules.exactly("KillMode", "mixed");
    rules.exactly("LogsDirectory", "candles");
    rules.exactly("BindPaths", "/var/log/candles:/var/lib/candles/logs");
    Matcher stop = SECONDS.matcher(rules.value("TimeoutStopSec"));
    rules.require(
        stop.matches() && Integer.parseInt(stop.group(1)) >= stopSeconds,
        "killed before its savepoint is complete");
    rules.require(rules.unit.value("Unit", "StartLimitBurst").isPresent(), "starts again for ever");
    rules.require(
        rules.unit.value("Unit", "After").orElse("").contains("time-sync.target")
            && text.contains(TIME),
        "does not say how it waits for a clock that is set");
    rules.require(
        rules.unit.value("Install", "WantedBy").filter("multi-user.target"::equals).isPresent(),
        "is not started with the machine");
    return rules.problems;
  }

  private void service() {
    EXACTLY.forEach(this::exactly);
    SHUT.forEach(key -> exactly(key, "yes"));
    require(!value("User").isEmpty() && !value("User").equals("root"), "runs as root");
    require(value("MemoryMax").matches("\\d+[MG]"), "memory has no limit");
    require(value("TasksMax").matches("\\d+"), "threads have no limit");
    require(!value("MemoryDenyWriteExecute").equals("yes"), "a JVM writes the code that it runs");
    String start = value("ExecStart");
    List<String> line =
        start.startsWith(PROGRAM)
            ? Arrays.asList(start.substring(PROGRAM.length()).split(" +"))
            : List.of();
    require(ComposeRules.isUnderstood(line), "no such command: " + start);
    require(ComposeRules.tells(line), "tells nobody what it finds: " + start);
    require(text.contains(ELSEWHERE), "does not say what a lake elsewhere needs");
    require(line.contains("--config"), "takes whatever configuration is there: " + start);
  }

  private void exactly(String key, String expected) {
    require(
        unit.value(SERVICE, key).filter(expected::equals).isPresent(), key + " is not " + expected);
  }

  private String value(String key) {
    return unit.value(SERVICE, key).orElse("");
  }

  private void require(boolean kept, String rule) {
    if (!kept) {
      problems.add(rule);
    }
  }
}
