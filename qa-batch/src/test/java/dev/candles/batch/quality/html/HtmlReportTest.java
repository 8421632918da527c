package dev.candles.batch.quality.html;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.candles.batch.quality.check.Finding;
import dev.candles.batch.quality.check.FindingType;
import dev.candles.batch.quality.report.QaReport;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
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
  void everyDayWithCandlesIsPackedWithTheirValues() throws IOException {
    String html = write(SampleLake.report(List.of()), Long.MAX_VALUE);
    long second = SampleLake.START + SampleLake.DAY;

    assertThat(packs(html)).hasSize(6).contains("coinbase/BTC-USD/1h@" + second);
    Matcher pack =
        Pattern.compile("data-day=\"coinbase/BTC-USD/1m@" + second + "\">([^<]*)<").matcher(html);
    assertThat(pack.find()).isTrue();
    byte[] zipped = Base64.getDecoder().decode(pack.group(1));
    String lines;
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(zipped))) {
      lines = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    }
    var candles = new SampleLake().candles(SampleLake.MINUTES, second, second + SampleLake.DAY);
    assertThat(lines.lines()).hasSize(candles.size()).hasSize(1_440 - 120);
    String[] first = lines.lines().findFirst().orElseThrow().split(" ");
    assertThat(first[0]).isEqualTo("0");
    assertThat(Double.parseDouble(first[4])).isEqualTo(candles.get(0).close());
    assertThat(lines).doesNotContain("\n180 ").contains("\n179 ", "\n240 ");
  }

  @Test
  void aLimitLeavesOutTheOldestDays() throws IOException {
    String html = write(SampleLake.report(List.of()), 1);

    assertThat(packs(html))
        .isNotEmpty()
        .allMatch(day -> day.endsWith("@" + (SampleLake.START + 2 * SampleLake.DAY)));
  }

  @Test
  void longListsAreCutAndTheirLengthIsTold() throws IOException {
    Finding finding = new Finding(FindingType.GAP, "", "", Finding.NO_TIME, "x");
    String html =
        write(SampleLake.report(Collections.nCopies(PageJson.MOST_FINDINGS + 7, finding)), 1);

    assertThat(html).contains("\"findings_total\":" + (PageJson.MOST_FINDINGS + 7));
    assertThat(html.split("\"kind\":\"GAP\"", -1)).hasSize(PageJson.MOST_FINDINGS + 1);
  }
}
