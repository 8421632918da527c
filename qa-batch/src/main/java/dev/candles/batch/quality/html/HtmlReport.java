package dev.candles.batch.quality.html;

import dev.candles.batch.quality.report.QaReport;
import dev.candles.batch.quality.report.StreamReport;
import dev.candles.core.candle.Candle;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.StreamAccount;
import dev.candles.core.lake.LakeView;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Writes the report as one HTML file: style, scripts, data and candles are all inside, nothing is
 * ever fetched. Candles are packed day by day, the newest day of all streams first, until a limit
 * is reached; the page says which days it has no candles of.
 */
public final class HtmlReport {
  /** Characters of packed candles in one page: about a month of 45 streams. */
  private static final long MOST_CANDLE_CHARS = 24L << 20;

  private final LakeView lake;
  private final long mostCandleChars;

  /** The candles come from this lake. */
  public HtmlReport(LakeView lake) {
    this(lake, MOST_CANDLE_CHARS);
  }

  HtmlReport(LakeView lake, long mostCandleChars) {
    this.lake = lake;
    this.mostCandleChars = mostCandleChars;
  }

  /**
   * Writes the page under a temporary name, then renames it.
   *
   * @throws IOException if the lake cannot be read or the file cannot be written
   */
  public void write(QaReport report, Path file) throws IOException {
    Path target = file.toAbsolutePath();
    Path temporary = target.resolveSibling("." + target.getFileName() + ".part");
    try {
      try (Writer out = Files.newBufferedWriter(temporary, StandardCharsets.UTF_8)) {
        write(report, out);
      }
      Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private void write(QaReport report, Writer out) throws IOException {
    String[] parts = Assets.own("page.html").split("<!--(?:STYLE|DATA|SCRIPT)-->", -1);
    out.write(parts[0]);
    element(out, "style", Assets.chartStyle());
    element(out, "style", Assets.own("report.css"));
    out.write(parts[1]);
    out.write("<script type=\"application/json\" id=\"data\">");
    try (Writer safe = new ScriptSafe(out)) {
      PageJson.write(report, safe);
    }
    out.write("</script>\n");
    candles(report.streams().stream().map(StreamReport::account).toList(), out);
    out.write(parts[2]);
    element(out, "script", Assets.chartScript());
    element(out, "script", Assets.own("report.js"));
    out.write(parts[3]);
  }

  private static void element(Writer out, String name, String text) throws IOException {
    out.write("<" + name + ">\n" + text + "\n</" + name + ">\n");
  }

  private void candles(List<StreamAccount> accounts, Writer out) throws IOException {
    long dayMs = Timeframe.D1.millis();
    long first = accounts.stream().mapToLong(StreamAccount::fromMs).min().orElse(0);
    long last = accounts.stream().mapToLong(StreamAccount::toMs).max().orElse(0);
    long chars = 0;
    for (long day = Timeframe.D1.floor(last - 1);
        day + dayMs > first && chars < mostCandleChars;
        day -= dayMs) {
      for (StreamAccount account : accounts) {
        if (account.counts(day, day + dayMs).finals() > 0) {
          long toMs = Math.min(day + dayMs, account.toMs());
          List<Candle> candles =
              lake.candles(account.stream(), Math.max(day, account.fromMs()), toMs);
          String pack = CandlePack.of(candles, day);
          chars += pack.length();
          out.write("<script type=\"text/plain\" data-day=\"" + account.stream().id());
          out.write("@" + day + "\">" + pack + "</script>\n");
        }
      }
    }
  }
}
