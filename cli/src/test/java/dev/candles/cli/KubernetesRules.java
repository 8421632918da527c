package dev.candles.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.runtime.util.EnvironmentInformation;

/** What deploy/kubernetes must keep; each rule says what breaks it. */
final class KubernetesRules {
  /** Of flink-conf, what the operator decides itself, or what another network asks for. */
  private static final Set<String> OTHERWISE =
      Set.of(
          "jobmanager.rpc.address",
          "jobmanager.rpc.port",
          "jobmanager.bind-host",
          "taskmanager.bind-host",
          "taskmanager.host",
          "rest.address",
          "rest.bind-address",
          "rest.bind-port",
          "taskmanager.numberOfTaskSlots",
          "high-availability.zookeeper.client.session-timeout"); // leaders are Kubernetes' there

  private final Path root;
  private final Path folder;
  private final List<Manifest> manifests = new ArrayList<>();
  private final Map<String, Object> kustomization;
  private final List<String> problems = new ArrayList<>();

  private KubernetesRules(Path root, UnaryOperator<String> change) throws IOException {
    this.root = root;
    this.folder = root.resolve("deploy/kubernetes");
    String text = change.apply(Files.readString(folder.resolve("kustomization.yaml")));
    this.kustomization = Manifest.of(text).get(0).all();
    for (String name : ComposeFile.words(kustomization.get("resources"))) {
      if (Files.isRegularFile(folder.resolve(name))) {
        manifests.addAll(Manifest.of(change.apply(Files.readString(folder.resolve(name)))));
      } else {
        problems.add("no such resource: " + name);
      }
    }
  }

  /**
   * What is wrong in deploy/kubernetes of the repository at {@code root}.
   *
   * @param change of the text of each manifest
   */
  static List<String> problems(Path root, UnaryOperator<String> change) throws IOException {
    KubernetesRules rules = new KubernetesRules(root, change);
    rules.kustomization();
    for (Manifest manifest : rules.manifests) {
      rules.problems.addAll(manifest.faults());
      if (!manifest.pod().isEmpty()) {
        rules.pod(manifest);
      }
      if (manifest.kind().equals("CronJob")) {
        rules.cron(manifest);
      }
    }
    rules.lake();
    rules.network();
    rules.deployment(rules.one("FlinkDeployment", "candles"));
    return rules.problems;
  }

  private void require(boolean kept, String rule) {
    if (!kept) {
      problems.add(rule);
    }
  }

  private Manifest one(String kind, String name) {
    return manifests.stream()
        .filter(m -> m.kind().equals(kind) && m.name().equals(name))
        .findFirst()
        .orElseGet(
            () -> {
              problems.add("there is no " + kind + " " + name);
              return new Manifest(Map.of());
            });
  }

  private void kustomization() throws IOException {
    Set<String> listed = new HashSet<>(ComposeFile.words(kustomization.get("resources")));
    try (var files = Files.list(folder)) {
      files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> !Set.of("kustomization.yaml", "collector.yaml").contains(name))
          .forEach(name -> require(listed.contains(name), "not applied: " + name));
    }
    Map<String, Object> generator =
        ComposeFile.map(
            ((List<?>) kustomization.getOrDefault("configMapGenerator", List.of(""))).get(0));
    require(
        ComposeFile.words(generator.get("files")).equals(List.of("collector.yaml"))
            && generator.get("name").equals("candles-collector"),
        "the collector's configuration is not in a ConfigMap");
    Object hash =
        ComposeFile.map(kustomization.get("generatorOptions")).get("disableNameSuffixHash");
    require(Boolean.TRUE.equals(hash), "the ConfigMap would have another name");
    require(
        "candles".equals(kustomization.get("namespace"))
            && one("Namespace", "candles").at("metadata", "labels").containsValue("restricted"),
        "its namespace lets pods do what they need not");
  }

  private void pod(Manifest manifest) throws IOException {
    String name = manifest.name();
    Map<String, Object> spec = ComposeFile.map(manifest.pod().get("spec"));
    Map<String, Object> security = ComposeFile.map(spec.get("securityContext"));
    require(Boolean.TRUE.equals(security.get("runAsNonRoot")), name + ": may run as root");
    for (String id : List.of("runAsUser", "runAsGroup", "fsGroup")) {
      require(Integer.valueOf(9999).equals(security.get(id)), name + ": " + id + " is not 9999");
    }
    require(
        "RuntimeDefault".equals(ComposeFile.map(security.get("seccompProfile")).get("type")),
        name + ": any call of the kernel is allowed");
    Map<String, Object> container = container(spec);
    Map<String, Object> rights = ComposeFile.map(container.get("securityContext"));
    require(
        Boolean.FALSE.equals(rights.get("allowPrivilegeEscalation")), name + ": may gain rights");
    require(
        ComposeFile.words(ComposeFile.map(rights.get("capabilities")).get("drop"))
            .equals(List.of("ALL")),
        name + ": keeps rights of root");
    Object image =
        manifest.kind().equals("CronJob")
            ? container.get("image")
            : manifest.at("spec").get("image");
    String compose =
        new ComposeFile(Files.readString(root.resolve("docker-compose.yml")))
            .service("jobmanager")
            .text("image");
    require(compose.equals(image), name + ": its image is not " + compose);
    volumes(name, spec, container);
  }

  private static Map<String, Object> container(Map<String, Object> spec) {
    List<?> containers = (List<?>) spec.getOrDefault("containers", List.of(""));
    return ComposeFile.map(containers.get(0));
  }

  private void volumes(String name, Map<String, Object> spec, Map<String, Object> container) {
    List<String> mounts = new ArrayList<>();
    for (Object each : (List<?>) container.getOrDefault("volumeMounts", List.of())) {
      Map<String, Object> mount = ComposeFile.map(each);
      mounts.add(mount.get("name") + " " + mount.get("mountPath"));
      boolean config = "collector".equals(mount.get("name"));
      require(!config || Boolean.TRUE.equals(mount.get("readOnly")), name + ": may be written");
    }
    require(
        mounts.equals(List.of("lake /lake", "collector /etc/candles")),
        name + ": does not see lake and configuration: " + mounts);
    String volumes = String.valueOf(spec.get("volumes"));
    require(
        volumes.contains("name=lake, persistentVolumeClaim={claimName=lake}")
            && volumes.contains("name=collector, configMap={name=candles-collector}"),
        name + ": volumes are others: " + volumes);
  }

  private void cron(Manifest manifest) {
    String name = manifest.name();
    Map<String, Object> spec = manifest.at("spec");
    Map<String, String> times =
        Map.of("candles-qa", "30 0 * * *", "candles-compaction", "5 * * * *");
    require(times.getOrDefault(name, "").equals(spec.get("schedule")), name + ": at another time");
    require("Etc/UTC".equals(spec.get("timeZone")), name + ": by another clock than UTC");
    require("Forbid".equals(spec.get("concurrencyPolicy")), name + ": may run twice at once");
    for (String limit :
        List.of(
            "successfulJobsHistoryLimit", "failedJobsHistoryLimit", "startingDeadlineSeconds")) {
      require(spec.get(limit) instanceof Integer, name + ": no " + limit);
    }
    Map<String, Object> job = manifest.at("spec", "jobTemplate", "spec");
    require(job.get("activeDeadlineSeconds") instanceof Integer, name + ": may hang");
    require(Integer.valueOf(0).equals(job.get("backoffLimit")), name + ": is tried again");
    Map<String, Object> pod = ComposeFile.map(manifest.pod().get("spec"));
    require("Never".equals(pod.get("restartPolicy")), name + ": is tried again");
    require(
        Boolean.FALSE.equals(pod.get("automountServiceAccountToken")),
        name + ": is given a key to the API server");
    Map<String, Object> container = container(pod);
    List<String> command = ComposeFile.words(container.get("command"));
    require(
        command.indexOf("candles") == 0
            && ComposeRules.isUnderstood(command.subList(1, command.size())),
        name + ": no such command: " + command);
    require(command.contains("/etc/candles/collector.yaml"), name + ": another configuration");
    require(ComposeRules.tells(command), name + ": tells nobody what it finds");
    Map<String, Object> resources = ComposeFile.map(container.get("resources"));
    Object memory = ComposeFile.map(resources.get("limits")).get("memory");
    require(
        memory != null && memory.equals(ComposeFile.map(resources.get("requests")).get("memory")),
        name + ": memory is not what was asked for");
  }

  private void lake() {
    require(
        one("PersistentVolumeClaim", "lake")
            .at("spec")
            .getOrDefault("accessModes", "")
            .equals(List.of("ReadWriteMany")),
        "pods of several nodes do not see the lake");
  }

  private void network() {
    Manifest collector = one("NetworkPolicy", "candles-collector");
    for (Object rule : (List<?>) collector.at("spec").getOrDefault("ingress", List.of())) {
      String from = String.valueOf(ComposeFile.map(rule).get("from"));
      String ports = String.valueOf(ComposeFile.map(rule).get("ports"));
      boolean own = from.contains("component=collector");
      boolean operator =
          from.contains("metadata.name=flink-operator") && ports.equals("[{port=8081}]");
      boolean metrics = from.contains("name=prometheus") && ports.equals("[{port=9249}]");
      require(own || operator || metrics, "reached by others: " + from + " " + ports);
    }
    Manifest batch = one("NetworkPolicy", "candles-batch");
    require(
        ComposeFile.words(batch.at("spec").get("policyTypes")).equals(List.of("Ingress", "Egress"))
            && !batch.at("spec").containsKey("egress"),
        "compaction speaks with others");
    Manifest qa = one("NetworkPolicy", "candles-qa");
    require(
        ComposeFile.words(qa.at("spec").get("policyTypes")).equals(List.of("Ingress"))
            && !qa.at("spec").containsKey("ingress"),
        "QA is reached by others, or does not reach its webhooks");
    Map<String, Manifest> policies = Map.of("candles-qa", qa, "candles-compaction", batch);
    for (Manifest manifest : manifests) {
      if (!manifest.pod().isEmpty()) {
        Manifest policy = policies.getOrDefault(manifest.name(), collector);
        require(
            ComposeFile.map(ComposeFile.map(manifest.pod().get("metadata")).get("labels"))
                .equals(policy.at("spec", "podSelector", "matchLabels")),
            manifest.name() + ": no policy is about it");
      }
    }
  }

  private void deployment(Manifest manifest) throws IOException {
    Map<String, Object> spec = manifest.at("spec");
    String version = EnvironmentInformation.getVersion();
    require(
        ("v" + version.replaceFirst("\\.\\d+$", "").replace('.', '_'))
            .equals(spec.get("flinkVersion")),
        "not the Flink of this program: " + spec.get("flinkVersion"));
    Manifest account = one("ServiceAccount", String.valueOf(spec.get("serviceAccount")));
    require(
        String.valueOf(one("RoleBinding", "candles").all().get("subjects"))
            .contains("name=" + account.name()),
        "its account may do nothing");
    Map<String, Object> job = manifest.at("spec", "job");
    try {
      Class.forName(String.valueOf(job.get("entryClass"))).getMethod("main", String[].class);
    } catch (ReflectiveOperationException e) {
      problems.add("no such entry class: " + job.get("entryClass"));
    }
    require(
        "local:///opt/flink/usrlib/candles-cluster.jar".equals(job.get("jarURI")),
        "its jar is not where the Dockerfile puts it: " + job.get("jarURI"));
    require(
        ComposeFile.words(job.get("args"))
            .equals(List.of("--config", "/etc/candles/collector.yaml")),
        "its arguments are others");
    require("savepoint".equals(job.get("upgradeMode")), "an upgrade begins without state");
    flink(manifest.at("spec", "flinkConfiguration"));
    Map<String, Object> log = manifest.at("spec", "logConfiguration");
    require(
        Files.readString(root.resolve("flink-conf/log4j.properties"))
            .equals(log.get("log4j-console.properties")),
        "its log is not that of flink-conf/log4j.properties");
    Map<String, Object> container = container(ComposeFile.map(manifest.pod().get("spec")));
    require(
        "flink-main-container".equals(container.get("name")), "Flink does not find its container");
    require(container.containsKey("livenessProbe"), "nobody sees a process that hangs");
  }

  private void flink(Map<String, Object> told) {
    Configuration settings = new Configuration();
    told.forEach((key, value) -> settings.setString(key, String.valueOf(value).strip()));
    Configuration conf =
        GlobalConfiguration.loadConfiguration(
            root.resolve("flink-conf").toString(), new Configuration());
    conf.toMap()
        .forEach(
            (key, value) ->
                require(
                    OTHERWISE.contains(key)
                        || value.strip().equals(settings.getString(key, "none")),
                    "not as in flink-conf/config.yaml: " + key));
    for (String role : List.of("jobmanager", "taskmanager")) {
      String key = "kubernetes." + role + ".memory.limit-factor";
      require(
          Double.parseDouble(settings.getString(key, "1")) >= 1.15,
          "no room beside Flink's memory: " + role);
    }
    Map<String, String> fixed =
        Map.of(
            "high-availability.type", "kubernetes",
            "high-availability.storageDir", "file:///lake/ha",
            "execution.checkpointing.dir", "file:///lake/data/.state/checkpoints",
            "execution.checkpointing.savepoint-dir", "file:///lake/data/.state/savepoints",
            "metrics.reporter.prom.port", "9249",
            "kubernetes.operator.job.restart.failed", "true");
    fixed.forEach(
        (key, value) ->
            require(value.equals(settings.getString(key, "")), "not " + value + ": " + key));
    for (String key : settings.keySet()) {
      require(
          !key.equals("kubernetes.cluster-id") && !key.equals("kubernetes.namespace"),
          "the operator refuses it: " + key);
    }
  }
}
