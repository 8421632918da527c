package dev.candles.batch.quality.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.candles.batch.quality.check.Finding;
import dev.candles.batch.quality.check.FindingType;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page as people see it. Screenshots are left in {@code target/screenshots}. */
class HtmlReportInBrowserTest {
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final String DRAWN = "document.querySelectorAll('#chart canvas').length === 1";

  @TempDir Path folder;
  private URI page = URI.create("about:blank");
  private Browser browser;

  @BeforeEach
  void start() throws Exception {
    Optional<Path> program = Browser.installed();
    assumeTrue(program.isPresent(), "skipped: no chromium on the PATH (apt install chromium)");
    Path file = folder.resolve("report.html");
    Finding gap =
        new Finding(
            FindingType.GAP,
            "coinbase/BTC-USD/1m",
            "candles/venue=coinbase",
            SampleLake.MISSING.from(0),
            "60 minutes are missing");
    new HtmlReport(new SampleLake()).write(SampleLake.report(List.of(gap)), file);
    page = file.toUri();
    browser = new Browser(program.orElseThrow(), folder.resolve("profile"), page);
  }

  @AfterEach
  void stop() throws Exception {
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void theDayThatLacksMostIsOpenAtOnceWithItsGapAndItsCandles() throws Exception {
    browser.await(DRAWN);

    assertThat(browser.text("document.getElementById('h-day').textContent"))
        .isEqualTo("coinbase/BTC-USD/1m on 2023-03-05");
    assertThat(browser.text("document.getElementById('chart').dataset.candles")).isEqualTo("1320");
    assertThat(browser.text("document.getElementById('lacking').innerText"))
        .contains("1 h 00 min", "MISSING", "NOT_CLOSED")
        .doesNotContain("VERIFIED_EMPTY");
    assertThat(browser.text("document.querySelectorAll('#calendar .cell').length")).isEqualTo("6");
    assertThat(browser.text("document.getElementById('verdict').textContent"))
        .isEqualTo("1 finding");
    assertThat(browser.text("document.getElementById('age').textContent")).startsWith("Newest: ");
    browser.screenshot(SCREENSHOTS.resolve("report.png"));
  }

  @Test
  void whatIsProvenEmptyIsFoldedUntilItIsAskedFor() throws Exception {
    browser.await(DRAWN);

    assertThat(browser.text("document.getElementById('empty').checkVisibility()"))
        .isEqualTo("false");
    assertThat(browser.text("document.getElementById('empty-summary').textContent"))
        .isEqualTo("60 intervals proven empty, in 1 piece");
    browser.text("document.getElementById('empty-summary').click()");
    browser.await("document.getElementById('empty').checkVisibility()");
    assertThat(browser.text("document.getElementById('empty').innerText"))
        .contains("1 h 00 min", "VERIFIED_EMPTY", "TRADE_CHAIN");
  }

  @Test
  void aPriceUnderTheCursorHasTheVenuesDecimals() throws Exception {
    browser.await(DRAWN);
    browser.text("document.getElementById('chart').focus()");
    browser.key("ArrowRight");

    browser.await(
        "/^close\\s*[0-9]{2},[0-9]{3}\\.[0-9]{2}$/.test("
            + "document.querySelectorAll('#chart .u-series')[4].innerText.trim())");
  }

  @Test
  void theGapIsShadedInTheChart() throws Exception {
    browser.await(DRAWN);

    String pixel =
        "(() => { const c = document.querySelector('#chart canvas'), o = document.querySelector("
            + "'#chart .u-over').getBoundingClientRect(), b = c.getBoundingClientRect();"
            + " const at = h => { const x = o.left - b.left + o.width * h / 24, k = c.width / b.width;"
            + " return [...c.getContext('2d').getImageData(x * k, (o.top - b.top + 3) * k, 1, 1)"
            + ".data].join(); };"
            + " return at(17.5) !== at(12.5) && at(3.5) !== at(12.5) && at(3.5) !== at(17.5); })()";
    browser.await(pixel);
  }

  @Test
  void theCalendarIsUsedByKeyboardAlone() throws Exception {
    browser.await(DRAWN);
    browser.text("document.querySelector('#calendar [tabindex=\"0\"]').focus()");
    browser.key("ArrowRight");
    browser.key("ArrowDown");
    browser.key("Enter");

    browser.await(
        "document.getElementById('h-day').textContent === 'coinbase/BTC-USD/1h on 2023-03-06'");
    browser.await("document.activeElement.id === 'h-day'");
    browser.await("location.hash === '#coinbase/BTC-USD/1h@2023-03-06'");
  }

  @Test
  void anAddressOpensItsDay() throws Exception {
    browser.open(URI.create("about:blank"));
    browser.open(URI.create(page + "#coinbase/BTC-USD/1h@2023-03-04"));

    browser.await(
        "document.getElementById('h-day').textContent === 'coinbase/BTC-USD/1h on 2023-03-04'");
    browser.await("document.getElementById('chart').dataset.candles === '24'");
  }

  @Test
  void paperIsLightAndHasNoControls() throws Exception {
    browser.dark();
    browser.await(DRAWN);
    browser.printInTheDark();

    browser.await("getComputedStyle(document.body).backgroundColor === 'rgb(251, 251, 250)'");
    browser.await("!document.getElementById('filters').checkVisibility()");
    browser.await("document.getElementById('calendar').checkVisibility()");
    browser.screenshot(SCREENSHOTS.resolve("report-printed.png"));
  }

  @Test
  void aPhoneInTheDarkNeedsNoSidewaysScrolling() throws Exception {
    browser.size(390, 844, true);
    browser.dark();
    browser.open(page);
    browser.await(DRAWN);

    browser.await("document.documentElement.scrollWidth <= 390");
    browser.await("getComputedStyle(document.body).backgroundColor === 'rgb(20, 23, 26)'");
    browser.screenshot(SCREENSHOTS.resolve("report-phone-dark.png"));
  }
}
