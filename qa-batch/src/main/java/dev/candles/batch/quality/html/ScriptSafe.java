package dev.candles.batch.quality.html;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;

/**
 * Makes JSON safe inside a script element: names and values come from outside, and {@code
 * </script>} in one of them would end it. JSON reads the escapes as the same characters.
 */
final class ScriptSafe extends FilterWriter {
  ScriptSafe(Writer out) {
    super(out);
  }

  @Override
  public void write(int c) throws IOException {
    switch (c) {
      case '<' -> out.write("\\u003c");
      case '>' -> out.write("\\u003e");
      case '&' -> out.write("\\u0026");
      default -> out.write(c);
    }
  }

  @Override
  public void write(char[] text, int from, int length) throws IOException {
    for (int i = from; i < from + length; i++) {
      write(text[i]);
    }
  }

  @Override
  public void write(String text, int from, int length) throws IOException {
    for (int i = from; i < from + length; i++) {
      write(text.charAt(i));
    }
  }

  /** The page goes on after the data. */
  @Override
  public void close() throws IOException {
    flush();
  }
}
