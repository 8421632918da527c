package dev.candles.batch.quality.html;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.candles.batch.quality.check.Finding;
import dev.candles.batch.quality.check.FindingType;
import dev.candles.batch.quality.report.QaReport;
import dev.candles.core.candle.Candle;
import dev.candles.core.candle.StreamKey;
import dev.candles.core.lake.LakeView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {
  private static final Pattern PACK = Pattern.compile("data-day=\"([^\"]+)\">([^<]*)</script>");
  private static final String HOSTILE = "</script><script>alert(1)</script><!-- & \u2028";

  @TempDir Path folder;

  private String write(QaReport report, long mostCandleChars) throws IOException {
    Path file = folder.resolve("report.html");
    new HtmlReport(new SampleLake(), mostCandleChars).write(report, file);
    assertThat(folder).isDirectoryContaining(file::equals);
    return Files.readString(file);
  }

  private static List<String> packs(String html) {
    List<String> days = new ArrayList<>();
    Matcher matcher = PACK.matcher(html);
    while (matcher.find()) {
      days.add(matcher.group(1));
    }
    return days;
  }

  @Test
  void thePageFetchesNothing() throws IOException {
    String html = write(SampleLake.report(List.of()), Long.MAX_VALUE);

    assertThat(html).doesNotContainPattern("<(script|link|img|iframe)[^>]*\\s(src|href)=");
    assertThat(html).doesNotContainPattern("@import|url\\(\\s*['\"]?(https?:)?//|fetch\\(");
  }

  @Test
  void textFromOutsideStaysText() throws IOException {
    Finding finding = new Finding(FindingType.GAP, "", HOSTILE, Finding.NO_TIME, HOSTILE);
    String html = write(SampleLake.report(List.of(finding)), Long.MAX_VALUE);

    assertThat(html).doesNotContain("alert(1)</script>");
    String data = html.substring(html.indexOf("id=\"data\">") + 10);
    data = data.substring(0, data.indexOf("</script>"));
    List<String> texts = new ArrayList<>();
    try (JsonParser json = new JsonFactory().createParser(data)) {
      while (json.nextToken() != null) {
        texts.add(String.valueOf(json.getValueAsString()));
      }
    }
    assertThat(texts).contains(HOSTILE);
  }

  @Test
  void everyDayWithCandlesIsPacked() throws IOException {
    assertThat(packs(write(SampleLake.report(List.of()), Long.MAX_VALUE)))
        .hasSize(6)
        .doesNotHaveDuplicates()
        .contains("coinbase/BTC-USD/1h@" + (SampleLake.START + SampleLake.DAY));
  }

  /** The sample with one day that cannot be read. */
  private record TornLake(long badMs) implements LakeView {
    @Override
    public Scan open(List<StreamKey> streams, long from, long recent, long now) {
      throw new IllegalStateException("the report reads candles only");
    }

    @Override
    public List<Candle> candles(StreamKey stream, long fromMs, long toMs) throws IOException {
      if (fromMs < badMs + SampleLake.DAY && toMs > badMs) {
        throw new IOException("Input/output error");
      }
      return new SampleLake().candles(stream, fromMs, toMs);
    }
  }

  /** A bad sector, or a file of another user, is what the checks tell of on this page. */
  @Test
  void aDayThatCannotBeReadIsLeftOut() throws IOException {
    long bad = SampleLake.START + SampleLake.DAY;
    Path file = folder.resolve("part.html");
    new HtmlReport(new TornLake(bad)).write(SampleLake.report(List.of()), file);
    assertThat(packs(Files.readString(file))).hasSize(4).noneMatch(day -> day.endsWith("@" + bad));
  }

  @Test
  void inHalfOfTheRoomAreTheWorstDaysInTheRestTheNewest() throws IOException {
    WideLake lake = new WideLake(400);
    Path file = folder.resolve("wide.html");
    new HtmlReport(lake, 1).write(lake.report(), file); // the least that there is for candles
    List<String> packed = packs(Files.readString(file));

    String newest = "@" + (WideLake.END - WideLake.DAY);
    assertThat(packed).doesNotHaveDuplicates();
    assertThat(packed.subList(0, 15))
        .allMatch(day -> day.startsWith("kraken/") && day.endsWith("@" + lake.outage()));
    assertThat(packed.get(0)).isEqualTo("kraken/BTC-USD/1m@" + lake.outage());
    assertThat(packed.get(15))
        .isEqualTo("coinbase/SOL-USD/1m@" + (WideLake.END - 3 * WideLake.DAY));
    assertThat(packed.get(packed.size() - 1)).endsWith(newest);
    assertThat(packed).filteredOn(day -> day.endsWith(newest)).hasSizeGreaterThan(15);
  }

  @Test
  void aYearOfFortyFiveStreamsStaysBelowThreeMegabytes() throws IOException {
    WideLake lake = new WideLake(365);
    Path file = folder.resolve("year.html");
    new HtmlReport(lake).write(lake.report(), file);

    assertThat(Files.size(file)).isBetween(2_000_000L, 3_000_000L);
    assertThat(packs(Files.readString(file)))
        .contains("kraken/BTC-USD/1m@" + lake.outage())
        .filteredOn(day -> day.endsWith("@" + (WideLake.END - WideLake.DAY)))
        .hasSize(45);
  }

  @Test
  void thePageDoesNotTellWhereTheLakeLies() throws IOException {
    Path lake = folder.resolve("lake-of-mine");
    String html = write(SampleLake.report(lake.toString(), List.of()), 1);

    assertThat(html).contains("\"lake\":\"lake-of-mine\"").doesNotContain(folder.toString());
  }

  @Test
  void nothingMovesAndThePolicyForbidsTheNetwork() throws IOException {
    String html = write(SampleLake.report(List.of()), 1);

    assertThat(html)
        .contains("content=\"default-src 'none'; style-src 'unsafe-inline'; script-src");
    assertThat(html).doesNotContainPattern("(transition|animation|scroll-behavior)\\s*:");
  }

  @Test
  void longListsAreCutKindByKindAndTheirLengthIsTold() throws IOException {
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < PageJson.MOST_OF_A_KIND + 7; i++) {
      findings.add(new Finding(FindingType.GAP, "", "", i, "x"));
    }
    findings.add(new Finding(FindingType.OUTLIER, "", "", 0, "y"));
    String html = write(SampleLake.report(findings), 1);

    assertThat(html).contains("\"findings_total\":" + findings.size());
    assertThat(html.split("\"kind\":\"GAP\"", -1)).hasSize(PageJson.MOST_OF_A_KIND + 1);
    assertThat(html).contains("\"kind\":\"OUTLIER\"");
  }
}
