package dev.candles.cli.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.candles.batch.quality.html.Browser;
import dev.candles.text.ByteText;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The page as people see it. Screenshots are left in {@code target/screenshots}. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("Chromium") // one browser at a time
@Order(2)
class PageInBrowserTest {
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final String DRAWN = "document.querySelectorAll('#chart canvas').length === 1";
  private static final String NO_VIOLATION = "document.body.dataset.violation === undefined";

  @TempDir private static Path lake;
  private static @Nullable Path program;
  private static @Nullable ServedPage page;
  @TempDir private Path profile;
  private Browser browser;

  @BeforeAll
  static void serve() throws Exception {
    program = Browser.installed().orElse(null);
    if (program != null) {
      PageLake.make(lake);
      page = new ServedPage(lake);
      page.looked("/api/status");
    }
  }

  @AfterAll
  static void stop() throws Exception {
    if (page != null) {
      page.close();
    }
  }

  @BeforeEach
  void open() throws Exception {
    assumeTrue(program != null, "skipped: no chromium on the PATH (apt install chromium)");
    browser = new Browser(program, profile, page.address());
  }

  @AfterEach
  void close() throws Exception {
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void whatIsWrongIsToldAtTheTopWithTheAnswersToFiveQuestions() throws Exception {
    browser.await(DRAWN);
    assertThat(browser.text("document.getElementById('verdict').textContent"))
        .isEqualTo("2 things for you to do");
    assertThat(browser.text("document.querySelector('#concerns li').innerText"))
        .contains("TO DO", "no collector runs", "Since", "Being done", "start one, ./candles run")
        .contains("Over", "after the next start", "Data lost?", "not yet");
    assertThat(browser.text("document.getElementById('concerns').innerText"))
        .contains("60 intervals of 1 stream missing", "1 interval of 1 stream given up");
    assertThat(browser.text("document.getElementById('gaps').innerText"))
        .contains(
            "coinbase/BTC-USD/1m",
            "2026-01-10 09:20",
            "1 h 00 min",
            "the feed went on without them");
    assertThat(
            browser.text(
                "Array.from(document.querySelectorAll('#gaps th'), h => h.textContent).join()"))
        .as("when one gap is tried again nobody outside the job knows")
        .isEqualTo("Stream,From (UTC),To,Length,Why,Noted");
    assertThat(browser.text("document.querySelector('#facts a').getAttribute('href')"))
        .isEqualTo("/reports/qa-2026-01-10.html");
    assertThat(browser.text("document.querySelectorAll('#calendar .cell').length")).isEqualTo("4");
    browser.await(NO_VIOLATION);
    browser.screenshot(SCREENSHOTS.resolve("page.png"));
  }

  @Test
  void aDayIsChosenByKeyboardAndItsGapIsMarked() throws Exception {
    browser.await(DRAWN);
    browser.text("document.querySelector('#calendar [tabindex=\"0\"]').focus()");
    browser.key("ArrowDown");
    browser.key("Enter");
    browser.await(
        "document.getElementById('h-chart').textContent === 'Candles: okx/ETH-USDT/1m on"
            + " 2026-01-10'");
    browser.await("document.activeElement.id === 'h-chart'");
    browser.await("document.getElementById('chart').dataset.candles === '1440'");
    browser.await("document.getElementById('chart').dataset.gaps === '0'");
    browser.text("document.querySelector('#gaps button').click()");
    browser.await(
        "document.getElementById('h-chart').textContent === 'Candles: coinbase/BTC-USD/1m on"
            + " 2026-01-10'");
    browser.await("document.getElementById('chart').dataset.candles === '1380'");
    browser.await("document.getElementById('chart').dataset.gaps === '1'");
    browser.await(
        "document.getElementById('chart-note').textContent.includes('60 lacking (shaded with a"
            + " bar): missing, the feed went on without them')");
    browser.await("location.hash === '#coinbase/BTC-USD/1m@2026-01-10'");
    browser.screenshot(SCREENSHOTS.resolve("page-day.png"));
  }

  @Test
  void aPhoneInTheDarkNeedsNoSidewaysScrolling() throws Exception {
    browser.size(390, 844, true);
    browser.dark();
    browser.open(URI.create(page.address() + "/?again"));
    browser.await(DRAWN);
    browser.await("document.documentElement.scrollWidth <= 390");
    browser.await("getComputedStyle(document.body).backgroundColor === 'rgb(20, 23, 26)'");
    browser.await(
        "[...document.querySelectorAll('#venues td')].every(td => td.getBoundingClientRect().right"
            + " <= 390)");
    browser.screenshot(SCREENSHOTS.resolve("page-phone-dark.png"));
  }

  /** Whatever stands in the table of venues: its columns are made as wide as an outage has them. */
  @Test
  void theVenuesOfAnOutageFitOnALaptop() throws Exception {
    browser.size(1280, 800, false);
    browser.open(URI.create(page.address() + "/?laptop"));
    browser.await(DRAWN);
    assertThat(
            browser.text(
                "(() => { const said = ['coinbase', 'DEGRADED 10 connection_error, 3 timeout',"
                    + " '2026-01-09 01:46', '0 of 1 live', '15', '2 h 14 min ago', '99.87 %',"
                    + " '1,204', '1,204 to do, next 01:46:00 UTC, in 30 s', '123,456', '1,234',"
                    + " '100.00 %'];"
                    + " document.querySelectorAll('#venues tbody tr').forEach(row =>"
                    + " [...row.cells].forEach((cell, i) => { cell.textContent = said[i]; }));"
                    + " const box = document.getElementById('venues').parentElement;"
                    + " return [document.querySelectorAll('#venues td').length > 11,"
                    + " box.scrollWidth <= box.clientWidth].join(); })()"))
        .isEqualTo("true,true");
  }

  @Test
  void sizesAndTimesAreRoundedAsTheCommandsRoundThem() throws Exception {
    browser.await(DRAWN);
    for (long bytes : List.of(999L, 9_999_999L, 63_999_999_999L, 9_999_999_999L, 90_500_000L)) {
      assertThat(browser.text("Candles.bytes(" + bytes + ").replace(',', '')"))
          .isEqualTo(ByteText.of(bytes));
    }
    assertThat(
            browser.text(
                "[500, 91000, 119999, 120000, 179999, 172800000].map(Candles.span).join()"))
        .isEqualTo("0 s,91 s,119 s,2 min,2 min,2 days");
  }

  @Test
  void itLooksAgainByItselfAndSaysWhenNobodyAnswers() throws Exception {
    try (ServedPage ending = new ServedPage(lake)) {
      ending.looked("/api/status");
      browser.open(ending.address());
      browser.await("location.port === '" + ending.address().getPort() + "' && " + DRAWN);
      browser.await("Number(document.body.dataset.look) > 1");
      browser.await("document.getElementById('trouble').hidden");
    }
    browser.await("!document.getElementById('trouble').hidden");
    assertThat(browser.text("document.getElementById('trouble').textContent"))
        .contains("server does not answer: the collector may have stopped", "as of");
    browser.await(
        "/^not known since \\d\\d:\\d\\d UTC$/.test(document.getElementById('verdict').textContent)");
    browser.await("document.title.startsWith('not known since ')");
    assertThat(browser.text("document.getElementById('concerns').innerText"))
        .as("what was seen last stays")
        .contains("no collector runs");
  }
}
