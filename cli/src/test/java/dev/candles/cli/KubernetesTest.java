package dev.candles.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.candles.job.CollectorMain;
import dev.candles.job.JobSettings;
import dev.candles.job.config.CollectorConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.configuration.CheckpointingOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The manifests of deploy/kubernetes, without Kubernetes. */
class KubernetesTest {
  private static final Path ROOT = Path.of(System.getProperty("repository.root"));

  @Test
  void everyManifestKeepsTheRules() throws Exception {
    assertThat(KubernetesRules.problems(ROOT, text -> text)).isEmpty();
  }

  /** The manifests, broken once for each kind and rule. */
  @ParameterizedTest(name = "{2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "schedule: | schedules: | CronJob candles-qa: Unrecognized field \"schedules\"",
        "restartPolicy: Never | restartPolicies: Never | CronJob candles-qa: Unrecognized field \"restartPolicies\"",
        "accessModes: | accessMode: | PersistentVolumeClaim lake: Unrecognized field \"accessMode\"",
        "kind: RoleBinding | kind: RoleBindings | no such kind: rbac.authorization.k8s.io/v1 RoleBindings",
        "upgradeMode: savepoint | upgradeMode: newest | FlinkDeployment.spec.job.upgradeMode: found 'newest'",
        "entryClass: | mainClass: | FlinkDeployment.spec.job: unknown: mainClass",
        "parallelism: 2 | parallelism: two | FlinkDeployment.spec.job.parallelism: found 'two'",
        "heartbeat.timeout: 10s | heartbeat.timeout: 10 | FlinkDeployment.spec.flinkConfiguration.heartbeat.timeout: found '10'",
        "volumeMounts: | volumeMount: | FlinkDeployment.spec.podTemplate.spec.containers[]: unknown: volumeMount",
        "flinkVersion: v2_3 | flinkVersion: v2_9 | FlinkDeployment.spec.flinkVersion: found 'v2_9'",
        "flinkVersion: v2_3 | flinkVersion: v1_20 | not the Flink of this program: v1_20",
      })
  void everyFieldOfAKindIsSeenToFail(String kept, String broken, String problem) throws Exception {
    assertBroken(kept, broken, problem);
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "- lake.yaml | - lakes.yaml | no such resource: lakes.yaml",
        "- qa.yaml | | not applied: qa.yaml",
        "[collector.yaml] | [config.yaml] | the collector's configuration is not in a ConfigMap",
        "disableNameSuffixHash: true | disableNameSuffixHash: false | the ConfigMap would have another name",
        "enforce: restricted | enforce: baseline | its namespace lets pods do what they need not",
        "runAsNonRoot: true | runAsNonRoot: false | candles: may run as root",
        "fsGroup: 9999 | fsGroup: 1000 | candles-qa: fsGroup is not 9999",
        "type: RuntimeDefault | type: Unconfined | candles: any call of the kernel is allowed",
        "allowPrivilegeEscalation: false | allowPrivilegeEscalation: true | candles: may gain rights",
        "drop: [ALL] | drop: [NET_RAW] | candles-compaction: keeps rights of root",
        "image: candles:0.1.0 | image: candles:latest | candles: its image is not candles:0.1.0",
        "mountPath: /lake | mountPath: /data | candles: does not see lake and configuration",
        "readOnly: true | readOnly: false | candles-qa: may be written",
        "claimName: lake | claimName: lakes | candles: volumes are others",
      })
  void everyRuleOfAPodIsSeenToFail(String kept, String broken, String problem) throws Exception {
    assertBroken(kept, broken, problem);
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "30 0 * * * | 30 1 * * * | candles-qa: at another time",
        "5 * * * * | 0 * * * * | candles-compaction: at another time",
        "timeZone: Etc/UTC | | candles-qa: by another clock than UTC",
        "concurrencyPolicy: Forbid | concurrencyPolicy: Allow | candles-qa: may run twice at once",
        "failedJobsHistoryLimit: 5 | | candles-qa: no failedJobsHistoryLimit",
        "activeDeadlineSeconds: 21600 | | candles-qa: may hang",
        "backoffLimit: 0 | backoffLimit: 6 | candles-qa: is tried again",
        "restartPolicy: Never | restartPolicy: OnFailure | candles-qa: is tried again",
        "automountServiceAccountToken: false | | candles-qa: is given a key to the API server",
        "[candles, compact, --all | [candles, compact, --every | candles-compaction: no such command",
        "[candles, qa, --alert, --config, /etc | [candles, qa, --alert, --config, /opt | candles-qa: another configuration",
        "memory: 1000Mi | memories: 1000Mi | candles-qa: memory is not what was asked for",
        "[ReadWriteMany] | [ReadWriteOnce] | pods of several nodes do not see the lake",
        "kubernetes.io/metadata.name: flink-operator | team: data | reached by others",
        "- port: 9249 | - port: 8081 | reached by others",
        "policyTypes: [Ingress, Egress] | policyTypes: [Ingress] | compaction speaks with others",
        "policyTypes: [Ingress] | policyTypes: [Ingress, Egress] | QA is reached by others, or",
        "`            app.kubernetes.io/component: qa` | | candles-qa: no policy is about it",
        "qa, --alert, | qa, | candles-qa: tells nobody what it finds",
        "name: candles-batch | name: candles-jobs | there is no NetworkPolicy candles-batch",
        "serviceAccount: candles | serviceAccount: flink | there is no ServiceAccount flink",
        "dev.candles.job.CollectorMain | dev.candles.job.Collector | no such entry class: dev.candles.job.Collector",
        "usrlib/candles-cluster.jar | lib/candles-cluster.jar | its jar is not where the Dockerfile puts it",
        "args: [--config, /etc | args: [--config, /opt | its arguments are others",
        "upgradeMode: savepoint | upgradeMode: stateless | an upgrade begins without state",
        "name: flink-main-container | name: flink | Flink does not find its container",
        "livenessProbe: | readinessProbe: | nobody sees a process that hangs",
        "jobmanager.scheduler: adaptive | | not as in flink-conf/config.yaml: jobmanager.scheduler",
        "process.size: 1000m | process.size: 900m | not as in flink-conf/config.yaml: taskmanager.memory.process.size",
        "taskmanager.memory.limit-factor: \"1.2\" | taskmanager.memory.limit-factor: \"1.0\" | no room beside Flink's memory: taskmanager",
        "storageDir: file:///lake/ha | storageDir: file:///ha | not file:///lake/ha: high-availability.storageDir",
        "rootLogger.level = INFO | rootLogger.level = WARN | its log is not that of flink-conf/log4j.properties",
        "restart.failed: \"true\" | restart.failed: \"false\" | not true: kubernetes.operator.job.restart.failed",
        "rest.port: | kubernetes.cluster-id: | the operator refuses it: kubernetes.cluster-id",
      })
  void everyOtherRuleIsSeenToFail(String kept, String broken, String problem) throws Exception {
    assertBroken(kept, broken, problem);
  }

  private static void assertBroken(String kept, @Nullable String broken, String problem)
      throws Exception {
    AtomicInteger changed = new AtomicInteger();
    String instead = broken == null ? "" : broken;
    List<String> problems =
        KubernetesRules.problems(
            ROOT,
            text -> {
              changed.addAndGet(text.contains(kept) ? 1 : 0);
              return text.replace(kept, instead);
            });
    assertThat(changed).hasPositiveValue();
    assertThat(problems).anyMatch(found -> found.startsWith(problem));
  }

  @Test
  void theMountedConfigurationIsOneOfACluster() throws Exception {
    Path file = ROOT.resolve("deploy/kubernetes/collector.yaml");
    List<String> warnings = new ArrayList<>();
    CollectorConfig config = CollectorMain.configuration(file, warnings::add);
    assertThat(warnings).isEmpty();
    String deployment =
        Files.readString(ROOT.resolve("deploy/kubernetes/collector-deployment.yaml"));
    for (var option :
        List.of(
            CheckpointingOptions.CHECKPOINTS_DIRECTORY, CheckpointingOptions.SAVEPOINT_DIRECTORY)) {
      String folder = JobSettings.of(config).get(option).replaceFirst("^file:/+", "file:///");
      assertThat(deployment).contains(option.key() + ": " + folder + "\n");
    }
  }
}
