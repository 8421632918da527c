package dev.candles.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A unit of systemd: sections, and of each key every value in order. Comments are left out. */
final class UnitFile {
  private final Map<String, Map<String, List<String>>> sections = new LinkedHashMap<>();

  /**
   * @throws IllegalArgumentException if a line is neither section, setting, comment nor empty
   */
  UnitFile(String text) {
    Map<String, List<String>> section = new LinkedHashMap<>();
    for (String line : text.replace("\\\n", " ").split("\n", -1)) {
      int equals = line.indexOf('=');
      if (line.isBlank() || line.startsWith("#") || line.startsWith(";")) {
        continue;
      }
      if (line.startsWith("[") && line.endsWith("]")) {
        section =
            sections.computeIfAbsent(
                line.substring(1, line.length() - 1), name -> new LinkedHashMap<>());
      } else if (equals > 0 && !sections.isEmpty()) {
        section
            .computeIfAbsent(line.substring(0, equals).strip(), key -> new ArrayList<>())
            .add(line.substring(equals + 1).strip());
      } else {
        throw new IllegalArgumentException("not a line of a unit: " + line);
      }
    }
  }

  /** The value that holds, which is the last one; empty if the key is not there. */
  Optional<String> value(String section, String key) {
    List<String> values = sections.getOrDefault(section, Map.of()).getOrDefault(key, List.of());
    return values.isEmpty() ? Optional.empty() : Optional.of(values.get(values.size() - 1));
  }
}
