package dev.candles.cli.daily;

import dev.candles.core.watch.Severity;
import dev.candles.job.alert.Notice;
import dev.candles.job.config.AlertConfig;
import dev.candles.lake.state.ToldAlerts;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the daily checks stand, for people. What was told last is noted in the lake, whoever made the
 * checks; so the same is told once, something else again, and its end.
 */
public final class QaStanding {
  private static final String SUBJECT = "qa";
  private static final String FAILING = "qa_failed";
  private static final Pattern CHECK = Pattern.compile("CHECK (\\d+): *(.*)");
  private static final String FAILED = "  ❌ FAIL: ";

  private QaStanding() {}

  /**
   * The checks found something. News is which of them did, not how much.
   *
   * @param lines what they print
   * @param look where to look
   * @param nowMs market time, epoch ms, UTC
   */
  public static Notice found(List<String> lines, String look, long nowMs) {
    StringBuilder what = new StringBuilder("qa_found");
    StringBuilder failed = new StringBuilder();
    Matcher check = CHECK.matcher("");
    for (String line : lines) {
      if (line.startsWith("CHECK ")) {
        check = CHECK.matcher(line);
      } else if (line.startsWith(FAILED) && check.matches()) {
        what.append('_').append(check.group(1));
        failed.append(failed.isEmpty() ? "" : "; ").append(check.group(2));
      }
    }
    String text = "the daily checks found something: " + failed + ". Look at " + look;
    return notice("qa_found", what.toString(), Severity.CRITICAL, text, nowMs);
  }

  /** The checks could not run. */
  public static Notice failed(String why, long nowMs) {
    String text = "the daily checks could not run: " + why;
    return notice(FAILING, FAILING, Severity.WARNING, text, nowMs);
  }

  /** The checks passed, which is told to who was told of something else before. */
  public static Notice well(long nowMs) {
    return notice("qa_well", "qa_well", Severity.INFO, "the daily checks pass again", nowMs);
  }

  /**
   * Since when the daily checks cannot run, by what was told last: market time, epoch ms, UTC;
   * empty if they can, or nobody knows.
   *
   * @throws IOException if what was told cannot be read
   */
  public static OptionalLong failingSinceMs(ToldAlerts told) throws IOException {
    return told.last(SUBJECT, AlertConfig.LOG)
        .filter(mark -> mark.what().equals(FAILING))
        .map(mark -> OptionalLong.of(mark.atMs()))
        .orElseGet(OptionalLong::empty);
  }

  private static Notice notice(
      String kind, String what, Severity severity, String text, long nowMs) {
    boolean well = severity == Severity.INFO;
    ToldAlerts.Mark mark = ToldAlerts.Mark.standing(nowMs, what, well);
    return new Notice(kind, SUBJECT, severity, nowMs, text, Optional.of(mark));
  }
}
