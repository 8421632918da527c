package dev.candles.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** A file of docker-compose as it is read where no variable is set. */
final class ComposeFile {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{\\w+:-([^}]*)}");

  private final Map<String, Object> all;

  ComposeFile(String text) {
    all = map(plain(new Load(LoadSettings.builder().build()).loadFromString(text)));
  }

  /** One of its services. */
  record Service(String name, Map<String, Object> settings) {
    String text(String key) {
      return String.valueOf(settings.getOrDefault(key, ""));
    }

    /** A list, or the one value that stands there instead. */
    List<String> words(String key) {
      return ComposeFile.words(settings.get(key));
    }

    Map<String, Object> section(String key) {
      return map(settings.get(key));
    }

    /** What its container runs, as far as the file says so. */
    List<String> program() {
      List<String> words = new ArrayList<>(words("entrypoint"));
      words.addAll(words("command"));
      return words;
    }

    /** Source and target of a mount, and {@code ro} if it says so. */
    List<String[]> mounts() {
      return words("volumes").stream().map(mount -> mount.split(":", -1)).toList();
    }
  }

  List<Service> services() {
    return map(all.get("services")).entrySet().stream()
        .map(service -> new Service(service.getKey(), map(service.getValue())))
        .toList();
  }

  Service service(String name) {
    return new Service(name, map(map(all.get("services")).get(name)));
  }

  List<String> volumes() {
    return List.copyOf(map(all.get("volumes")).keySet());
  }

  String version() {
    return String.valueOf(all.get("version"));
  }

  static List<String> words(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(String::valueOf).toList();
    }
    return value == null ? List.of() : List.of(String.valueOf(value));
  }

  static Map<String, Object> map(Object value) {
    Map<String, Object> copy = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, entry) -> copy.put(String.valueOf(key), entry));
    }
    return copy;
  }

  /** With merge keys resolved, as YAML 1.1 has them, and variables replaced by their defaults. */
  private static Object plain(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> resolved = new LinkedHashMap<>(map(plain(map.get("<<"))));
      map.forEach((key, entry) -> resolved.put(String.valueOf(key), plain(entry)));
      resolved.remove("<<");
      return resolved;
    }
    if (value instanceof List<?> list) {
      return list.stream().map(ComposeFile::plain).toList();
    }
    return value instanceof String text ? VARIABLE.matcher(text).replaceAll("$1") : value;
  }
}
