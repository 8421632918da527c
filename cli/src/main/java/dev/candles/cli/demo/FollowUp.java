package dev.candles.cli.demo;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the demo says to type when it is over, in this order. {@code DemoIT} types all of it. */
public enum FollowUp {
  /** The collector of the demo is gone. */
  STATUS("no collector runs any more, exit code 4; what came after the table may lack", 4),
  /** How much is accounted for. */
  COVERAGE("how much is accounted for", 0),
  /** What was missing meanwhile. */
  GAPS("what was missing, why, and how it ended", 0),
  /** One minute. */
  EXPLAIN("all that is known of one minute", 0),
  /** The daily checks. */
  QA("the daily checks", 0);

  private final String shows;
  private final int code;

  FollowUp(String shows, int code) {
    this.shows = shows;
    this.code = code;
  }

  /** The exit code with which it ends after a demo that went well. */
  public int code() {
    return code;
  }

  /** The name of the command. */
  String command() {
    return name().toLowerCase(Locale.ROOT);
  }

  private List<String> words(Path lake, DemoPlan plan) {
    String to = "--to " + Instant.ofEpochMilli(plan.horizonMs());
    List<String> words = new ArrayList<>(List.of("./candles " + command()));
    switch (this) {
      case COVERAGE, GAPS -> words.add(to);
      case EXPLAIN ->
          words.add("coinbase/BTC-USD/1m " + Instant.ofEpochMilli(plan.historyMs()).toString());
      case QA -> words.add("--report '" + Demo.work(lake).resolve("qa_report.json") + "'");
      case STATUS -> {}
    }
    words.add("--config '" + Demo.configuration(lake) + "'");
    return words;
  }

  /** What to say after the demo: how to look at its lake. */
  public static List<String> lines(Path lake, DemoPlan plan) {
    List<String> lines = new ArrayList<>();
    lines.add("The lake is in " + lake + ", configuration and logs in .demo below it.");
    lines.add(
        "Look for yourself. --config names the lake, and what time it was in the simulation;");
    lines.add("--to ends where the table above ends, at the last whole hour:");
    for (FollowUp each : values()) {
      lines.add("  " + String.join(" ", each.words(lake, plan)) + "   # " + each.shows);
    }
    lines.add("In DuckDB (from duckdb.org, or pip install duckdb), the candles of each stream: as");
    lines.add("many as the table above has under 'equal', less those under '(no trade)':");
    lines.add("  " + DemoQuery.of(lake, plan.historyMs(), plan.horizonMs()));
    return lines;
  }
}
