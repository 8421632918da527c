package dev.candles.cli;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** One object of a manifest for Kubernetes, held against the schema of its kind. */
record Manifest(Map<String, Object> all) {
  /** The kinds that Kubernetes itself has, as its Java client knows them. */
  private static final Map<String, Class<?>> CORE =
      Map.of(
          "v1 Namespace", Namespace.class,
          "v1 ServiceAccount", ServiceAccount.class,
          "v1 PersistentVolumeClaim", PersistentVolumeClaim.class,
          "batch/v1 CronJob", CronJob.class,
          "networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class,
          "rbac.authorization.k8s.io/v1 Role", Role.class,
          "rbac.authorization.k8s.io/v1 RoleBinding", RoleBinding.class);

  private static final String DEPLOYMENT = "flink.apache.org/v1beta1 FlinkDeployment";
  private static final String DEFINITION =
      "META-INF/fabric8/flinkdeployments.flink.apache.org-v1.yml";

  /** The definition on Maven Central is older than the first operator that knows this version. */
  private static final String OF_A_NEWER_OPERATOR = "v2_3";

  /** The client's types keep what they do not know; here it is a mistake. */
  private static final ObjectMapper STRICT =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .annotationIntrospector(
              new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1;

                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                  return false;
                }
              })
          .build();

  /** The objects of a file. */
  static List<Manifest> of(String text) {
    Load load = new Load(LoadSettings.builder().build());
    return StreamSupport.stream(load.loadAllFromString(text).spliterator(), false)
        .map(document -> new Manifest(ComposeFile.map(document)))
        .toList();
  }

  String kind() {
    return String.valueOf(all.get("kind"));
  }

  String name() {
    return String.valueOf(at("metadata").get("name"));
  }

  /** The section that is found by these keys, one in the other; empty if there is none. */
  Map<String, Object> at(String... keys) {
    Map<String, Object> section = all;
    for (String key : keys) {
      section = ComposeFile.map(section.get(key));
    }
    return section;
  }

  /** The pod that it makes others by; empty if it makes none. */
  Map<String, Object> pod() {
    return kind().equals("CronJob")
        ? at("spec", "jobTemplate", "spec", "template")
        : at("spec", "podTemplate");
  }

  /** What the API server would refuse or drop. */
  List<String> faults() throws IOException {
    String type = all.get("apiVersion") + " " + all.get("kind");
    if (type.equals(DEPLOYMENT)) {
      List<String> faults = new ArrayList<>(core(at("metadata"), ObjectMeta.class));
      check(definition(), at("spec"), kind() + ".spec", faults);
      return faults;
    }
    Class<?> core = CORE.get(type);
    if (core == null) {
      return List.of("no such kind: " + type);
    }
    return core(all, core);
  }

  private List<String> core(Map<String, Object> value, Class<?> type) {
    try {
      STRICT.convertValue(value, type);
      return List.of();
    } catch (IllegalArgumentException e) {
      String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      return List.of(kind() + " " + name() + ": " + why);
    }
  }

  private static Map<String, Object> definition() throws IOException {
    try (InputStream in =
        Optional.ofNullable(Manifest.class.getClassLoader().getResourceAsStream(DEFINITION))
            .orElseThrow(() -> new IOException("not on the class path: " + DEFINITION))) {
      Object read = new Load(LoadSettings.builder().build()).loadFromInputStream(in);
      Object versions = ComposeFile.map(ComposeFile.map(read).get("spec")).get("versions");
      Map<String, Object> version = ComposeFile.map(((List<?>) versions).get(0));
      Map<String, Object> schema = ComposeFile.map(version.get("schema"));
      for (String key : List.of("openAPIV3Schema", "properties", "spec")) {
        schema = ComposeFile.map(schema.get(key));
      }
      return schema;
    }
  }

  /** Holds a value against a structural schema, where what is not named is not known. */
  private static void check(
      Map<String, Object> schema, Object value, String where, List<String> faults) {
    boolean newer = where.endsWith(".flinkVersion") && value.equals(OF_A_NEWER_OPERATOR);
    if (schema.get("enum") instanceof List<?> allowed && !allowed.contains(value) && !newer) {
      faults.add(where + ": found '" + value + "', expected one of " + allowed);
    }
    String type = String.valueOf(schema.getOrDefault("type", ""));
    boolean right =
        switch (type) {
          case "object" -> value instanceof Map;
          case "array" -> value instanceof List;
          case "string" -> value instanceof String;
          case "boolean" -> value instanceof Boolean;
          case "integer" -> value instanceof Integer || value instanceof Long;
          case "number" -> value instanceof Number;
          default -> true;
        };
    if (!right) {
      faults.add(where + ": found '" + value + "', expected a value of type " + type);
    }
    if (value instanceof List<?> list) {
      list.forEach(each -> check(ComposeFile.map(schema.get("items")), each, where + "[]", faults));
    }
    if (value instanceof Map<?, ?>) {
      Map<String, Object> known = ComposeFile.map(schema.get("properties"));
      ComposeFile.map(value)
          .forEach(
              (key, entry) -> {
                Object of = known.getOrDefault(key, schema.get("additionalProperties"));
                if (of != null) {
                  check(ComposeFile.map(of), entry, where + "." + key, faults);
                } else {
                  faults.add(where + ": unknown: " + key);
                }
              });
    }
  }
}
