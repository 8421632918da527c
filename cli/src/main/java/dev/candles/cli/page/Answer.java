package dev.candles.cli.page;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What is answered: a text, or a file.
 *
 * @param policy what a browser may load for it, see Content-Security-Policy
 */
record Answer(int code, String type, String policy, String text, @Nullable Path file) {
  static final String JSON = "application/json";
  static final String HTML = "text/html; charset=utf-8";

  /** Nothing from elsewhere, nothing inside the page; data comes from here. */
  private static final String OWN =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
          + " img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  /** A report has its script and style inside, and fetches nothing at all. */
  private static final String REPORT =
      "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:;"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  static Answer of(int code, String type, String text) {
    return new Answer(code, type, OWN, text, null);
  }

  static Answer report(Path file) {
    return new Answer(200, HTML, REPORT, "", file);
  }

  static Answer refused(int code, String why) {
    return of(code, "text/plain; charset=utf-8", why + "\n");
  }
}
