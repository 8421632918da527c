package dev.candles.job;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A name of Flink's that a file asks Prometheus for.
 *
 * @param labels regular expressions that its labels must match
 */
record Query(String name, Map<String, Pattern> labels) {
  private static final Pattern NAME = Pattern.compile("(flink_\\w+)(?:\\{(.*?)})?");
  private static final Pattern LABEL = Pattern.compile("(\\w+)(=~?)\\\\?\"(.*?)\\\\?\"");

  /** All of a text, be it JSON or YAML. */
  static List<Query> of(String text) {
    List<Query> queries = new ArrayList<>();
    Matcher name = NAME.matcher(text);
    while (name.find()) {
      Map<String, Pattern> labels = new HashMap<>();
      Matcher label = LABEL.matcher(name.group(2) == null ? "" : name.group(2));
      while (label.find()) {
        String value = label.group(3).equals("$venue") ? ".*" : label.group(3);
        boolean exact = label.group(2).equals("=");
        labels.put(label.group(1), Pattern.compile(exact ? Pattern.quote(value) : value));
      }
      queries.add(new Query(name.group(1), labels));
    }
    return queries;
  }

  boolean hasAnswer(Scrape scrape) {
    return scrape.samples().stream()
        .filter(sample -> sample.name().equals(name))
        .anyMatch(
            sample ->
                labels.entrySet().stream()
                    .allMatch(
                        label ->
                            label
                                .getValue()
                                .matcher(sample.labels().getOrDefault(label.getKey(), ""))
                                .matches()));
  }
}
