package dev.candles.lake.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** One JSON object as text. */
public final class JsonText {
  private static final JsonFactory JSON = new JsonFactory();

  private JsonText() {}

  /** What stands between its braces. */
  @FunctionalInterface
  public interface Body {
    /** Writes the fields. */
    void write(JsonGenerator json) throws IOException;
  }

  /** The object whose fields {@code body} writes. */
  public static String of(Body body) {
    return of(JSON, body);
  }

  /** The same as {@code factory} writes it. */
  public static String of(JsonFactory factory, Body body) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = factory.createGenerator(text)) {
      json.writeStartObject();
      body.write(json);
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing to memory failed", impossible);
    }
    return text.toString();
  }
}
