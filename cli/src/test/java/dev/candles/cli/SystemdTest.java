package dev.candles.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The units of deploy/systemd, without systemd. */
class SystemdTest {
  private static final Path ROOT = Path.of(System.getProperty("repository.root"));
  private static final Path UNITS = ROOT.resolve("deploy/systemd");
  private static final String COLLECTOR = "candles.service";
  private static final String QA = "candles-qa.service";
  private static final String TIMER = "candles-qa.timer";

  @TempDir private Path folder = Path.of("");

  @Test
  void theCollectorsUnitKeepsTheRules() throws Exception {
    assertThat(UnitRules.ofCollector(text(COLLECTOR), stopSeconds())).isEmpty();
  }

  @Test
  void theUnitOfTheQaKeepsTheRules() throws Exception {
    UnitFile qa = new UnitFile(text(QA));
    assertThat(UnitRules.ofService(text(QA))).isEmpty();
    assertThat(UnitRules.ofService(text(QA).replace("--alert ", "")))
        .anyMatch(found -> found.startsWith("tells nobody what it finds"));
    assertThat(UnitRules.ofService(text(QA).replace("#   ReadWritePaths=/srv/candles\n", "")))
        .containsExactly("does not say what a lake elsewhere needs");
    assertThat(UnitRules.ofService(text(QA).replace("SuccessExitStatus=143", "")))
        .containsExactly("SuccessExitStatus is not 143");
    assertThat(qa.value("Service", "Type")).contains("oneshot");
    assertThat(qa.value("Service", "TimeoutStartSec")).as("it may hang").isPresent();
  }

  @Test
  void theTimerStartsTheQaOnceADay() throws Exception {
    UnitFile timer = new UnitFile(text(TIMER));
    assertThat(timer.value("Timer", "OnCalendar"))
        .hasValueSatisfying(
            when -> assertThat(when).matches("\\*-\\*-\\* \\d\\d:\\d\\d:\\d\\d UTC"));
    assertThat(timer.value("Timer", "Persistent")).contains("yes");
    assertThat(timer.value("Timer", "Unit")).as("the service of its own name").isEmpty();
    assertThat(timer.value("Install", "WantedBy")).contains("timers.target");
  }

  /** The collector's unit, broken once for each rule. */
  @ParameterizedTest(name = "{2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Restart=on-failure | Restart=always | Restart is not on-failure",
        "RestartPreventExitStatus=2 | | RestartPreventExitStatus is not 2",
        "SuccessExitStatus=143 | | SuccessExitStatus is not 143",
        "time-sync.target | multi-user.target | does not say how it waits for a clock that is set",
        "systemd-time-wait-sync | ntp | does not say how it waits for a clock that is set",
        "KillMode=mixed | KillMode=process | KillMode is not mixed",
        "KillSignal=SIGTERM | KillSignal=SIGKILL | KillSignal is not SIGTERM",
        "TimeoutStopSec=120s | TimeoutStopSec=60s | killed before its savepoint is complete",
        "TimeoutStopSec=120s | | killed before its savepoint is complete",
        "StartLimitBurst=10 | | starts again for ever",
        "WantedBy=multi-user.target | | is not started with the machine",
        "StateDirectory=candles | StateDirectory=other | StateDirectory is not candles",
        "LogsDirectory=candles | | LogsDirectory is not candles",
        "BindPaths= | ReadOnlyPaths= | BindPaths is not",
        "WorkingDirectory=/var | WorkingDirectory=/srv | WorkingDirectory is not",
        "User=candles | User=root | runs as root",
        "User=candles | | runs as root",
        "MemoryMax=1G | MemoryMax=infinity | memory has no limit",
        "TasksMax=512 | | threads have no limit",
        "LockPersonality=yes | MemoryDenyWriteExecute=yes | a JVM writes the code that it runs",
        "candles run --config | candles collect --config | no such command",
        "run --config /var/lib/candles/config.yaml | run | takes whatever configuration is there",
        "NoNewPrivileges=yes | NoNewPrivileges=no | NoNewPrivileges is not yes",
        "ProtectSystem=strict | ProtectSystem=full | ProtectSystem is not strict",
        "CapabilityBoundingSet= | AmbientCapabilities= | CapabilityBoundingSet is not",
        "SystemCallFilter=@system-service | | SystemCallFilter is not",
        "PrivateTmp=yes | | PrivateTmp is not yes",
        "RequiresMountsFor=/srv | BindPaths=/srv | does not say what a lake elsewhere needs",
      })
  void everyRuleIsSeenToFail(String kept, String broken, String problem) throws Exception {
    assertThat(text(COLLECTOR)).contains(kept);
    String changed = text(COLLECTOR).replace(kept, broken == null ? "" : broken);
    assertThat(UnitRules.ofCollector(changed, stopSeconds()))
        .anyMatch(found -> found.startsWith(problem));
  }

  @Test
  void theStepsOfTheInstallationHaveTheClockWaitedFor() throws Exception {
    assertThat(Files.readString(ROOT.resolve("docs/CLUSTER.md"))).contains("\n" + UnitRules.TIME);
  }

  @Test
  void whatIsNoLineOfAUnitIsNamed() {
    assertThatThrownBy(() -> new UnitFile("[Service]\nRestart\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not a line of a unit: Restart");
  }

  @Test
  void systemdItselfFindsNothingWrong() throws Exception {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/systemd-analyze")),
        "skipped: there is no systemd-analyze here, the units were only read by this test");
    List<String> command =
        new ArrayList<>(List.of("/usr/bin/systemd-analyze", "verify", "--man=no"));
    for (String name : List.of(COLLECTOR, QA, TIMER)) {
      // the program is not installed where this is tested
      String runnable = text(name).replaceAll("(?m)^ExecStart=.*$", "ExecStart=/bin/true");
      command.add(Files.writeString(folder.resolve(name), runnable).toString());
    }
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said.lines().filter(line -> line.contains(folder.toString()))).isEmpty();
  }

  /** What docs/RUNBOOK.md allows the collector for its stop. */
  private static int stopSeconds() throws IOException {
    Matcher said =
        Pattern.compile("stop with SIGTERM and allow (\\d+) s")
            .matcher(Files.readString(ROOT.resolve("docs/RUNBOOK.md")).replace('\n', ' '));
    assertThat(said.find()).isTrue();
    return Integer.parseInt(said.group(1));
  }

  private static String text(String name) throws IOException {
    return Files.readString(UNITS.resolve(name));
  }
}
