package dev.candles.batch.quality.html;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The parts that pages about a lake are made of: style and script of calendar, trend, chart and the
 * chart library. They fetch nothing; {@code parts.js} says how each is called.
 */
public final class PageAssets {
  private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/";
  private static final List<String> PARTS =
      List.of("parts.js", "calendar.js", "trend.js", "chart.js");

  private PageAssets() {}

  /**
   * The style of a page and of all parts, to stand in a style element.
   *
   * @throws IOException if a part is not on the class path
   */
  public static String style() throws IOException {
    return read(UPLOT + "dist/uPlot.min.css") + "\n" + own("base.css") + own("parts.css");
  }

  /**
   * The script of all parts, to stand in a script element: it defines {@code Candles}. The chart
   * library, uPlot, has its MIT licence in a comment.
   *
   * @throws IOException if a part is not on the class path
   */
  public static String script() throws IOException {
    StringBuilder all = new StringBuilder("/*\n" + read(UPLOT + "LICENSE") + "\n*/\n");
    all.append(read(UPLOT + "dist/uPlot.iife.min.js")).append('\n');
    for (String part : PARTS) {
      all.append(own(part)).append('\n');
    }
    return all.toString();
  }

  static String own(String name) throws IOException {
    return read(name);
  }

  private static String read(String name) throws IOException {
    try (InputStream in = PageAssets.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("not on the class path: " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
