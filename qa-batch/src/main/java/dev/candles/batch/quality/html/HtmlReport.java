package dev.candles.batch.quality.html;

import dev.candles.batch.quality.report.QaReport;
import dev.candles.batch.quality.report.StreamReport;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.StateCounts;
import dev.candles.core.coverage.StreamAccount;
import dev.candles.core.lake.LakeView;
import dev.candles.text.LogValue;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the report as one HTML file: style, scripts, data and candles are all inside, nothing is
 * ever fetched. That of a year and 45 streams stays below 3 MB: candles are packed until it is
 * full, first those of the days that lack most or of which most was found, in at most half of the
 * room, then the newest day of all streams and so on; the page says which days it has no candles
 * of. A day that cannot be read is one of those: it is the checks that find what is wrong with it.
 */
public final class HtmlReport {
  private static final Logger LOG = LoggerFactory.getLogger(HtmlReport.class);

  /** Characters of a page, nearly all of them a byte. */
  private static final long MOST_CHARS = 2_900_000;

  /** What the name of a page that is being written ends in. */
  public static final String PART_SUFFIX = ".part";

  /** Of them for candles, however long the rest is. */
  private static final long LEAST_CANDLE_CHARS = 300_000;

  private static final long DAY_MS = Timeframe.D1.millis();

  private final LakeView lake;
  private final long mostChars;

  /** The candles come from this lake. */
  public HtmlReport(LakeView lake) {
    this(lake, MOST_CHARS);
  }

  HtmlReport(LakeView lake, long mostChars) {
    this.lake = lake;
    this.mostChars = mostChars;
  }

  /**
   * Writes the page under a temporary name, then renames it.
   *
   * @throws IOException if the file cannot be written
   */
  public void write(QaReport report, Path file) throws IOException {
    Path target = file.toAbsolutePath();
    Path temporary = target.resolveSibling("." + target.getFileName() + PART_SUFFIX);
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
    String[] parts = PageAssets.own("page.html").split("<!--(?:STYLE|DATA|SCRIPT)-->", -1);
    String style = element("style", PageAssets.style() + PageAssets.own("report.css"));
    String script = element("script", PageAssets.script() + PageAssets.own("report.js"));
    List<TroubledDay> troubled = TroubledDay.of(report.streams());
    StringWriter data = new StringWriter();
    try (Writer safe = new ScriptSafe(data)) {
      PageJson.write(report, troubled, safe);
    }
    long used = (long) style.length() + script.length() + data.getBuffer().length();
    out.write(parts[0] + style + parts[1]);
    out.write("<script type=\"application/json\" id=\"data\">" + data + "</script>\n");
    Packing packing = new Packing(report.streams(), out);
    long room = Math.max(LEAST_CANDLE_CHARS, mostChars - used);
    packing.troubled(troubled, room / 2);
    packing.newest(room);
    out.write(parts[2] + script + parts[3]);
  }

  private static String element(String name, String text) {
    return "<" + name + ">\n" + text + "\n</" + name + ">\n";
  }

  /** Packs days of streams, each once, until a limit of characters is reached. */
  private final class Packing {
    private final Map<StreamKey, StreamAccount> accounts = new LinkedHashMap<>();
    private final Writer out;
    private final Set<String> packed = new HashSet<>();
    private long chars;

    Packing(List<StreamReport> streams, Writer out) {
      streams.forEach(stream -> accounts.put(stream.stream(), stream.account()));
      this.out = out;
    }

    void troubled(List<TroubledDay> days, long most) throws IOException {
      for (TroubledDay day : days) {
        for (StreamKey stream : day.streams()) {
          StreamAccount account = accounts.get(stream);
          if (account != null && !pack(account, day.date().toEpochDay() * DAY_MS, most)) {
            return;
          }
        }
      }
    }

    void newest(long most) throws IOException {
      long first = accounts.values().stream().mapToLong(StreamAccount::fromMs).min().orElse(0);
      long last = accounts.values().stream().mapToLong(StreamAccount::toMs).max().orElse(0);
      for (long day = Timeframe.D1.floor(last - 1); day + DAY_MS > first; day -= DAY_MS) {
        for (StreamAccount account : accounts.values()) {
          if (!pack(account, day, most)) {
            return;
          }
        }
      }
    }

    private Optional<String> read(StreamAccount account, long day) {
      long fromMs = Math.max(day, account.fromMs());
      long toMs = Math.min(day + DAY_MS, account.toMs());
      try {
        return Optional.of(DayPack.of(account, day, lake.candles(account.stream(), fromMs, toMs)));
      } catch (IOException e) {
        LOG.warn(
            "event=qa_page_without_day stream={} date={} error={}",
            account.stream(),
            LocalDate.ofEpochDay(day / DAY_MS),
            LogValue.of(e));
        return Optional.empty();
      }
    }

    /** Whether there was room for it, or nothing to pack. */
    private boolean pack(StreamAccount account, long day, long most) throws IOException {
      String name = account.stream().id() + "@" + day;
      StateCounts counts = account.counts(day, day + DAY_MS);
      if (counts.whole() == 0 || packed.contains(name)) {
        return true;
      }
      Optional<String> read = read(account, day);
      if (read.isEmpty()) {
        packed.add(name); // as far as it can be
        return true;
      }
      String pack = read.get();
      if (chars + pack.length() > most) {
        return false;
      }
      packed.add(name);
      chars += pack.length();
      out.write("<script type=\"text/plain\" data-day=\"" + name + "\">" + pack + "</script>\n");
      return true;
    }
  }
}
