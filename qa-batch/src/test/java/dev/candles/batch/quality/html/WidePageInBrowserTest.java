package dev.candles.batch.quality.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages of 45 streams over many days, on a desktop and on a phone. */
class WidePageInBrowserTest {
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final String DRAWN = "document.querySelectorAll('#chart canvas').length === 1";
  private static final String NO_SIDEWAYS =
      "document.documentElement.scrollWidth <= document.documentElement.clientWidth";

  /** The cell of the newest day is beside the names and within the box, in every row. */
  private static final String NEWEST_IN_SIGHT =
      "[...document.querySelectorAll('#calendar tbody tr:not(.venue)')].every(row => {"
          + " const box = row.closest('.scroll').getBoundingClientRect(),"
          + " name = row.querySelector('th').getBoundingClientRect(),"
          + " cell = [...row.querySelectorAll('.cell')].pop(), at = cell.getBoundingClientRect();"
          + " return Number(cell.dataset.last) === "
          + (WideLake.END - WideLake.DAY)
          + " && at.left >= name.right - 1 && at.right <= box.right + 1; })";

  @TempDir private static Path folder = Path.of("");
  private static @Nullable Browser browser;

  @BeforeAll
  static void start() throws Exception {
    Optional<Path> program = Browser.installed();
    assumeTrue(program.isPresent(), "skipped: no chromium on the PATH (apt install chromium)");
    browser =
        new Browser(program.orElseThrow(), folder.resolve("profile"), URI.create("about:blank"));
  }

  @AfterAll
  static void stop() throws Exception {
    if (browser != null) {
      browser.close();
    }
  }

  /** Opens the page of so many days and waits until it is drawn. */
  private static Browser open(int days, boolean phone) throws Exception {
    Browser opened = Objects.requireNonNull(browser);
    Path file = folder.resolve(days + ".html");
    WideLake lake = new WideLake(days);
    new HtmlReport(lake, 1).write(lake.report(), file);
    opened.size(phone ? 390 : 1_280, phone ? 844 : 900, phone);
    opened.open(URI.create("about:blank"));
    opened.open(file.toUri());
    opened.await(DRAWN);
    opened.screenshot(SCREENSHOTS.resolve(days + (phone ? "-phone.png" : "-desktop.png")));
    return opened;
  }

  private static String all(String selector, String condition) {
    return "[...document.querySelectorAll('%s')].every(e => %s)".formatted(selector, condition)
        + " && document.querySelectorAll('%s').length > 0".formatted(selector);
  }

  @ParameterizedTest
  @CsvSource({
    "13, false, day",
    "13, true, day",
    "100, false, day",
    "100, true, week",
    "365, false, week",
    "365, true, week"
  })
  void theNewestIsInSightAndNamesAreReadable(int days, boolean phone, String unit)
      throws Exception {
    Browser page = open(days, phone);

    assertThat(page.text("document.getElementById('grid-hint').textContent"))
        .startsWith("A cell is a " + unit);
    assertThat(page.text(NEWEST_IN_SIGHT)).isEqualTo("true");
    assertThat(page.text(NO_SIDEWAYS)).isEqualTo("true");
    assertThat(page.text(all("#calendar th[scope=row]", "e.offsetWidth >= 110"))).isEqualTo("true");
    assertThat(page.text(all("#calendar th[scope=row]", "e.offsetHeight <= 32"))).isEqualTo("true");
    assertThat(page.text(all("#calendar .name", "e.offsetWidth < e.parentElement.clientWidth")))
        .isEqualTo("true");
    assertThat(
            page.text(
                all(
                    "#calendar th[scope=row]",
                    "Math.abs(e.getBoundingClientRect().left"
                        + " - e.closest('.scroll').getBoundingClientRect().left) <= 1")))
        .as("names stay in place, however far it is scrolled")
        .isEqualTo("true");
  }

  @Test
  void theBadDayOfAYearIsNamedFirstAndOpen() throws Exception {
    Browser page = open(365, false);
    LocalDate bad = LocalDate.ofEpochDay(new WideLake(365).outage() / WideLake.DAY);

    assertThat(page.text("document.querySelector('#first li').innerText"))
        .contains(bad + " kraken", "900 min missing", "15 findings", "BTC-USD");
    assertThat(page.text("document.querySelectorAll('#first li').length")).isEqualTo("3");
    assertThat(page.text("document.getElementById('first-more').textContent"))
        .endsWith(" 18 days of venues with warnings only: see the findings.");
    assertThat(page.text("document.getElementById('h-day').textContent"))
        .isEqualTo("kraken/BTC-USD/1m on " + bad);
    assertThat(page.text("document.getElementById('lacking').innerText"))
        .contains(bad + " 09:00", "3 h 00 min", "MISSING");
    assertThat(page.text("document.title")).startsWith("16 findings: candle lake data, ");
  }

  @Test
  void everyDayOfAYearIsReachedByKeyboardFromItsWeek() throws Exception {
    Browser page = open(365, false);
    LocalDate newest = LocalDate.ofEpochDay(WideLake.END / WideLake.DAY - 1);
    page.text("document.querySelector('#calendar [tabindex=\"0\"]').focus()");
    page.key("End");
    page.key("PageDown");
    page.key("PageDown");
    page.key("Enter");
    page.await("document.activeElement.id === 'h-day'");
    page.await(
        "document.getElementById('h-day').textContent.startsWith('okx/')"
            + " && document.getElementById('h-day').textContent.endsWith(' on "
            + newest
            + "')");
    page.text("document.querySelector('#month [tabindex=\"0\"]').focus()");
    page.key("ArrowLeft");
    page.key("Enter");

    page.await(
        "document.getElementById('h-day').textContent.endsWith(' on " + newest.minusDays(1) + "')");
  }

  @Test
  void theTrendIsWalkedByKeyboardAndSaysItsNumbers() throws Exception {
    Browser page = open(100, false);
    LocalDate bad = LocalDate.ofEpochDay(new WideLake(100).outage() / WideLake.DAY);
    String said = "document.querySelector('.trend').getAttribute('aria-valuetext')";
    page.text("document.querySelector('.trend').focus()");
    page.key("Home");
    for (int day = 0; day < 33; day++) {
      page.key("ArrowRight");
    }

    assertThat(page.text(said)).startsWith(bad + ": coverage 95.83 %, 900 min lacking, ");
    page.key("Enter");
    page.await("document.getElementById('h-day').textContent.endsWith(' on " + bad + "')");
    assertThat(page.text("document.querySelector('#trend-table summary').textContent"))
        .endsWith("12 days with lacking or repaired minutes");
  }

  @Test
  void filtersLeaveWhatTheySay() throws Exception {
    Browser page = open(13, false);
    String rows = "document.querySelectorAll('#calendar th[scope=row]').length";
    page.text("document.getElementById('f-bad').click()");
    assertThat(page.text(rows)).isEqualTo("18");
    page.text(
        "(() => { const venue = document.getElementById('f-venue'); venue.value = 'okx';"
            + " venue.dispatchEvent(new Event('change')); })()");

    assertThat(page.text(rows)).isEqualTo("0");
    assertThat(page.text("document.getElementById('trend').textContent"))
        .isEqualTo("The filters leave no stream.");
  }

  @Test
  void whatIsBadHasAMarkAndNotAColourAlone() throws Exception {
    Browser page = open(13, false);

    assertThat(page.text(all("#calendar .cell.bad", "/^[!×?F]$/.test(e.textContent)")))
        .isEqualTo("true");
    assertThat(page.text("document.querySelectorAll('#calendar .cell.bad').length"))
        .isEqualTo("19"); // 15 of the outage, 3 that were given up, 1 conflict
    assertThat(page.text(all("#calendar .cell", "e.getAttribute('aria-label').includes('/')")))
        .isEqualTo("true");
  }
}
