package dev.candles.batch.quality.html;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** What the page is made of: its own style and script, and the chart library's. */
final class Assets {
  private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/";

  private Assets() {}

  static String own(String name) throws IOException {
    return read(name);
  }

  /** uPlot, MIT licence, with its licence text in a comment. */
  static String chartScript() throws IOException {
    return "/*\n" + read(UPLOT + "LICENSE") + "\n*/\n" + read(UPLOT + "dist/uPlot.iife.min.js");
  }

  static String chartStyle() throws IOException {
    return read(UPLOT + "dist/uPlot.min.css");
  }

  private static String read(String name) throws IOException {
    try (InputStream in = Assets.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("not on the class path: " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
