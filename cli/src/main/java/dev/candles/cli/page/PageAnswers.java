package dev.candles.cli.page;

import dev.candles.batch.quality.html.PageAssets;
import dev.candles.cli.daily.QaReports;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.candle.Timeframe;
import dev.candles.core.coverage.GapRecord;
import dev.candles.core.coverage.StreamDays;
import dev.candles.lake.view.FileLake;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Answers the addresses of the page. Reads no more than a few days of one stream for one of them.
 */
final class PageAnswers {
  /** Intervals of one answer: a day of minutes. */
  private static final long MOST_INTERVALS = 1_440;

  private static final long MOST_DAYS_MS = Duration.ofDays(62).toMillis();
  private static final String REPORTS = "/reports/";
  private static final Pattern REPORT =
      Pattern.compile("/reports/qa-(\\d{4}-\\d{2}-\\d{2})\\.html");
  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final String STYLE = "text/css; charset=utf-8";

  private final Looks looks;
  private final Supplier<String> progress;
  private final FileLake lake;
  private final QaReports reports;
  private @Nullable Told told;

  /** What was made of a look: whoever asks again gets the same text. */
  private record Told(long number, String error, String text) {}

  /**
   * @param progress how far the first look is
   */
  PageAnswers(Looks looks, Supplier<String> progress, FileLake lake, QaReports reports) {
    this.looks = looks;
    this.progress = progress;
    this.lake = lake;
    this.reports = reports;
  }

  Answer to(URI address) throws IOException {
    String path = String.valueOf(address.getPath());
    return switch (path) {
      case "/" -> Answer.of(200, Answer.HTML, own("page.html"));
      case "/parts.js" -> Answer.of(200, SCRIPT, PageAssets.script());
      case "/page.js" -> Answer.of(200, SCRIPT, own("page.js"));
      case "/parts.css" -> Answer.of(200, STYLE, PageAssets.style());
      case "/page.css" -> Answer.of(200, STYLE, own("page.css"));
      case "/api/status" -> looked(this::status);
      case "/api/coverage" -> looked(PageJson::coverage);
      case "/api/stream" -> stream(parameters(address));
      default -> path.startsWith(REPORTS) ? report(path) : missing();
    };
  }

  private static Answer missing() {
    return Answer.refused(404, "there is no such page");
  }

  private static String own(String name) throws IOException {
    try (InputStream in = PageAnswers.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("not on the class path: " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private interface Body {
    String of(Looks.Look look) throws IOException;
  }

  private Answer looked(Body body) throws IOException {
    Optional<Looks.Look> look = looks.soon();
    return look.isEmpty() ? reading() : Answer.of(200, Answer.JSON, body.of(look.get()));
  }

  private synchronized String status(Looks.Look look) {
    Told last = told;
    if (last == null || last.number != look.number() || !last.error.equals(look.error())) {
      last = new Told(look.number(), look.error(), PageJson.status(look, report(look)));
      told = last;
    }
    return last.text;
  }

  private Answer reading() {
    return Answer.of(503, Answer.JSON, PageJson.reading(progress.get(), looks.error()));
  }

  /** Where this page has the report of the last QA. */
  private String report(Looks.Look look) {
    return look.status()
        .qa()
        .last()
        .map(qa -> String.valueOf(qa.file().getFileName()))
        .map(name -> REPORTS + name.replaceFirst("\\.json$", ".html"))
        .filter(path -> reportFile(path).isPresent())
        .orElse("");
  }

  private Optional<Path> reportFile(String path) {
    Matcher name = REPORT.matcher(path);
    if (!name.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(reports.page(LocalDate.parse(name.group(1)))).filter(Files::isRegularFile);
    } catch (DateTimeParseException e) {
      return Optional.empty(); // like 2026-13-45
    }
  }

  private Answer report(String path) {
    return reportFile(path).map(Answer::report).orElseGet(PageAnswers::missing);
  }

  private Answer stream(Map<String, String> parameters) throws IOException {
    Optional<Looks.Look> look = looks.last();
    if (look.isEmpty()) {
      return reading();
    }
    String id = parameters.getOrDefault("id", "");
    Optional<StreamDays> wanted =
        look.get().status().reading().streams().stream()
            .filter(each -> each.stream().id().equals(id))
            .findFirst();
    if (wanted.isEmpty()) {
      return Answer.refused(404, "there is no such stream");
    }
    StreamKey stream = wanted.get().stream();
    Timeframe timeframe = stream.timeframe();
    long most = Math.min(MOST_INTERVALS * timeframe.millis(), MOST_DAYS_MS);
    long toMs;
    long fromMs;
    try {
      toMs = timeframe.floor(Long.parseLong(parameters.getOrDefault("to", "")));
      fromMs = timeframe.floor(Long.parseLong(parameters.getOrDefault("from", "")));
    } catch (NumberFormatException e) {
      return Answer.refused(400, "from and to are epoch milliseconds");
    }
    if (fromMs < 0 || fromMs >= toMs || toMs - fromMs > most) {
      return Answer.refused(400, "from and to span at most a day of minutes, or 62 days");
    }
    List<GapRecord> lacking =
        wanted.get().lacking().stream()
            .filter(gap -> gap.fromMs() < toMs && gap.toMs() > fromMs)
            .toList();
    return Answer.of(
        200,
        Answer.JSON,
        PageJson.candles(
            stream,
            fromMs,
            toMs,
            wanted.get().toMs(),
            lake.candles(stream, fromMs, toMs),
            lake.archived(stream, fromMs, toMs),
            lacking));
  }

  private static Map<String, String> parameters(URI address) {
    Map<String, String> parameters = new HashMap<>();
    String query = address.getRawQuery();
    for (String part : query == null ? new String[0] : query.split("&", 8)) {
      String[] pair = part.split("=", 2);
      if (pair.length == 2) {
        parameters.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
      }
    }
    return parameters;
  }
}
